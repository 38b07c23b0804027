"""What a disk, an editor, a sync program or a second process can do to a study, and what must survive it (ST01 to ST18, CO02)."""

import contextlib
import errno
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sixphase.cases import Interview
from sixphase.files import acts, add_interviews, append_coding, append_codings, check_study, durable, open_study, withdraw_coding
from sixphase.files.codings_jsonl import annotation, fold
from sixphase.files.repairs import repair_acts
from sixphase.files.yaml_files import change_entry
from sixphase.tables import CODES

GOOD = [{"id": "r1", "words": "Café"}, {"id": "r2", "words": "😀 “so”"}, {"id": "r3", "words": "שלום"}]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file of three good records."""
    acts.append(tmp_path / "P01-1.am.jsonl", GOOD)
    return tmp_path / "P01-1.am.jsonl"


def names(path: Path) -> tuple[list[str], list[str]]:
    """The ids that can be read, and what is told about the rest."""
    problems = []
    return [record["id"] for _, record in acts.read(path, path.name, problems)], [str(problem) for problem in problems]


@contextlib.contextmanager
def disk(monkeypatch: pytest.MonkeyPatch, *, room: int | None = None, at_most: int | None = None, fsync_fails: int | None = None):
    """A disk with room for some bytes only, one that takes few bytes at a time, or one whose n-th fsync fails."""
    write, fsync, left, synced = os.write, os.fsync, [room], [0]

    def short(file, content):
        if left[0] == 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        done = write(file, content[:at_most][:left[0]])
        left[0] = None if left[0] is None else left[0] - done
        return done

    def failing(file):
        synced[0] += 1
        if synced[0] == fsync_fails:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        fsync(file)

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", short)
        patched.setattr(os, "fsync", failing)
        yield


# ST01, ST02: torn last line, newline missing

def test_a_file_cut_at_any_byte_keeps_every_whole_record_and_takes_the_next_on_its_own_line(path):
    whole = path.read_bytes()
    ends = [len(b"".join(map(acts.line, GOOD[:count]))) for count in (1, 2, 3)]

    for cut in range(len(whole) + 1):
        path.write_bytes(whole[:cut])
        torn = path.with_name(path.name + ".torn")
        torn.unlink(missing_ok=True)

        acts.append(path, [{"id": "next"}])

        kept = [record["id"] for record, end in zip(GOOD, ends, strict=True) if end - 1 <= cut]  # all but its newline is a whole record
        assert names(path) == ([*kept, "next"], [])
        tail = whole[:cut].rpartition(b"\n")[2]
        assert (torn.read_bytes() if torn.exists() else b"") == (tail + b"\n" if tail and cut + 1 not in ends else b"")


# ST03, ST05: damage in the middle, and lines that are JSON but no record

BAD = {
    "damaged": (acts.line(GOOD[1]).replace(b"so", b"no"), "its check value does not fit"),
    "zeros": (b"\0" * 512 + b"\n", "not a record that can be read"),
    "glued": (acts.line(GOOD[1])[:-1] + acts.line(GOOD[2]), "Extra data"),
    "cut in the middle": (acts.line(GOOD[1])[:20] + b"\n", "not a record that can be read"),
    "not UTF-8": ('{"id":"x","words":"Café"}\n'.encode("cp1252"), "not UTF-8"),
    "a key twice": (b'{"id":"x","id":"y"}\n', "a key stands twice"),
    "NaN": (b'{"id":"x","start":NaN}\n', "NaN is not a number"),
    "infinite": (b'{"id":"x","start":1e999}\n', "a number too large"),
    "huge integer": (b'{"id":"x","start":' + b"9" * 5000 + b"}\n", "a number too large"),
    "2^53 + 1": (b'{"id":"x","start":9007199254740993}\n', "a number too large"),
    "deep": (b'{"id":' + b"[" * 100_000 + b"]" * 100_000 + b"}\n", "nested too deeply"),
    "deep enough to read only": (b'{"id":"x","a":' + b"[" * 990 + b"]" * 990 + b',"check":"00000000"}\n', ""),
    "lone surrogate": (b'{"id":"x","words":"\\ud83d"}\n', "half a character"),
    "lone surrogate with a check": (b'{"id":"x","words":"\\ud83d","check":"00000000"}\n', "half a character"),
    "a list": (b'["x"]\n', "not a record"),
    "a number": (b"42\n", "not a record"),
    "a megabyte": (b'{"id":"' + b"x" * 1_000_000 + b'"}\n', "the longest we accept"),
    "merge mark": (b"<<<<<<< HEAD\n", "the mark of an unfinished merge"),
}


@pytest.mark.parametrize(("bad", "told"), BAD.values(), ids=BAD)
def test_a_bad_line_is_told_with_its_number_and_the_others_are_read_and_kept_by_repair(tmp_path, bad, told):
    path = tmp_path / "decisions.jsonl"
    path.write_bytes(acts.line(GOOD[0]) + bad + acts.line(GOOD[2]))

    read, problems = names(path)
    said = repair_acts(tmp_path)

    assert read == ["r1", "r3"]
    assert len(problems) == 1 and problems[0].startswith("decisions.jsonl, line 2: ") and told in problems[0]
    assert names(path) == (["r1", "r3"], [])
    assert len(said) == 1 and "kept 2 lines" in said[0] and "decisions.jsonl.bak" in said[0]
    assert (tmp_path / "decisions.jsonl.bak").read_bytes() == acts.line(GOOD[0]) + bad + acts.line(GOOD[2])


def test_a_last_line_that_goes_on_after_its_record_is_damage_and_not_a_torn_write(path):
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + b"\x0b")  # the line feed with one bit flipped

    _, before = names(path)
    acts.append(path, [{"id": "next"}])

    assert len(before) == 1 and "line 3" in before[0]
    read, after = names(path)
    assert read == ["r1", "r2", "next"] and len(after) == 1 and "line 3" in after[0]


# ST04: flipped bits

def test_a_flipped_bit_is_told_or_changes_nothing_and_harms_no_other_line(waiting):
    path = waiting / "codings" / "P01-1.am.jsonl"
    whole = path.read_bytes()
    lines = [json.loads(line) for line in whole.splitlines()]
    chosen = {*random.Random(4).sample(range(len(whole)), 200), *range(len(whole) - 25, len(whole))}  # and all of the last check value

    for at in sorted(chosen):
        for bit in range(8):
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << bit]) + whole[at + 1:])
            problems = []

            read = {record["id"]: record for _, record in acts.read(path, path.name, problems)}

            hit = whole.count(b"\n", 0, at)
            others = [line for number, line in enumerate(lines) if number not in (hit, hit + (whole[at] == 10))]
            assert {line["id"] for line in others} <= set(read)
            assert problems or all(read[line["id"]].get(key) == value for line in lines for key, value in line.items() if key != "check")


# ST06: a newer version wrote this

def test_a_newer_format_is_told_and_nothing_is_changed(waiting):
    settings_file = waiting / "study.yaml"
    settings_file.write_bytes(settings_file.read_bytes().replace(b"format: 1", b"format: 2"))
    before = {path: path.read_bytes() for path in waiting.rglob("*") if path.is_file()}

    problems = check_study(waiting)

    assert [str(problem).splitlines()[0] for problem in problems] == ["study.yaml, line 1: format 2 is newer than this sixphase"]
    assert {path: path.read_bytes() for path in waiting.rglob("*") if path.is_file()} == before


def test_an_act_of_a_newer_version_is_told_and_kept(waiting):
    path = waiting / "codings" / "P01-1.am.jsonl"
    acts.append(path, [{"type": "Relation", "id": "urn:test:99", "new": {"key": "value"}}])
    before = path.read_bytes()

    problems = check_study(waiting)
    repair_acts(waiting)

    assert len(problems) == 1 and "line 6: not an act we know, of the type “Relation”" in str(problems[0])
    assert path.read_bytes() == before


# ST07, ST08, ST09: a disk that is full, slow or failing

@pytest.mark.parametrize("start", ["clean", "torn", "missing"])
def test_a_full_disk_is_told_at_every_byte_and_the_file_is_as_before(path, start, monkeypatch):
    there = {"clean": path.read_bytes(), "torn": path.read_bytes() + b'{"id":"to', "missing": b""}[start]
    line = acts.line({"id": "new", "words": "é😀"})

    for room in range(len(line)):
        path.unlink(missing_ok=True)
        if start != "missing":
            path.write_bytes(there)
        with disk(monkeypatch, room=room), pytest.raises(durable.NotSaved, match="not saved: No space left"):
            durable.append(path, line)

        whole = there.rpartition(b"\n")[0] + b"\n" if there else b""
        assert path.read_bytes() in (there, whole)  # the torn tail may be set aside already
    durable.append(path, line)
    assert names(path) == ((["r1", "r2", "r3"] if there else []) + ["new"], [])


def test_a_disk_that_fills_up_during_an_import_leaves_the_study_as_before(waiting, monkeypatch):
    new = Interview("P03-1", "ANN: Hello?\n\nP03: I waited 😀.\n", ["P03"], ["ANN"], b"raw", "txt")
    opened = open_study(waiting)
    before = {path: path.read_bytes() for path in waiting.rglob("*") if path.is_file()}

    for room in range(0, 1400, 67):
        with disk(monkeypatch, room=room), pytest.raises(durable.NotSaved, match="No space left.*the study is as before"):
            add_interviews(opened, [new], confirmed="looked at")

        assert {path: path.read_bytes() for path in waiting.rglob("*") if path.is_file()} == before
    assert check_study(waiting) == []


def test_a_disk_that_takes_one_byte_at_a_time_gets_all_of_them(path, monkeypatch):
    with disk(monkeypatch, at_most=1):
        acts.append(path, [{"id": "new", "words": "é😀"}])

    assert names(path) == (["r1", "r2", "r3", "new"], [])


@pytest.mark.parametrize("fails", [1, 2])
def test_when_fsync_fails_on_a_new_file_the_record_is_not_saved_and_not_there(tmp_path, fails, monkeypatch):
    path = tmp_path / "P01-1.am.jsonl"

    with disk(monkeypatch, fsync_fails=fails), pytest.raises(durable.NotSaved, match="not saved: Input/output error"):
        acts.append(path, [{"id": "new"}])  # the first fsync is the file's, the second its folder's

    assert path.read_bytes() == b""


@pytest.mark.parametrize("fails", [1, 2])
def test_when_fsync_fails_during_a_replace_the_file_is_whole(tmp_path, fails, monkeypatch):
    path = tmp_path / "codebook.yaml"
    path.write_bytes(b"old\n")

    with disk(monkeypatch, fsync_fails=fails), pytest.raises(durable.NotSaved, match="not saved"):
        durable.replace(path, b"new\n")

    assert path.read_bytes() == {1: b"old\n", 2: b"new\n"}[fails]  # after the rename only the folder is left to fail
    assert [p.name for p in tmp_path.iterdir()] == ["codebook.yaml"]


# ST10: a folder that cannot be written

@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_told(tmp_path):
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(durable.NotSaved, match="not saved: Permission denied"):
            acts.append(tmp_path / "codings" / "P01-1.am.jsonl", GOOD)
        with pytest.raises(durable.NotSaved, match="not saved: Permission denied"):
            durable.replace(tmp_path / "codebook.yaml", b"codes: {}\n")
    finally:
        tmp_path.chmod(0o755)


def test_a_file_where_the_folder_should_be_is_told_as_not_saved(tmp_path):
    (tmp_path / "codings").write_bytes(b"")

    with pytest.raises(durable.NotSaved, match="not saved"):
        acts.append(tmp_path / "codings" / "P01-1.am.jsonl", GOOD)


# ST11: replaced under us

def test_a_file_changed_since_it_was_read_is_not_written_over(tmp_path):
    path = tmp_path / "codebook.yaml"
    path.write_bytes(b"read\n")
    read = path.read_bytes()
    path.write_bytes(b"changed by an editor\n")

    with pytest.raises(durable.ChangedOnDisk, match="open it again and repeat the change"):
        durable.replace(path, b"ours\n", read=read)

    assert path.read_bytes() == b"changed by an editor\n"


@pytest.mark.parametrize("meanwhile", ["replaced", "deleted"])
def test_a_coding_is_saved_into_a_file_that_was_replaced_or_deleted_while_the_study_was_open(opened, meanwhile):
    path = opened.folder / "codings" / "P01-1.am.jsonl"
    if meanwhile == "replaced":
        other = path.with_name("other.tmp")
        other.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
        os.replace(other, path)
    else:
        path.unlink()

    saved = append_coding(opened, "P01-1", "nuisance", 43, 64, coder_id="am")

    assert names(path) == ((["urn:test:1"] if meanwhile == "replaced" else []) + [saved], [])


# ST12: copies that sync programs make

@pytest.mark.parametrize(("original", "copy"), [
    ("codings/P01-1.am.jsonl", "codings/P01-1.am (conflicted copy 2024-02-03).jsonl"),
    ("codings/P01-1.am.jsonl", "codings/P01-1.am 2.jsonl"),
    ("decisions.jsonl", "decisions (1).jsonl"),
    ("codebook.yaml", "codebook 2.yaml"),
    ("sources.csv", "sources.sync-conflict-20240203-101500-ABCDEFG.csv"),
    ("transcripts/P01-1.txt", "transcripts/P01-1 (conflicted copy).txt"),
])
def test_a_copy_made_by_a_sync_program_is_found(waiting, original, copy):
    (waiting / copy).write_bytes((waiting / original).read_bytes())

    problems = check_study(waiting)

    assert [problem.file for problem in problems] == [copy]
    assert problems[0].do


def test_a_file_of_the_researchers_own_is_no_sync_copy(waiting):
    (waiting / "sources-to-ask.csv").write_text("name\nthe clinic\n")

    assert check_study(waiting) == []


# ST13, ST14: names

@pytest.mark.parametrize("name", ["transcripts/" + "P" * 300 + ".txt", "transcripts/p01\0.txt", "../outside.txt", "/etc/passwd"],
                         ids=["long", "NUL", "up", "absolute"])
def test_a_file_name_that_cannot_be_is_told_with_its_line(waiting, name):
    path = waiting / "sources.csv"
    path.write_bytes(path.read_bytes().replace(b"transcripts/P02-1.txt", name.encode()))

    problems = check_study(waiting)

    assert "sources.csv, line 3" in {f"{problem.file}, line {problem.line}" for problem in problems}


# ST15: YAML

@pytest.mark.parametrize(("codebook", "told"), [
    ("codes:\n  a: {name: x}\n  a: {name: y}\n", "codebook.yaml, line 3: not YAML that can be read: found duplicate key"),
    ("codes:\n  1: {name: x}\n  '1': {name: y}\n", "codebook.yaml, line 3: code_id “1” stands twice (also line 2)"),
    ("codes:\n  a: &one {name: x}\n  b: *one\n", "an anchor or alias (& or *) on line 2"),
    ("codes:\n  a:\n    name: !!python/object/apply:os.system [x]\n", "a tag (!) on line 3"),
    ("codes:\n  007: {name: x}\n", "a number that begins with 0 on line 2; put 007 in quotation marks"),
    ("codes:\n\ta: {name: x}\n", "codebook.yaml, line 2: not YAML that can be read: found character '\\t'"),
    ("codes:\n  a: {name: true}\n", "codebook.yaml, line 2: a: name"),
    ("codes:\n  a: {name: x, created: 2024-02-30}\n", "day is out of range"),
    ("codes: " + "{a: " * 60 + "1" + "}" * 60 + "\n", "nested more than 50 levels deep"),
    ("codes:\n  - a\n", "codes is not a mapping"),
    ("codes:\n  a:\n", "codebook.yaml, line 2: a has no columns"),
    ("codes: {}\nthemes: {}\n", "codebook.yaml, line 2: no “themes” belongs at the top"),
    ("<<<<<<< HEAD\ncodes: {}\n=======\ncodes: {a: {name: x}}\n>>>>>>> other\n", "codebook.yaml, line 2: not YAML"),
    ("codes:\n  a: {name: \"\\0\"}\n\0", "unacceptable character #x0000"),
    ("", "codebook.yaml, line 1: no keys are in this file"),
], ids=lambda value: value[:30] if isinstance(value, str) else None)
def test_a_yaml_hazard_is_told(waiting, codebook, told):
    (waiting / "codebook.yaml").write_text(codebook, encoding="utf-8")

    problems = [str(problem) for problem in check_study(waiting) if problem.file == "codebook.yaml"]

    assert len(problems) == 1 and told in problems[0]


# ST16, ST17: codes renamed, merged, deleted

def test_codings_follow_a_code_that_is_renamed(waiting):
    change_entry(waiting, CODES, "giving-up", {"name": "no", "history": [{"on": "2024-03-01", "by": "am", "what": "renamed", "because": "shorter"}]})

    study = open_study(waiting)

    assert sorted(study.codings.loc[study.codings["code_id"] == "giving-up", "coding_id"]) == ["urn:test:2", "urn:test:4", "urn:test:9"]
    code = study.codes.set_index("code_id").loc["giving-up"]
    assert (code["name"], code["history"][0]["what"]) == ("no", "renamed")


def test_codings_follow_a_code_that_is_merged_and_remember_what_they_were_given_as(waiting):
    change_entry(waiting, CODES, "nuisance", {"status": "merged", "merged_into": "giving-up", "because": "one story"})

    study = open_study(waiting)

    coding = study.codings.set_index("coding_id").loc["urn:test:3"]
    assert (coding["code_id"], coding["given"]) == ("giving-up", "nuisance")


def test_a_code_that_was_deleted_while_in_use_is_told_for_each_of_its_codings(waiting):
    path = waiting / "codebook.yaml"
    text = path.read_text(encoding="utf-8")
    start, end = text.index("  nuisance:"), text.index("  helpers:")
    path.write_text(text[:start] + text[end:], encoding="utf-8")
    before = (waiting / "codings" / "P01-1.am.jsonl").read_bytes()

    problems = [str(problem) for problem in check_study(waiting) if problem.file.startswith("codings/")]

    assert len(problems) == 1 and problems[0].startswith("codings/P01-1.am.jsonl, line 3: no code “nuisance” in codebook.yaml")
    assert "merged or retired, never deleted" in problems[0]
    assert (waiting / "codings" / "P01-1.am.jsonl").read_bytes() == before


# ST18: the clock

def test_a_clock_that_goes_back_does_not_bring_a_replaced_coding_back(opened):
    path = opened.folder / "codings" / "P02-1.am.jsonl"
    text = opened.texts["P02-1"]
    first = annotation(text, "P02-1", "am", "helpers", 153, 164, created="2024-10-27T02:30:00+02:00", coding_id="first")
    later = annotation(text, "P02-1", "am", "unanswered", 153, 164, created="2024-10-27T02:10:00+01:00", coding_id="later", replaces="first")
    earlier = annotation(text, "P02-1", "am", "nuisance", 153, 164, created="1999-12-31T23:59:59Z", coding_id="last", replaces="later")

    acts.append(path, [first, later, earlier])

    study = open_study(opened.folder)
    assert set(study.given["coding_id"]) - set(opened.given["coding_id"]) == {"last"}


def test_a_moment_without_a_zone_is_told(opened):
    append_codings(opened, [{"source_id": "P02-1", "code_id": "helpers", "start": 153, "end": 164}], coder_id="am", created="2024-10-27T02:30:00")

    problems = check_study(opened.folder)

    assert len(problems) == 1 and "codings/P02-1.am.jsonl, line 4: created" in str(problems[0])


# CO02, CO04: two processes

WRITER = """
import contextlib, sys
from pathlib import Path
from sixphase.files import acts, durable
path, who, lock = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
if lock == "no lock":
    durable.locked = lambda path: contextlib.nullcontext(False)
