"""Executed notebooks as pages to read: prose and results, the code folded away, nothing asked of the network."""

import functools
import re
import sys

sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  (see engine.py)

from ..show.results import document  # noqa: E402
from .canonical import dumped  # noqa: E402

STYLE = """
.prompt, .anchor-link { display: none; }
details.code { margin: .3rem 0; } details.code summary { color: var(--quiet); font: .8rem "DejaVu Sans", sans-serif; cursor: pointer; }
.output_stderr pre { color: var(--label); }
"""


def page(notebook: dict, title: str) -> str:
    """An executed notebook (in canonical form) as one HTML page."""
    import nbformat

    body, _ = _exporter().from_notebook_node(nbformat.reads(dumped(notebook), as_version=4))
    folded = re.sub(r'<div class="input_area">\s*(.*?)</div>\s*</div>\s*</div>\s*</div>',
                    r'<details class="code"><summary>code</summary>\1</div></details></div></div>', body, flags=re.S)
    heading = re.search(r"<h1[^>]*>(.*?)<", body)
    return document(re.sub(r"<.*?>", "", heading[1]) if heading else title, folded, style=STYLE)


@functools.cache
def _exporter():
    from nbconvert import HTMLExporter

    return HTMLExporter(template_name="basic", anchor_link_text="")
