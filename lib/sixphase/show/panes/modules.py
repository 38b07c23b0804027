"""The panes' JavaScript: plain modules beside this file, joined in the order in which they need each other.

A widget is handed to the browser as one module. Ours are several, so that each can be read and tested alone; joining
them is all the building there is. No name may be defined by two of them (a test holds that). What others wrote lies in
vendored/, as they published it, each with its licence, and is given the name it is imported by.
"""

import functools
import re
from pathlib import Path

HERE = Path(__file__).parent
IMPORT = re.compile(r'^import \{[^}]*\} from "\./(?P<name>(?:vendored/)?[a-z]+\.js)";\n', re.M)
VENDORED = {"vendored/sortable.js": "Sortable"}  # SortableJS 1.15.7 from the npm registry, MIT: cards that are dragged
EXPORT = re.compile(r"^export (?!default\b)", re.M)


@functools.cache
def joined(entry: str) -> str:
    """One module as text: the entry and everything it imports, each once, what is needed first."""
    return "\n".join(f"// {name}\n{EXPORT.sub('', IMPORT.sub('', _read(name)))}" for name in needed(entry))


def needed(entry: str) -> list[str]:
    """The files an entry needs, and the entry itself, in the order in which they are joined."""
    order: list[str] = []

    def visit(name: str, above: tuple[str, ...] = ()) -> None:
        if name not in order and name not in above:
            for found in IMPORT.finditer(_read(name)):
                visit(found["name"], (*above, name))
            order.append(name)

    visit(entry)
    return order


def style(*names: str) -> str:
    """Style sheets as one; the coding pane's unless others are named."""
    return "\n".join((HERE / name).read_text(encoding="utf-8") for name in names or ("pane.css",))


def _read(name: str) -> str:
    text = (HERE / name).read_text(encoding="utf-8")
    return text if name not in VENDORED else f"const {VENDORED[name]} = (() => {{ const module = {{ exports: {{}} }}, exports = module.exports;\n{text}\nreturn module.exports; }})();\n"
