"""The framework matrix for eyes: read along a row (one person) or down a column (one category)."""

from collections.abc import Mapping

import pandas as pd
from markupsafe import escape

from ..approaches import Gate
from .measured import Hidden
from .results import Page, Table, table

STICKY = "position:sticky;background:#fff;text-align:left;vertical-align:top;min-width:"


def matrix(cells: pd.DataFrame, caption: str, *, names: Mapping[str, str], gate: Gate) -> Page | Hidden:
    """The matrix as a page: it scrolls in its own frame, with the names of rows and columns held in sight, and below it each category by itself."""
    if not gate.open:
        return Hidden(gate.sentence)
    themes = list(dict.fromkeys(cells["theme_id"]))
    head = "".join(f'<th scope="col" style="{STICKY}14em;top:0;z-index:1">{escape(names.get(theme, theme))}</th>' for theme in themes)
    body = ""
    for (person, source, occasion), row in cells.groupby(["participant_id", "source_id", "occasion"], sort=False):
        label = f"{escape(person)}" if occasion == 1 else f"– {escape(source)}"
        body += f'<tr><th scope="row" style="{STICKY}5em;left:0">{label}</th>' + "".join(_cell(cell) for cell in row.itertuples()) + "</tr>\n"
    columns = "".join(_column(names.get(theme, theme), cells[cells["theme_id"] == theme]) for theme in themes)
    return Page(f'<p>{escape(caption)}</p>\n<div style="overflow:auto;max-height:36em" tabindex="0" role="region" aria-label="the matrix"><table>'
                f'<thead><tr><th style="{STICKY}5em;left:0;top:0;z-index:2">participant</th>{head}</tr></thead>\n<tbody>\n{body}</tbody></table></div>\n{columns}', caption)


def charting(data: pd.DataFrame, caption: str, *, gate: Gate) -> Table | Hidden:
    """A table of the matrix, for a spreadsheet; the sentence that says whose it is where a study has none."""
    return table(data, caption) if gate.open else Hidden(gate.sentence)


def _cell(cell) -> str:
    written = escape(cell.summary) if cell.summary else f'<em class="where">{escape(cell.state)}</em>'
    coded = f' <span class="where">{cell.passages} coded</span>' if cell.passages and not cell.summary else ""
    look = f'<br><strong>{escape(cell.look_at)}</strong>' if cell.look_at else ""
    return f'<td style="text-align:left;vertical-align:top">{written}{coded}{look}</td>'


def _column(name: str, cells: pd.DataFrame) -> str:
    said = cells[cells["summary"] != ""]
    items = "".join(f"<li>{escape(cell.participant_id)} ({escape(cell.source_id)}): {escape(cell.summary)}</li>" for cell in said.itertuples())
    return f"<details><summary>{escape(name)}: {len(said)} of {len(cells)} cells summed up</summary><ul>{items}</ul></details>\n"
