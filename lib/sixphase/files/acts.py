"""Acts of people as JSON Lines: one record a line, each with a check value.

The check value is the first 8 hex digits of the SHA-256 over the rest of the line. A line whose check value fits is
read as it stands; a line without one was written by hand and is read with care; a line whose value does not fit is
damage, and the file becomes read-only until `sixphase repair`.
"""

import hashlib
import json
import math
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..places import COMMAND
from ..problems import Problem
from . import durable

LONGEST = 1_000_000  # bytes of one line; no act of a person is longer
CHECK = 8  # hex digits


def line(record: dict) -> bytes:
    """One record as the line that is stored: keys sorted, no spaces, its check value last."""
    body = json.dumps(record, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for odd in "\u2028\u2029\u0085":  # some editors end a line at these
        body = body.replace(odd, f"\\u{ord(odd):04x}")
    encoded = body.encode("utf-8")
    return encoded[:-1] + b',"check":"' + _sum(encoded) + b'"}\n'


def append(path: Path, records: Iterable[dict]) -> None:
    """Store records at the end of a file; returns once they are on the disk.

    Raises
    ------
    durable.NotSaved
    """
    lines = b"".join(map(line, records))
    if lines:
        durable.append(path, lines)


def read(path: Path, name: str, problems: list[Problem]) -> Iterator[tuple[int, dict]]:
    """Give the records of a file with their line numbers, counted from 1.

    Every line that cannot be read becomes a problem, and reading goes on with the next. A last line without its
    line feed that breaks off is a write that was interrupted before it was acknowledged: it is passed over here,
    and set aside by the next append.
    """
    if not path.exists():
        return
    lines = path.read_bytes().split(b"\n")
    for number, content in enumerate(lines, start=1):
        if not content.strip():
            continue
        record, complaint = read_line(content)
        if record is not None:
            yield number, record
        elif number < len(lines) or not durable.breaks_off(content):
            problems.append(Problem(name, number, complaint, do=(
                "keep both sides and delete the marks" if content[:7] in (b"<<<<<<<", b"=======", b">>>>>>>")
                else f"run “{COMMAND} repair STUDY”: it keeps every line that can be read and sets the others aside")))


def read_line(content: bytes) -> tuple[dict | None, str]:
    """Read one line: the record without its check value, or None and what is wrong with it."""
    cut = len(content) - len(b',"check":"') - CHECK - len(b'"}')
    if cut > 0 and content[cut:cut + 10] == b',"check":"' and content.endswith(b'"}'):
        body = content[:cut] + b"}"
        if _sum(body) == content[-CHECK - 2:-2]:  # just as we wrote it
            return json.loads(body), ""
    return _read_with_care(content)


def _read_with_care(content: bytes) -> tuple[dict | None, str]:
    """Read a line that somebody else wrote, changed or damaged."""
    if content[:7] in (b"<<<<<<<", b"=======", b">>>>>>>"):
        return None, "the mark of an unfinished merge"
    if len(content) > LONGEST:
        return None, f"a line of {len(content):,} bytes; the longest we accept is {LONGEST:,}"
    try:
        record = json.loads(content.decode("utf-8"), object_pairs_hook=_no_key_twice, parse_constant=_no_nan,
                            parse_int=_small, parse_float=_finite)
        if not isinstance(record, dict):
            return None, "not a record (a JSON object)"
        check = record.pop("check", None)
        as_written = line(record)
    except UnicodeDecodeError:
        return None, "not UTF-8"
    except UnicodeEncodeError:
        return None, "half a character (a lone surrogate, \\ud800 to \\udfff)"
    except RecursionError:
        return None, "nested too deeply"
    except ValueError as error:
        reason = str(error).split(":")[0].split("(")[0].strip() or "not JSON"
        return None, f"not a record that can be read ({reason})"
    if check is not None and as_written[-CHECK - 3:-3].decode() != check:
        return None, "damaged, or changed by hand: its check value does not fit (delete “check” from a line you changed yourself)"
    return record, ""


def _no_key_twice(pairs: list) -> dict:
    record = dict(pairs)
    if len(record) < len(pairs):
        raise ValueError("a key stands twice")
    return record


def _no_nan(word: str) -> float:
    raise ValueError(f"{word} is not a number")


def _small(digits: str) -> int:
    if len(digits) > 16 or abs(int(digits)) > 2**53:
        raise ValueError("a number too large")
    return int(digits)


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError("a number too large")
    return number


def _sum(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest()[:CHECK].encode()
