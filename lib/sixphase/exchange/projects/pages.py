"""Transcripts with their codings as one page of HTML: a colour, a pattern and a name for each code, so that colour is never the only difference.

The page holds no script and loads nothing. Words are escaped wherever they come from.
"""

import html

from ...codebook import paths
from ...suggestions import mark
from .leaving import Leaving

COLOURS = ("#1b6ca8", "#b3541e", "#3a7d44", "#7b4397", "#a3333d", "#00798c", "#7d6608", "#5b5b5b")
PATTERNS = ("solid", "dashed", "dotted", "double", "wavy")
STYLE = """body { font: 1.05rem/1.9 Georgia, serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #222; }
h1, h2 { line-height: 1.2; } table { border-collapse: collapse; font: .9rem/1.5 sans-serif; } td { padding: .15rem .6rem .15rem 0; vertical-align: top; }
pre { font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; } mark { background: none; color: inherit; text-decoration-line: underline; text-underline-offset: .25em; }
mark mark { text-underline-offset: .45em; } mark mark mark { text-underline-offset: .65em; }
sup { font: .62rem/1 sans-serif; padding: .08rem .25rem; border: 1px solid; border-radius: .2rem; margin-right: .15rem; background: #fff; white-space: nowrap; }
.note { font: .9rem/1.5 sans-serif; color: #444; }"""


def write(told: Leaving) -> bytes:
    """The page."""
    names = paths(told.codes)
    used = [code for code in told.codes["code_id"] if code in set(told.codings["code_id"])]
    looks = {code: (COLOURS[n % len(COLOURS)], PATTERNS[n // len(COLOURS) % len(PATTERNS)], f"{n + 1}") for n, code in enumerate(used)}
    styles = "".join(f".c{n} {{ text-decoration-color: {colour}; text-decoration-style: {pattern}; text-decoration-thickness: 2px; }} sup.c{n} {{ color: {colour}; border-style: {pattern if pattern != 'wavy' else 'groove'}; text-decoration: none; }}\n"
                     for colour, pattern, n in looks.values())
    legend = "".join(f'<tr><td><sup class="c{looks[c][2]}">{looks[c][2]}</sup></td><td><mark class="c{looks[c][2]}">{html.escape(names[c])}</mark></td></tr>' for c in used)
    banner = "<p class=note><strong>SYNTHETIC – not research data.</strong></p>" if told.synthetic else ""
    parts = [f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'">'
             f"<title>{html.escape(told.title)}</title><style>{STYLE}\n{styles}</style></head><body><h1>{html.escape(told.title)}</h1>{banner}"
             f'<p class=note>{"<br>".join(html.escape(line) for line in told.said_there)}</p><h2>Codes</h2><table>{legend}</table>']
    of_source = {source: rows for source, rows in told.codings.groupby("source_id")}
    for source, text in told.texts.items():
        parts.append(f'<h2 id="{html.escape(source)}">{html.escape(source)}</h2><pre>{_marked(text, of_source.get(source), looks, names)}</pre>')
    return "\n".join([*parts, "</body></html>\n"]).encode("utf-8")


def _marked(text: str, codings, looks: dict, names: dict) -> str:
    """A text in which every coding is marked from its beginning to its end, its number standing where it begins."""
    rows = [] if codings is None else sorted((r.start, -r.end, r.code_id, ", ".join(filter(None, [r.coder_id, mark(r.suggested_by, r.edited)]))) for r in codings.itertuples() if r.code_id in looks)
    edges = sorted({0, len(text), *(start for start, *_ in rows), *(-end for _, end, *_ in rows)})
    parts, open_now, following = [], [], 0
    for start, end in zip(edges, edges[1:], strict=False):
        open_now = [row for row in open_now if -row[1] > start]
        begins = ""
        while following < len(rows) and rows[following][0] == start:
            row = rows[following]
            open_now.append(row)
            begins += f'<sup class="c{looks[row[2]][2]}" title="{html.escape(names[row[2]], quote=True)} ({html.escape(row[3], quote=True)})">{looks[row[2]][2]}</sup>'
            following += 1
        marks = list(dict.fromkeys(looks[row[2]][2] for row in open_now))
        parts.append(begins + "".join(f'<mark class="c{n}">' for n in marks) + html.escape(text[start:end]) + "</mark>" * len(marks))
    return "".join(parts)
