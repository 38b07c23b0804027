"""Writes that survive: a kill at any moment, a full disk, two writers.

`append` returns only when its bytes are on the disk; what it acknowledged is never lost, and a half-written tail
is moved aside before the next line. `replace` leaves the old file or the new one, never half of either.
A lock keeps writers apart where the disk can lock; where it cannot, one write call keeps lines whole, and nothing is cut.
"""

import contextlib
import getpass
import glob
import hashlib
import json
import os
import tempfile
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from filelock import FileLock


MANY = 32  # files that are written at a time


class NotSaved(OSError):
    """A write that did not reach the disk; the file is as it was before."""


class ChangedOnDisk(NotSaved):
    """The file is no longer the one that was read; nothing was written over it."""


def append(path: Path, lines: bytes) -> None:
    """Add whole lines to a file and return once they are on the disk.

    Parameters
    ----------
    path : Path
        Made if it is not there yet, and its folder with it, readable by their owner only.
    lines : bytes
        One or more lines, each ended by a line feed.

    Raises
    ------
    NotSaved
        The disk refused (full, read-only, failing). The file ends where it ended before; where the disk cannot lock,
        part of the lines may stand at its end, and the next append ends them.
    """
    if not lines.endswith(b"\n"):
        raise ValueError("an appended line must end with a line feed")
    try:
        with locked(path) as alone:
            _append(path, lines, alone)
    except NotSaved:
        raise
    except OSError as error:
        raise NotSaved(error.errno, f"not saved: {error.strerror or error}", str(path)) from error


def _append(path: Path, lines: bytes, alone: bool) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    is_new = not path.exists()
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
    try:
        heal(path, file, alone=alone)
        before = os.fstat(file).st_size
        try:
            _write_all(file, lines)
            os.fsync(file)
            if is_new:
                sync_folder(path.parent)
        except OSError as error:
            if alone:  # or what somebody else wrote meanwhile would be cut
                os.ftruncate(file, before)
            raise NotSaved(error.errno, f"not saved: {error.strerror or error}", str(path)) from error
    finally:
        os.close(file)


def heal(path: Path, file: int, *, alone: bool) -> None:
    """Make an open file end with a whole line.

    A tail without its line feed is copied to `<name>.torn` and cut when it breaks off, and otherwise
    completed. What is followed by a line feed is never touched: that would be damage, and damage
    is for `repair`, where a person looks on. Unless we are alone the tail may be a line that is just
    being written, so it is completed whatever it is.
    """
    size = os.fstat(file).st_size
    tail = _tail(file, size)
    if not tail:
        return
    if not (alone and breaks_off(tail)):
        _write_all(file, b"\n")
    else:
        torn = os.open(path.with_name(path.name + ".torn"), os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
        try:
            _write_all(torn, tail + b"\n")
            os.fsync(torn)
        finally:
            os.close(torn)
        os.ftruncate(file, size - len(tail))
    os.fsync(file)


def breaks_off(tail: bytes) -> bool:
    """Whether the tail of a file can be a record that was cut short.

    A whole record is not, nor is one with something after it: its line feed may be what was damaged.
    """
    try:
        return not isinstance(json.loads(tail.decode("utf-8")), dict)
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data"
    except json.JSONDecodeError as error:
        return error.msg != "Extra data"
    except (ValueError, RecursionError):
        return True


def replace(path: Path, content: bytes, *, read: bytes | None = None) -> None:
    """Put new content in a file's place, all of it or none.

    Parameters
    ----------
    path : Path
    content : bytes
    read : bytes, optional
        What the caller read before changing it. If the file holds something else by now, nothing is written.

    Raises
    ------
    ChangedOnDisk
        Someone else changed the file since `read`.
    NotSaved
        The disk refused; the old file is whole.
    """
    part = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.tmp")
    try:
        with locked(path):
            if read is not None and (path.read_bytes() if path.exists() else b"") != read:
                raise ChangedOnDisk(0, "changed on disk since it was read; open it again and repeat the change", str(path))
            for left in path.parent.glob(f".{glob.escape(path.name)}.*.tmp"):  # by a writer that was killed
                left.unlink()
            try:
                write_new(part, content)
                _rename(part, path)
            finally:
                part.unlink(missing_ok=True)
            sync_folder(path.parent)
    except NotSaved:
        raise
    except OSError as error:
        raise NotSaved(error.errno, f"not saved: {error.strerror or error}", str(path)) from error


def sync_folder(folder: Path) -> None:
    """Make a new or renamed name in a folder last; Windows does this by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def locked(path: Path, seconds: float = 10) -> Iterator[bool]:
    """Hold a file's lock, where the system can lock; go on without one where it cannot, and say which.

    The lock lives outside the study, so that sync folders never copy it.
    """
    lock = None
    try:
        lock = FileLock(_lock_folder() / hashlib.sha256(os.path.realpath(path).encode()).hexdigest(), timeout=seconds)
        lock.acquire()
    except (OSError, NotImplementedError):  # includes a lock nobody gives back: ids and one-call appends still hold
        lock = None
    try:
        yield lock is not None
    finally:
        if lock is not None:
            lock.release()


def _lock_folder() -> Path:
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = str(os.getuid())
    folder = Path(tempfile.gettempdir()) / f"sixphase-locks-{hashlib.sha256(user.encode()).hexdigest()[:12]}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _write_all(file: int, content: bytes) -> None:
    while content:
        content = content[os.write(file, content):]


def write_new(path: Path, content: bytes) -> None:
    """Write a file that is not there yet, readable by its owner only, and return once its bytes are on the disk."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        _write_all(file, content)
        os.fsync(file)
    finally:
        os.close(file)


def write_many(files: dict[Path, bytes]) -> None:
    """Write files that are not there yet, and return once all their bytes are on the disk; many at a time, since a disk takes them so."""
    if len(files) < MANY:
        for path, content in files.items():
            write_new(path, content)
    else:
        with ThreadPoolExecutor(MANY) as crew:
            list(crew.map(write_new, files.keys(), files.values()))


def _rename(part: Path, path: Path) -> None:
    for attempt in range(5):
        try:
            os.replace(part, path)
            return
        except PermissionError:  # Windows, while a virus scanner or an editor holds the file
            if os.name != "nt" or attempt == 4:
                raise
            time.sleep(0.05 * 2**attempt)


def _tail(file: int, size: int) -> bytes:
    """What follows the last line feed of an open file."""
    tail, start = b"", size
    while start > 0 and b"\n" not in tail:
        step = min(65536, start)
        start -= step
        os.lseek(file, start, os.SEEK_SET)
        tail = os.read(file, step) + tail
    return tail.rpartition(b"\n")[2]
