"""What a person sees while notebooks run: one bar each on a screen, one line each in a log."""

import contextlib
import threading
from collections.abc import Iterator

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from .runs import Watch


@contextlib.contextmanager
def watched(console: Console) -> Iterator[Watch]:
    """Give a function to tell of each cell that is done; shows how far the notebooks have come."""
    if not console.is_terminal:
        lock = threading.Lock()

        def tell(notebook: str, done: int, cells: int) -> None:
            if done in (0, cells):
                with lock:
                    console.print(f"{notebook}: {'done' if done else 'started'}", markup=False)

        yield tell
        return
    with Progress(TextColumn("{task.description:<24}"), BarColumn(), TextColumn("{task.completed}/{task.total} cells"), TimeElapsedColumn(), console=console) as bars:
        tasks: dict[str, int] = {}

        def draw(notebook: str, done: int, cells: int) -> None:
            if notebook not in tasks:
                tasks[notebook] = bars.add_task(notebook, total=cells)
            bars.update(tasks[notebook], completed=done)

        yield draw
