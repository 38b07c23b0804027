"""Word files in which a comment names the code of the words it is attached to."""

from pathlib import Path

from . import archive
from .project import Code, Coding, Project, Refused, Source

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SKIPPED = {f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "sectPr", "tblPr", "trPr", "tcPr", "fldChar")}


def read(path: Path) -> Project:
    """Read a Word file as one source: the first line of each comment is a code, further lines are the coder's note.

    Raises
    ------
    Refused
        It is no Word file, or has no comments.
    """
    with archive.opened(path) as opened:
        names = set(opened.namelist())
        if "word/document.xml" not in names:
            raise Refused("it is no Word file (.docx)")
        if "word/comments.xml" not in names:
            raise Refused("it has no comments, so no codes", "import it as a transcript, without --comments-are-codes")
        document = archive.xml(archive.content(opened, "word/document.xml"), "word/document.xml")
        comments = archive.xml(archive.content(opened, "word/comments.xml"), "word/comments.xml")
    text, spans = _walked(document)
    project = Project(name=path.stem, origin="Word", sources=[Source("text", path.stem, text)])
    told = {node.get(f"{W}id"): node for node in comments.iterfind(f"{W}comment")}
    keys: dict[str, str] = {}
    waiting = []
    for number, node in told.items():
        lines = ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in node.iterfind(f"{W}p")]
        first, note = (lines[0].strip() if lines else ""), "\n".join(lines[1:]).strip()
        if not first:
            project.lose("comments without words")
            continue
        if first not in keys:
            keys[first] = f"code {len(keys) + 1}"
            project.codes.append(Code(keys[first], first))
        coder = node.get(f"{W}author") or node.get(f"{W}initials") or ""
        if coder:
            project.coders[coder] = coder
        start, end = spans.get(number, (-1, -1))
        waiting.append(Coding(f"comment {number}", "text", keys[first], start, end, coder, node.get(f"{W}date") or "", note))
    project.ready()
    for coding in waiting:
        project.place(coding)
    return project


def _walked(document) -> tuple[str, dict[str, tuple[int, int]]]:
    """The text in the order of the body, a line a paragraph, and where each comment begins and ends."""
    parts: list[str] = []
    length, starts, spans = 0, {}, {}

    def add(words: str) -> None:
        nonlocal length
        parts.append(words)
        length += len(words)

    waiting = [(node, False) for node in reversed(document)]
    while waiting:
        node, ended = waiting.pop()
        if ended:
            add("\n")
            continue
        if node.tag in SKIPPED:
            continue
        if node.tag == f"{W}commentRangeStart":
            starts[node.get(f"{W}id")] = length
        elif node.tag == f"{W}commentRangeEnd":
            spans[node.get(f"{W}id")] = (starts.get(node.get(f"{W}id"), -1), length)
        elif node.tag == f"{W}t":
            add(node.text or "")
        elif node.tag == f"{W}tab":
            add("\t")
        elif node.tag in (f"{W}br", f"{W}cr"):
            add("\n")
        else:
            if node.tag == f"{W}p":
                waiting.append((node, True))
            waiting += [(child, False) for child in reversed(node)]
    text = "".join(parts)
    return text, {key: (start, _before_line_end(text, start, end)) for key, (start, end) in spans.items()}


def _before_line_end(text: str, start: int, end: int) -> int:
    while end > start >= 0 and text[end - 1] == "\n":
        end -= 1
    return end
