"""Panes: what a person works in, in JupyterLab. Each has a still view, which is what a run, a web page and a screen reader of files see."""

from .board import board
from .names import names
from .pane import coder, reader
from .placing import placer
from .reviewing import reviewer

__all__ = ["board", "coder", "names", "placer", "reader", "reviewer"]
