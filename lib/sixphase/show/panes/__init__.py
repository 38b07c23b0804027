"""Panes: what a person works in, in JupyterLab. Each has a still view, which is what a run, a web page and a screen reader of files see."""

from .board import board
from .charter import charter
from .definer import definer
from .names import names
from .pane import coder, reader
from .reviewing import reviewer

__all__ = ["board", "charter", "coder", "definer", "names", "reader", "reviewer"]
