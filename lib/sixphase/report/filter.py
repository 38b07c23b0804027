"""The one filter between the author's Markdown and the three formats: pandoc's document in, pandoc's document out.

A participant's words enter here, as one string that no rule of Markdown has seen and that no writer may interpret: a `Str`, for typst a
string literal. Tables and figures enter here too, with their numbers, captions and descriptions.
"""

import base64
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from ..show.results import Figure, Table
from ..show.results import number as printed_number
from .references import Quotation

Node = dict | list
SMALL = 700  # characters in a table that no page break parts
BLOCKS = ("Para", "Plain", "Div", "BlockQuote", "Header", "BulletList", "OrderedList", "Table", "Figure")


@dataclass
class Target:
    """What a document is filtered for.

    Attributes
    ----------
    format : str
        docx, html or typst.
    quotations : list of Quotation
        What `[](quote:0)` and the others stand for.
    parts : dict
        Tables and figures by name (“table:themes”).
    placed : dict
        Their numbers.
    folder : Path
        Where figures are written for the writer to read.
    pages : str
        How the page of a transcript is reached from the HTML: what stands before its name. "" when nothing may be linked.
    """

    format: str
    quotations: list[Quotation]
    parts: dict[str, Table | Figure]
    placed: dict[str, int]
    folder: Path
    pages: str = ""
    drawn: dict[str, str] = field(default_factory=dict)  # figures as SVG, by name
    line: int = 95  # characters of a table that go beside each other on a page


def draw(target: Target, *, for_word: bool) -> None:
    """Draw the figures, before formats are made side by side: matplotlib draws one picture at a time."""
    for named, made in target.parts.items():
        if isinstance(made, Figure):
            bare = Figure(made.draw, "", made.description, made.width, made.height, made.label, made.empty)
            anchor = named.replace(":", "-")
            target.drawn[named] = bare.svg()
            (target.folder / f"{anchor}.svg").write_text(target.drawn[named], encoding="utf-8", newline="\n")
            if for_word:
                (target.folder / f"{anchor}.png").write_bytes(bare.png())


def filtered(document: dict, target: Target) -> dict:
    """A pandoc document with quotations, tables and figures in their places."""
    return {**document, "blocks": _blocks(document["blocks"], target)}


def _blocks(blocks: list, target: Target) -> list:
    made: list = []
    for block in blocks:
        alone = _reference(block["c"][0]) if block["t"] in ("Para", "Plain") and len(block["c"]) == 1 else None
        kind, _, name = (alone or "").partition(":")
        if kind == "quote":
            made.append(_quotation_apart(target.quotations[int(name)], target))
        elif kind == "table":
            made.append(_table(alone, target))
        elif kind == "figure":
            made.append(_figure(alone, target))
        else:
            made.append(_walked(block, target))
        if kind == "quote" and len(made) > 1 and made[-2]["t"] == "Para":
            made[-2:-1] = _kept_with_next(made[-2], target)
    return made


def _kept_with_next(paragraph: dict, target: Target) -> list:
    """A paragraph that no page break parts from the quotation it leads to."""
    if target.format == "typst":
        return [{"t": "RawBlock", "c": ["typst", "#block(sticky: true)["]}, paragraph, {"t": "RawBlock", "c": ["typst", "]"]}]
    return [_styled(paragraph, "Before Quotation")] if target.format == "docx" else [paragraph]


def _walked(node: Node, target: Target) -> Node:
    if isinstance(node, list):
        if node and all(isinstance(item, dict) and item.get("t") in BLOCKS for item in node):
            return _blocks(node, target)
        return [inner for item in node for inner in _inlined(item, target)]
    if isinstance(node, dict) and "c" in node:
        return {**node, "c": _walked(node["c"], target)}
    return node


def _inlined(item: object, target: Target) -> list:
    reference = _reference(item) if isinstance(item, dict) else None
    if reference and reference.startswith("quote:"):
        quotation = target.quotations[int(reference.removeprefix("quote:"))]
        return [*_said("“", target), *_words(quotation, target), *_said("”", target), _space(), *_attribution(quotation, target)]
    if isinstance(item, dict) and item.get("t") == "Cite":  # set by citeproc already; typst would set it once more
        return _walked(item["c"][1], target)
    return [_walked(item, target)] if isinstance(item, dict | list) else [item]


def _reference(node: dict) -> str | None:
    """What an empty link refers to: “quote:3”, “table:themes”."""
    if node.get("t") == "Link" and not node["c"][1] and node["c"][2][0].partition(":")[0] in ("quote", "table", "figure"):
        return node["c"][2][0]
    return None


def _quotation_apart(quotation: Quotation, target: Target) -> dict:
    paragraph = {"t": "Para", "c": [*_words(quotation, target), _space(), *_attribution(quotation, target)]}
    quoted = {"t": "BlockQuote", "c": [paragraph]}
    return {"t": "Div", "c": [[quotation.coding_id, ["quotation"], []], [quoted]]} if target.format == "html" else quoted


def _words(quotation: Quotation, target: Target) -> list:
    made: list = []
    for piece in quotation.pieces:
        stretch = _said(piece.words, target)
        made += stretch if piece.said or target.format != "html" else [_span("edit", stretch)]
    return made


def _said(words: str, target: Target) -> list:
    """Words exactly as they are: one string a line, lines as lines."""
    made: list = []
    for number, line in enumerate(words.split("\n")):
        made += ([{"t": "LineBreak"}] if number else []) + ([_literal(line, target)] if line else [])
    return made


