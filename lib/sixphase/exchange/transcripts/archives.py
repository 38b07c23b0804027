"""Documents that are zip archives of XML: opened without trust.

Nothing is ever unpacked: a part is read by its exact name, into memory, up to a limit. No document type, no entity, no
network. What breaks one of these rules is refused with a sentence.
"""

import io
import re
import stat
import zipfile
from pathlib import Path

from lxml import etree

from ..arrivals import refused

LARGEST_PART = 60_000_000  # bytes of one part, unpacked; the text of a long book is 2 million
MOST_PARTS = 4_000
TOO_LARGE = "too large to be a transcript"


class Archive:
    """A zip archive whose list of parts was looked through before anything is read.

    Raises
    ------
    StudyError
        It is no zip archive, is protected by a password, or its list names what no document has.
    """

    def __init__(self, path: Path, raw: bytes):
        self.path = path
        if raw.startswith(b"\xd0\xcf\x11\xe0"):  # Office wraps what it encrypts in its old container
            raise refused(path, "it is protected by a password, or an old document of Word or Excel", do="save it again without a password, in today's format")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw))
            parts = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, UnicodeDecodeError):
            raise damaged(path) from None
        if len(parts) > MOST_PARTS:
            raise refused(path, f"{len(parts):,} parts: {TOO_LARGE}")
        wrong = next((part for part in parts if _leads_outside(part)), None)
        if wrong is not None:
            raise refused(path, "a part of it is named like a place outside the document", found=repr(wrong.filename)[:80], do="do not trust this file")
        if any(part.flag_bits & 1 for part in parts):
            raise refused(path, "it is protected by a password", do="save it again without a password")
        self.names = [part.filename for part in parts]

    def read(self, name: str) -> bytes:
        """The bytes of one part, by its exact name."""
        times = self.names.count(name)
        if times != 1:
            raise refused(self.path, f"it has {times} parts {name!r}: damaged, or no document that can be read", do="open it in its own program and save it again")
        try:
            with self._zip.open(name) as part:
                content = part.read(LARGEST_PART + 1)
        except Exception:  # zlib, lzma and zipfile raise whatever they like on hostile bytes
            raise damaged(self.path) from None
        if len(content) > LARGEST_PART:
            raise refused(self.path, TOO_LARGE)
        return content

    def xml(self, name: str) -> etree._Element:
        """The root of one part that is XML."""
        return root(self.path, self.read(name))


def root(path: Path, content: bytes) -> etree._Element:
    """The root of an XML document without a document type, read with entities, network and huge trees off.

    Raises
    ------
    StudyError
        It has a document type (which a document needs for nothing but attacks), is nested too deeply, or is no XML.
    """
    if b"<!DOCTYPE" in content[:4096].replace(b"\0", b"").upper():
        raise refused(path, "it contains a document type (DTD), refused", do="do not trust this file")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        found = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise damaged(path) from None
    if found.getroottree().docinfo.doctype:
        raise refused(path, "it contains a document type (DTD), refused", do="do not trust this file")
    return found


def damaged(path: Path) -> Exception:
    """The error that refuses a document whose inside cannot be read."""
    return refused(path, f"it is damaged, or not what its ending {path.suffix} says", do="open it in its own program and save it again")


def _leads_outside(part: zipfile.ZipInfo) -> bool:
    name = part.filename
    return stat.S_ISLNK(part.external_attr >> 16) or name.startswith(("/", "\\")) or bool(re.match(r"[A-Za-z]:", name)) or ".." in re.split(r"[/\\]", name)
