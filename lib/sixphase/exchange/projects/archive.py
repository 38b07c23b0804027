"""Archives and XML that somebody else made, opened so that they can do no harm.

Used in the child process of `limits.in_child`: nothing is unpacked to the disk, no member is read that is larger than it may be, and XML
is read with entities, DTDs and the network off.
"""

import stat
import zipfile
from pathlib import Path

from lxml import etree

from ...problems import shown
from .project import Refused

MOST_MEMBERS, LARGEST_MEMBER, STEEPEST = 100_000, 400_000_000, 400


def opened(path: Path) -> zipfile.ZipFile:
    """Open a zip archive after looking at its list of contents.

    Raises
    ------
    Refused
        It is none, or its names, links or sizes are not those of a project.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, OSError):
        raise Refused("it is damaged, or no zip archive", "export the project again") from None
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise Refused(f"it holds {len(members):,} files: too many for a project")
    names: set[str] = set()
    for member in members:
        name = member.filename
        if is_outside(name):
            raise Refused(f"a file in it would land outside of it: {shown(name, 80)}", "do not open this file; ask whoever sent it")
        if stat.S_ISLNK(member.external_attr >> 16):
            raise Refused(f"a file in it is a link to another place: {shown(name, 80)}", "do not open this file; ask whoever sent it")
        if member.flag_bits & 1:
            raise Refused("it is protected by a password", "export it again without one")
        if name in names:
            raise Refused(f"two files in it have one name: {shown(name, 80)}")
        if member.file_size > 10_000_000 and member.file_size > STEEPEST * max(member.compress_size, 1):
            raise Refused(f"{shown(name, 80)} would grow from {member.compress_size:,} to {member.file_size:,} bytes: a zip bomb")
        names.add(name)
    return archive


def is_outside(name: str) -> bool:
    """Whether a path could lead out of the folder it is meant for."""
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or name.startswith(("/", "\\")) or "\0" in name or (len(name) > 1 and name[1] == ":")


def content(archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of one member.

    Raises
    ------
    Refused
        It is too large, damaged, or packed in a way we do not read.
    """
    if archive.getinfo(name).file_size > LARGEST_MEMBER:
        raise Refused(f"{shown(name)} is too large: {archive.getinfo(name).file_size:,} bytes")
    try:
        return archive.read(name)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, ValueError, ArithmeticError) as error:
        raise Refused(f"{shown(name)} in it is damaged ({error})", "export the project again") from None
    except Exception as error:  # zlib has an exception of its own
        raise Refused(f"{shown(name)} in it is damaged ({type(error).__name__})", "export the project again") from None


def xml(raw: bytes, name: str) -> etree._Element:
    """The root of an XML document.

    Raises
    ------
    Refused
        It is not well formed, too deep, or declares a document type.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, attribute_defaults=False,
                             huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if b"<!DOCTYPE" in raw[:2000] or "ntit" in str(error):
            raise Refused(f"{name} contains a DTD or entities, which a project never needs", "do not open this file; ask whoever sent it") from None
        raise Refused(f"{name} is not well-formed XML: {str(error)[:150]}", "export the project again") from None
    if root is None:
        raise Refused(f"{name} is empty")
    if root.getroottree().docinfo.internalDTD is not None or root.getroottree().docinfo.doctype:
        raise Refused(f"{name} contains a DTD, which a project never needs", "do not open this file; ask whoever sent it")
    return root
