"""The review desk for eyes: who is absent, with the way to their words, and extracts side by side."""

from collections.abc import Mapping

import pandas as pd
from markupsafe import escape

from .results import Page

TRANSCRIPTS = "../pages/2_transcripts"  # seen from pages/ and from notebooks/ of a run's outputs


def absent(absent: pd.DataFrame, caption: str, names: Mapping[str, str] | None = None) -> Page:
    """Who is absent from each theme and subtheme, a link to each of their transcripts, and what a reader found there.

    Parameters
    ----------
    absent : DataFrame
        The result of `themes.looked_at`.
    """
    rows = []
    for theme_id, found in absent.groupby("theme_id", sort=False):
        seen = found[found["looked_on"].notna()]
        unseen = "; ".join(f"{escape(row.participant_id)} ({_links(row.interviews)})" for row in found[found["looked_on"].isna()].itertuples())
        looked = "".join(f"<div>{escape(row.participant_id)} ({_links(row.interviews)}), {escape(row.looked_on)}: {escape(row.what_stands_there)}</div>" for row in seen.itertuples())
        rows.append(f'<tr><td style="text-align:left">{escape((names or {}).get(theme_id, theme_id))}</td><td>{len(found)}</td><td style="text-align:left">{unseen}</td>'
                    f'<td style="text-align:left">{looked}</td></tr>\n')
    head = "".join(f'<th scope="col" style="text-align:left">{word}</th>' for word in ("theme", "absent", "not looked for yet", "looked for: what stands there"))
    return Page(f'<table class="sixphase"><caption style="text-align:left;caption-side:top">{escape(caption)}</caption><thead><tr>{head}</tr></thead>\n<tbody>\n'
                f"{''.join(rows) or '<tr><td colspan=4>none</td></tr>'}</tbody></table>", caption)


def _links(interviews: str) -> str:
    return ", ".join(f'<a style="white-space:nowrap" href="{TRANSCRIPTS}/{escape(source_id)}.html">{escape(source_id)}</a>' for source_id in interviews.split(", "))


def side_by_side(pairs: pd.DataFrame, caption: str, *, most: int = 40, names: Mapping[str, str] | None = None) -> Page:
    """Pairs of extracts that pull against each other, each pair in two columns, with who chose it and why.

    Parameters
    ----------
    pairs : DataFrame
        The result of `themes.contrast_pairs`.
    """
    shown = pairs.head(most)
    rows = "".join(f'<tr><td colspan="2" style="text-align:left"><strong>{escape(_about(pair, names))}</strong> {escape(pair.chosen)}, {escape(pair.whose)}. '
                   f'<em>{escape(pair.because) if pd.notna(pair.because) else ""}</em></td></tr>\n<tr>{_extract(pair.first, pair.first_words)}{_extract(pair.second, pair.second_words)}</tr>\n'
                   for pair in shown.itertuples())
    more = f" The first {len(shown)} of {len(pairs)} pairs are shown." if len(pairs) > len(shown) else ""
    return Page(f'<table class="sixphase" style="table-layout:fixed;width:100%"><caption style="text-align:left;caption-side:top">{escape(caption)}{more}</caption><tbody>\n'
                f"{rows or '<tr><td>none</td></tr>'}</tbody></table>", caption)


def _about(pair, names: Mapping[str, str] | None) -> str:
    return f"{(names or {}).get(pair.theme_id, pair.theme_id)}:" if pd.notna(pair.theme_id) else ""


def _extract(place: str, words: str) -> str:
    source_id, _, line = place.partition(", line ")
    return (f'<td style="text-align:left;vertical-align:top;white-space:normal">{escape(words)}<br><a class="where" href="{TRANSCRIPTS}/{escape(source_id)}.html#line-{escape(line)}">'
            f"{escape(place)}</a></td>")
