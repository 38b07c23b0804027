"""Words for eyes: summaries, concordances, extracts. Every word of a person is escaped: it is data, never markup."""

from collections.abc import Mapping

import pandas as pd
from markupsafe import escape

from ..quotations import reference
from ..study import Study
from .results import Page


def summary(study: Study) -> Page:
    """What a study is and what it holds: each count with its unit."""
    counts = "".join(f"<li><strong>{value:,}</strong> {escape(unit)}</li>" for unit, value in study.counts.items())
    questions = "".join(f"<li>{escape(question)}</li>" for question in study.settings["questions"])
    approach = study.settings["approach"]
    before = f" Before that it was {approach['changed_from']}; it was changed because: {approach['change_reason']}" if approach["changed_from"] else ""
    return Page(f"<p><strong>{escape(study.settings['title'])}</strong></p><ul>{questions}</ul>"
                f"<p>Approach: {escape(approach['family'])}, declared {escape(approach['declared_on'])}. {escape(approach['rationale'])}{escape(before)}</p><ul>{counts}</ul>",
                f"The study {study.name}.")


def concordance(lines: pd.DataFrame, caption: str, *, rows: int = 40) -> Page:
    """Words in their context, aligned at the word that was looked for."""
    shown = lines.head(rows)
    cells = "".join(f'<tr><td class="where">{escape(line.source_id)}, line {line.line}</td><td style="text-align:right">{escape(line.before)}</td>'
                    f"<td><mark>{escape(line.found)}</mark></td><td style=\"text-align:left\">{escape(line.after)}</td></tr>\n" for line in shown.itertuples())
    more = f" The first {len(shown)} of {len(lines):,} places are shown." if len(lines) > len(shown) else ""
    return Page(f"<table><caption>{escape(caption)}{more}</caption><tbody>\n{cells}</tbody></table>", caption)


def extracts(extracts: pd.DataFrame, caption: str, *, most: int = 8, names: Mapping[str, str] | None = None) -> Page:
    """The segments of each theme, the first `most` of each, with the codes given there."""
    parts = [f"<p>{escape(caption)}</p>"]
    for theme_id, found in extracts.groupby("theme_id", sort=False):
        parts.append(f"<h3>{escape((names or {}).get(theme_id, theme_id))}</h3>\n<p class=\"where\">{min(most, len(found))} of {len(found)} extracts</p>")
        parts += [_quoted(row, row.codes) for row in found.head(most).itertuples()]
    return Page("\n".join(parts), caption)


def memo_list(memos: pd.DataFrame, caption: str, *, most: int = 20) -> Page:
    """Memos by date: heading, kind, what they are about, and their first words."""
    items = "".join(f"<li>{escape(memo.on)}, {escape(memo.kind)}, {escape(memo.by)}: <strong>{escape(memo.title)}</strong> {escape(_opening(memo.text))}</li>\n"
                    for memo in memos.head(most).itertuples())
    more = f"<p class=\"where\">{most} of {len(memos)} memos</p>" if len(memos) > most else ""
    return Page(f"<p>{escape(caption)}</p><ul>{items or '<li>none yet</li>'}</ul>{more}", caption)


def _quoted(row, codes: str) -> str:
    return f'<blockquote>{escape(row.quotation)}<span class="where">{escape(reference(row))}. {escape(codes)}. {escape(row.coding_id)}</span></blockquote>'


def _opening(text: str, most: int = 140) -> str:
    words = " ".join(line for line in text.split("\n") if not line.startswith("#")).strip()
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + " …"

