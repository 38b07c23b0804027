"""Reporting standards as evidence packs: what the records show about each item, and what the author says to it. Never a tick that means adequate, never a score."""

from .lists import LISTS, lists_of
from .packs import pack
from .supplement import Supplement, standards

__all__ = ["LISTS", "Supplement", "lists_of", "pack", "standards"]
