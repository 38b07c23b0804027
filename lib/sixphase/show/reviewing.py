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


def review_still(verdicts: pd.DataFrame, name: str, progress: pd.DataFrame, names: Mapping[str, str], *, most: int = 12) -> Page:
    """The review desk as it can be read without a kernel: how far each theme has come, and the first extracts of one with what readers said.

    Parameters
    ----------
    verdicts : DataFrame
        The result of `themes.verdicts`, of one theme.
    name : str
        What the theme is called.
    progress : DataFrame
        The result of `themes.progress`.
    """
    judged = "; ".join(f"{escape(names.get(row.theme_id, row.theme_id))}: {row.judged} of {row.extracts}" for row in progress.itertuples())
    shown = verdicts.head(most)
    rows = "".join(f"<tr>{_extract(f'{row.source_id}, line {row.text_line}', row.quotation)}<td style=\"text-align:left;vertical-align:top\">{_verdict(row, names)}</td></tr>\n" for row in shown.itertuples())
    caption = f"The review desk, open at “{name}”: the first {len(shown)} of {len(verdicts)} extracts in shuffled order, and what readers said of them."
    return Page(f'<table class="sixphase"><caption style="text-align:left;caption-side:top">{escape(caption)} Extracts judged: {judged}.</caption>'
                f'<thead><tr><th scope="col" style="text-align:left">extract</th><th scope="col" style="text-align:left">what readers said</th></tr></thead>\n<tbody>\n'
                f"{rows or '<tr><td colspan=2>none</td></tr>'}</tbody></table>", caption)


def _verdict(row, names: Mapping[str, str]) -> str:
    where = f" to {names.get(row.to_theme, row.to_theme)}" if pd.notna(row.to_theme) else ""
    said = ", ".join(f"{word}{where if word == 'moved' else ''}" for word in (row.verdict, row.fit) if pd.notna(word))
    return str(escape(f"{said}: {row.because}" if said and pd.notna(row.because) else said or "not judged yet"))