for number in range(500):
    acts.append(path, [{"id": f"{who}-{number}", "words": "שלום 😀 " * 20}])
"""


@pytest.mark.parametrize("lock", ["locked", pytest.param("no lock", marks=pytest.mark.skipif(os.name == "nt", reason="Windows has no atomic append"))])
def test_two_processes_lose_none_of_1000_appends(tmp_path, lock):
    path = tmp_path / "P01-1.am.jsonl"

    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(path), who, lock]) for who in ("a", "b")]

    assert [writer.wait() for writer in writers] == [0, 0]
    read, problems = names(path)
    assert (len(read), problems) == (1000, [])
    assert set(read) == {f"{who}-{number}" for who in "ab" for number in range(500)}


# The state is a fold that does not depend on the order of lines

IDS = st.sampled_from("abcde")
ACTS = st.lists(st.one_of(
    st.builds(lambda key, code, replaces: {"type": "Annotation", "id": key, "code": code} | ({"replaces": replaces} if replaces != key else {}),
              IDS, st.integers(1, 2), IDS),
    st.builds(lambda key: {"type": "Withdrawal", "id": f"w-{key}", "withdraws": key}, IDS)))


def folded(records: list[dict]) -> tuple[dict, bool]:
    problems = []
    return {record["id"]: record for _, record in fold(enumerate(records, start=1), "x.jsonl", problems)}, bool(problems)


@settings(deadline=None)
@given(records=ACTS, random=st.randoms(use_true_random=False))
def test_lines_shuffled_or_doubled_give_the_same_state_or_the_same_doubt(records, random):
    again = records + random.sample(records, random.randint(0, len(records)))
    random.shuffle(again)

    state, doubtful = folded(records)
    state_again, doubtful_again = folded(again)

    assert doubtful_again == doubtful
    assert doubtful or state_again == state


def test_a_file_shuffled_and_doubled_opens_as_the_same_codings(opened):
    withdraw_coding(opened, "urn:test:4", by="am", because="too short")
    before = open_study(opened.folder).given.drop(columns="line")

    for number, path in enumerate(sorted((opened.folder / "codings").glob("*.jsonl"))):
        lines = path.read_bytes().splitlines(keepends=True) * 2
        random.Random(number).shuffle(lines)
        path.write_bytes(b"".join(lines))

    assert open_study(opened.folder).given.drop(columns="line").equals(before)
    assert "urn:test:4" not in set(before["coding_id"])
