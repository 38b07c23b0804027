"""One Markdown source as DOCX, HTML and PDF, by pandoc and typst; the same source gives the same bytes."""

import json
import os
import subprocess
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from ..show.results import document as html_document
from . import word
from .filter import Target, draw, filtered, typst_string

HERE = Path(__file__).parent
# No raw HTML, TeX or attributes: what an author types is words. Dollars are money.
MARKDOWN = "markdown-raw_html-raw_tex-raw_attribute-tex_math_dollars-latex_macros-example_lists-yaml_metadata_block"
SELECTORS = {chr(code) for code in range(0xFE00, 0xFE10)}  # which form of a character is meant; nothing to draw
EPOCH = "946684800"  # 2000-01-01: files carry this time, whenever they were made
STYLE = """
.quotation { margin: 0; } .where { white-space: normal; } figure { margin: 2rem 0; } figure img { max-width: 100%; height: auto; }
figcaption, caption { text-align: left; font-size: .9rem; } table { display: table; overflow: visible; max-width: 100%; } td, th { overflow-wrap: anywhere; }
.hanging-indent .csl-entry { padding-left: 1.5rem; text-indent: -1.5rem; margin: .4rem 0; }
.csl-left-margin { float: left; min-width: 2rem; } .edit { color: var(--quiet); }
"""


@dataclass
class Paper:
    """What is written: a pandoc document, its title, and what fills its places. `label` stands at the foot of every page."""

    document: dict
    title: str
    target: Target
    label: str = ""
    fonts: Path | None = None  # a study's own fonts, for characters that ours lack
    sideways: bool = False  # pages of the Word document are wider than high


def parsed(markdown: str, references: list[dict], style: Path, *, folder: Path) -> dict:
    """The author's Markdown as a pandoc document, with citations and the list of references set in a citation style (CSL).

    Raises
    ------
    RuntimeError
        pandoc could not read it; with what pandoc said.
    """
    (folder / "references.json").write_text(json.dumps(references), encoding="utf-8")
    cites = ["--citeproc", "--bibliography", str(folder / "references.json"), "--csl", str(style)] if references else []
    return json.loads(_pandoc(["-f", MARKDOWN, "-t", "json", *cites, "-M", "lang=en-GB"], markdown.encode()))


def as_docx(paper: Paper) -> bytes:
    """The paper as a Word document."""
    folder = paper.target.folder
    (folder / "reference.docx").write_bytes(word.reference_document(_pandocs_reference(), paper.label, sideways=paper.sideways))
    made = filtered(_titled(paper), replace(paper.target, format="docx"))
    return word.with_whole_rows(_pandoc(["-f", "json", "-t", "docx", "--reference-doc", "reference.docx", "-o", "-"], json.dumps(made).encode(), folder))


def as_html(paper: Paper) -> str:
    """The paper as one HTML page that asks nothing of the network."""
    made = filtered(paper.document, replace(paper.target, format="html"))
    body = _pandoc(["-f", "json", "-t", "html5", "--wrap=none"], json.dumps(made).encode()).decode()
    label = f'<p class="label">{paper.label}</p>\n' if paper.label else ""
    return html_document(paper.title, f"{label}{body}{label}", style=STYLE)


def as_pdf(paper: Paper) -> bytes:
    """The paper as PDF/UA-1, by typst.

    Raises
    ------
    RuntimeError
        typst refused it: a character no font has, or something that a screen reader could not follow.
    """
    import typst

    made = filtered(_titled(paper, body_only=True), replace(paper.target, format="typst"))
    body = _pandoc(["-f", "json", "-t", "typst", "--wrap=none"], json.dumps(made).encode()).decode()
    footer = f"{paper.label} · " if paper.label else ""
    head = [f"#set document(title: {typst_string(paper.title)}, date: none)", f"#let sixphase-footer = {typst_string(footer)}",
            (HERE / "paper.typ").read_text(encoding="utf-8"),
            f'#block(below: 1.4em, {{ set text(font: "DejaVu Sans", size: 17pt, weight: "bold", fill: rgb("#1f3b57")); '
            f"set par(leading: 0.5em); {typst_string(paper.title)} }})"]
    path = paper.target.folder / "paper.typ"
    path.write_text("\n".join(head) + "\n" + body, encoding="utf-8", newline="\n")
    folders = [_our_fonts(), *([paper.fonts] if paper.fonts and paper.fonts.is_dir() else [])]
    lacking = sorted({c for c in paper.title + body if _is_drawn(c)} - _drawn_by(tuple(folders)))
    if lacking:  # typst would draw an empty box
        raise RuntimeError(f"the PDF cannot be made: no font has {', '.join(lacking[:12])}. Put a font that has them (.ttf) into manuscript/fonts of the study.")
    try:
        return typst.compile(str(path), root=str(paper.target.folder), ignore_system_fonts=True, font_paths=[str(folder) for folder in folders],
                             pdf_standards=["ua-1"], timestamp=int(EPOCH))
    except typst.TypstError as error:
        raise RuntimeError(f"the PDF cannot be made: {error}") from None


def all_formats(paper: Paper) -> tuple[bytes, str, bytes]:
    """The paper as DOCX, HTML and PDF, made side by side."""
    draw(paper.target, for_word=True)
    with ThreadPoolExecutor(3) as pool:
        docx, html, pdf = pool.submit(as_docx, paper), pool.submit(as_html, paper), pool.submit(as_pdf, paper)
        return docx.result(), html.result(), pdf.result()


def _titled(paper: Paper, *, body_only: bool = False) -> dict:
    """The document with its first heading as its title and all others one step higher."""
    blocks = [block for number, block in enumerate(paper.document["blocks"]) if not (number == 0 and block["t"] == "Header")]
    raised = [{**block, "c": [max(1, block["c"][0] - 1), *block["c"][1:]]} if block["t"] == "Header" else block for block in blocks]
    meta = {} if body_only else {"title": {"t": "MetaInlines", "c": [{"t": "Str", "c": paper.title}]}, "lang": {"t": "MetaString", "c": "en-GB"}}
    return {**paper.document, "meta": meta, "blocks": raised}


@cache
def _pandocs_reference() -> bytes:
    return _pandoc(["--print-default-data-file", "reference.docx"], b"")


def _is_drawn(character: str) -> bool:
    """Does a character need a shape of its own?"""
    silent = character.isspace() or unicodedata.category(character) in ("Cc", "Cf") or unicodedata.combining(character)
    return not silent and character not in SELECTORS


def _our_fonts() -> Path:
    """The fonts that come with matplotlib: the same on every machine."""
    import matplotlib

    return Path(matplotlib.get_data_path()) / "fonts" / "ttf"


@cache
def _drawn_by(folders: tuple[Path, ...]) -> set[str]:
    """The characters that fonts have a shape for: of ours those the text is set in, of a study's all."""
    from matplotlib.ft2font import FT2Font

    files = [file for folder in folders for file in sorted(folder.glob("DejaVuS*.ttf" if folder == _our_fonts() else "*.[to]tf"))]
    return {chr(code) for file in files for code in FT2Font(str(file)).get_charmap()}


def _pandoc(arguments: list[str], given: bytes, folder: Path | None = None) -> bytes:
    import pypandoc

    environment = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH, "TZ": "UTC", "LC_ALL": "C.UTF-8"}
    done = subprocess.run([pypandoc.get_pandoc_path(), *arguments], input=given, capture_output=True, env=environment, cwd=folder)
    if done.returncode:
        raise RuntimeError(f"pandoc could not make the manuscript: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout
