"""Executed notebooks as pages to read: prose and results, the code folded away, nothing asked of the network.

nbconvert would load a second's worth of packages for this at every run, to be undone afterwards; a page needs less.
"""

import html
import re

from markdown_it import MarkdownIt
from markupsafe import escape

from ..show.results import document

STYLE = """
details.code { margin: .3rem 0; } details.code summary { color: var(--quiet); font: .8rem "DejaVu Sans", sans-serif; cursor: pointer; }
.stderr { color: var(--label); }
"""
PROSE = MarkdownIt("commonmark").enable(["table", "strikethrough"])
RICHEST = ("text/html", "text/markdown", "image/svg+xml", "image/png", "image/jpeg", "text/plain")  # the first one a result has is shown


def page(notebook: dict, title: str) -> str:
    """An executed notebook (in canonical form) as one HTML page."""
    body = "\n".join(_prose(cell) if cell["cell_type"] == "markdown" else _code(cell) for cell in notebook["cells"] if cell["cell_type"] != "raw")
    heading = re.search(r"<h1>(.*?)</h1>", body, re.S)
    return document(html.unescape(re.sub(r"<.*?>", "", heading[1])) if heading else title, body, style=STYLE)


def _prose(cell: dict) -> str:
    return PROSE.render("".join(cell["source"]))


def _code(cell: dict) -> str:
    code = f'<details class="code"><summary>code</summary><pre>{escape("".join(cell["source"]))}</pre></details>'
    return "\n".join([code, *map(_result, cell["outputs"])])


def _result(output: dict) -> str:
    if output["output_type"] == "stream":
        return f'<pre class="{escape(output["name"])}">{escape("".join(output["text"]))}</pre>'
    if output["output_type"] == "error":
        return f'<pre class="stderr">{escape(chr(10).join(output["traceback"]))}</pre>'
    kind = next((kind for kind in RICHEST if kind in output["data"]), None)
    content = "".join(output["data"].get(kind, []))
    if kind in ("text/html", "image/svg+xml"):
        return _unframed(content)
    if kind == "text/markdown":
        return PROSE.render(content)
    if kind in ("image/png", "image/jpeg"):
        told = escape("".join(output["data"].get("text/plain", [])))
        return f'<img alt="{told}" src="data:{kind};base64,{"".join(content.split())}">'
    return f"<pre>{escape(content)}</pre>" if kind else ""


def _unframed(content: str) -> str:
    """A result that is a page itself, without its main part and the regions of its tables: this page makes its own."""
    return re.sub(r'<div class="wide"[^>]*>(<table\b.*?</table>)</div>', r"\1", re.sub(r"</?main>", "", content), flags=re.S)