def _literal(line: str, target: Target) -> dict:
    if target.format != "typst":
        return {"t": "Str", "c": line}
    return {"t": "RawInline", "c": ["typst", f"#{typst_string(line)};"]}


def typst_string(words: str) -> str:
    """Words as a string literal of typst, in which nothing is markup."""
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t") + '"'


def _attribution(quotation: Quotation, target: Target) -> list:
    if target.format != "html" or not quotation.where:
        return _said(f"({quotation.by})", target)
    where = _said(quotation.where, target)
    if target.pages and quotation.link:
        where = [{"t": "Link", "c": [["", [], []], where, [target.pages + quotation.link, ""]]}]
    return [_span("where", [*_said(f"({quotation.by}; ", target), *where, *_said(")", target)])]


def _span(kind: str, inlines: list) -> dict:
    return {"t": "Span", "c": [["", [kind], []], inlines]}


def _space() -> dict:
    return {"t": "Space"}


def _caption(named: str, caption: str, label: str, target: Target) -> list:
    kind = named.partition(":")[0].capitalize()
    return [{"t": "Strong", "c": _said(f"{kind} {target.placed[named]}.", target)}, _space(), *_said(f"{caption} {label}".strip(), target)]


def _table(named: str, target: Target) -> dict:
    table = target.parts[named]
    assert isinstance(table, Table)
    data = table.data
    right = [pd.api.types.is_numeric_dtype(data[name]) for name in data]
    shares = _shares(data, target.line)
    fixed = sum(shares) > 0.75 or target.format == "docx"
    widths = [{"t": "ColWidth", "c": share} if fixed else {"t": "ColWidthDefault"} for share in shares]
    columns = [[{"t": "AlignRight" if numeric else "AlignLeft"}, width] for numeric, width in zip(right, widths, strict=True)]
    head = [_row([_said(str(name).replace("_", " "), target) for name in data], target)]
    small = sum(len(_cell_text(value)) for name in data for value in data[name]) < SMALL
    body = [_row([_cell(value, target) for value in row], target, last=not small or number == len(data)) for number, row in enumerate(data.itertuples(index=False), start=1)]
    anchor = named.replace(":", "-")
    none: list = ["", [], []]
    caption = [None, [{"t": "Para", "c": _caption(named, table.caption, table.label, target)}]]
    return {"t": "Table", "c": [[anchor, [], []], caption, columns, [none, head], [[none, 0, [], body]], [none, []]]}


def _shares(data: pd.DataFrame, line: int) -> list[float]:
    """The share of the page's width that each column is given: no word of a narrow column is broken, and long cells share what is left."""
    cells = [[str(name).replace("_", " "), *map(_cell_text, data[name])] for name in data]
    least = [max((len(word) for cell in column for word in cell.split()), default=0) + 4 for column in cells]
    longest = [max(map(len, column)) for column in cells]
    wanted = [max(low, min(length + 3, 40 + length // 8)) for low, length in zip(least, longest, strict=True)]
    over = sum(wanted) - line
    if over > 0 and sum(wanted) > sum(least):
        wanted = [want - over * (want - low) / (sum(wanted) - sum(least)) for want, low in zip(wanted, least, strict=True)]
    return [want / max(line, sum(wanted)) for want in wanted]


def _row(cells: list[list], target: Target, *, last: bool = False) -> list:
    """A row; in Word, the head of a table, and all rows but the last of a small one, are kept with the next, so that no page break parts them."""
    style = "Table Text" if last else "Table Row"
    blocks = [[_styled({"t": "Para", "c": inlines}, style) if target.format == "docx" else {"t": "Plain", "c": inlines}] for inlines in cells]
    return [["", [], []], [[["", [], []], {"t": "AlignDefault"}, 1, 1, of_cell] for of_cell in blocks]]


def _styled(block: dict, style: str) -> dict:
    return {"t": "Div", "c": [["", [], [["custom-style", style]]], [block]]}


def _cell(value: object, target: Target) -> list:
    made: list = []
    for number, line in enumerate(value if isinstance(value, list) else [value]):
        made += ([{"t": "LineBreak"}] if number else []) + _said(("• " if isinstance(value, list) else "") + _cell_text(line), target)
    return made


def _cell_text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return max(value, key=len, default="")
    if value is pd.NA:
        return "not shown"
    return printed_number(value.item() if hasattr(value, "item") else value)


def _figure(named: str, target: Target) -> dict:
    figure = target.parts[named]
    assert isinstance(figure, Figure)
    anchor = named.replace(":", "-")
    caption = _caption(named, figure.caption, figure.label, target)
    if target.format == "typst":
        told = f"Figure {target.placed[named]}."
        return {"t": "RawBlock", "c": ["typst", f"#figure(image({typst_string(anchor + '.svg')}, alt: {typst_string(figure.description)}, width: 100%), "
                                               f"caption: [*#{typst_string(told)};* #{typst_string(f'{figure.caption} {figure.label}'.strip())};]) <{anchor}>"]}
    if target.format == "html":
        address = "data:image/svg+xml;base64," + base64.b64encode(target.drawn[named].encode()).decode("ascii")
        size: list = []
    else:
        address, size = f"{anchor}.png", [["width", "16cm"]]
    image = {"t": "Image", "c": [["", [], size], _said(figure.description, target), [address, ""]]}
    return {"t": "Figure", "c": [[anchor, [], []], [None, [{"t": "Plain", "c": caption}]], [{"t": "Plain", "c": [image]}]]}
