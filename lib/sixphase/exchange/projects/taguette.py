"""Taguette: its database (.sqlite3), its lists of highlights (.csv, .xlsx, .html) and its codebook (.csv, .xlsx).

In the database a document is HTML, and a highlight's offsets are UTF-8 bytes of its text with the tags taken away.
"""

import json
import sqlite3
from html.parser import HTMLParser
from pathlib import Path

from . import offsets
from .project import Code, Coding, Project, Refused, Source
from .quoted import Quoted, project_of
from .sheets import table_of

BLOCKS = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "tr", "br", "pre", "ul", "ol", "table"}


class _Text(HTMLParser):
    """The text of a page without its tags, and where its blocks end."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts, self.length, self.ends = [], 0, []

    def handle_data(self, data):
        self.parts.append(data)
        self.length += len(data)

    def handle_endtag(self, tag):
        if tag in BLOCKS:
            self.ends.append(self.length)

    def handle_startendtag(self, tag, attrs):
        if tag == "br":
            self.ends.append(self.length)


def _unpacked(html: str) -> tuple[str, list[int]]:
    parser = _Text()
    parser.feed(html)
    parser.close()
    return "".join(parser.parts), parser.ends


def read_project(path: Path) -> Project:
    """Read a project that Taguette exported as SQLite.

    Raises
    ------
    Refused
        It is damaged, or holds several projects.
    """
    try:
        with sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True) as database:
            database.row_factory = sqlite3.Row
            return _of_database(database)
    except sqlite3.Error as error:
        raise Refused(f"it is damaged, or no project of Taguette ({error})", "export the project again in Taguette") from None


def _of_database(database: sqlite3.Connection) -> Project:
    projects = database.execute("select * from projects order by id").fetchall()
    if len(projects) != 1:
        raise Refused(f"it holds {len(projects)} projects, not one", "in Taguette, open the project and export it from “Project info”")
    project = Project(name=projects[0]["name"], origin="Taguette")
    if projects[0]["description"]:
        project.said.append(f"the project says of itself: {projects[0]['description'][:300]}")
    project.codes = [Code(str(row["id"]), row["path"], "", "", row["description"] or "") for row in database.execute("select * from tags order by id")]
    texts, moved = {}, {}
    for row in database.execute("select * from documents order by id"):
        bare, ends = _unpacked(row["contents"])
        texts[row["id"]] = offsets.stored(bare)
        bare = texts[row["id"]].text
        breaks = [(end, end, "\n\n") for end in dict.fromkeys(ends) if 0 < end < len(bare) and not bare[:end].endswith("\n") and bare[end] != "\n"]
        moved[row["id"]] = offsets.Moved(bare, breaks)
        values = {"description": row["description"]} if row["description"] else {}
        project.sources.append(Source(str(row["id"]), row["name"], moved[row["id"]].text, values))
    project.ready()
    _highlights(database, project, texts, moved)
    return project


def _highlights(database: sqlite3.Connection, project: Project, texts: dict, moved: dict) -> None:
    by = {}  # who marked it and when is told by the log of commands alone
    for row in database.execute("select * from commands order by id"):
        told = json.loads(row["payload"])
        if told.get("type") == "highlight_add":
            by.setdefault(told.get("highlight_id"), (row["user_login"], row["date"]))
            project.coders[row["user_login"]] = row["user_login"]
    rulers = {key: offsets.Ruler(text, offsets.Reading("UTF-8 bytes")) for key, text in texts.items()}
    tags: dict[int, list[int]] = {}
    for row in database.execute("select * from highlight_tags order by highlight_id, tag_id"):
        tags.setdefault(row["highlight_id"], []).append(row["tag_id"])
    agree = total = 0
    for row in database.execute("select * from highlights order by id"):
        start, end = rulers[row["document_id"]].span(row["start_offset"], row["end_offset"]) if row["document_id"] in rulers else (-1, -1)
        total += 1
        agree += " ".join(texts[row["document_id"]].text[start:end].split()) == " ".join(_unpacked(row["snippet"])[0].split()) if start >= 0 else 0
        start, end = (moved[row["document_id"]].start(start), moved[row["document_id"]].end(end)) if start >= 0 else (start, end)
        coder, when = by.get(row["id"], ("", ""))
        project.lose("highlights without a tag", not tags.get(row["id"]))
        for tag in tags.get(row["id"], []):
            project.place(Coding(f"{row['id']}.{tag}", str(row["document_id"]), str(tag), start, end, coder, when.replace(" ", "T")))
    project.said.append(f"offsets read as UTF-8 bytes: {agree:,} of {total:,} highlights have the words Taguette kept with them")


def read_highlights(path: Path) -> Project:
    """Read a list of highlights: .csv, .xlsx or .html."""
    if path.suffix.lower() in (".html", ".htm"):
        return project_of(path.stem, "Taguette", _of_page(path.read_bytes().decode("utf-8", "replace")))
    found: dict[str, Quoted] = {}
    for row in table_of(path, {"id": "id", "document": "document", "tag": "tag", "content": "content"}):
        quoted = found.setdefault(row.get("id", str(len(found))), Quoted(row.get("document", ""), row.get("content", ""), []))
        if row.get("tag"):
            quoted.codes.append(row["tag"])
    return project_of(path.stem, "Taguette", found.values())


def _of_page(html: str) -> list[Quoted]:
    """The highlights of Taguette's page: the words, then a paragraph with the document and the tags, then a rule."""
    from lxml import html as pages

    body = pages.document_fromstring(html, parser=pages.HTMLParser(no_network=True)).find("body")
    found, words = [], []
    for node in body if body is not None else ():
        labels = {strong.text_content().strip(): " ".join((strong.tail or "").split()) for strong in node.iterfind("strong")}
        if "Document:" in labels:
            tags = [tag.strip() for tag in labels.get("Tags:", "").split(", ") if tag.strip()]
            found.append(Quoted(labels["Document:"], "\n\n".join(words), tags))
            words = []
        elif node.tag == "hr":
            words = []
        elif node.tag not in ("h1", "style"):
            words.append(node.text_content())
    return found


def read_codebook(path: Path) -> Project:
    """Read a codebook: .csv or .xlsx."""
    rows = table_of(path, {"tag": "tag", "description": "description"})
    project = Project(name=path.stem, origin="Taguette", codes=[Code(row["tag"], row["tag"], "", "", row.get("description", "")) for row in rows if row.get("tag")])
    project.ready()
    return project
