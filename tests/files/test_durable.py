import os
import stat

import pytest

from sixphase.files import durable

POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")


def test_appended_lines_stand_at_the_end(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_bytes(b'{"id":"a"}\n')

    durable.append(path, '{"id":"é😀"}\n'.encode())

    assert path.read_bytes() == '{"id":"a"}\n{"id":"é😀"}\n'.encode()


def test_lines_without_a_line_feed_are_refused(tmp_path):
    with pytest.raises(ValueError, match="must end with a line feed"):
        durable.append(tmp_path / "x.jsonl", b"{}")

    assert list(tmp_path.iterdir()) == []


def test_a_long_torn_tail_is_set_aside_whole(tmp_path):
    path, tail = tmp_path / "x.jsonl", b'{"words":"' + b"x" * 200_000  # longer than one look backwards
    path.write_bytes(b'{"id":"a"}\n' + tail)

    durable.append(path, b'{"id":"b"}\n')

    assert path.read_bytes() == b'{"id":"a"}\n{"id":"b"}\n'
    assert (tmp_path / "x.jsonl.torn").read_bytes() == tail + b"\n"


@pytest.mark.parametrize(("tail", "is_torn"), [
    (b'{"id":"a"', True), ('{"id":"é'.encode()[:-1], True), (b"\0\0\0", True), (b'{"id":', True),
    (b'{"id":"a"}', False), (b'{"id":"a"}\x0b', False), (b'{"id":"a"}\x8a', False), (b'{"id":"a"}{"id"', False)])
def test_a_tail_breaks_off_only_when_it_can_be_the_beginning_of_a_record(tail, is_torn):
    assert durable.breaks_off(tail) is is_torn


@POSIX
def test_new_files_and_folders_are_for_their_owner_only(tmp_path):
    durable.append(tmp_path / "codings" / "x.jsonl", b"{}\n")
    durable.replace(tmp_path / "codings" / "y.yaml", b"x: 1\n")

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.rglob("*")}
    assert modes == {"codings": 0o700, "x.jsonl": 0o600, "y.yaml": 0o600}


def test_replace_puts_all_of_the_new_content_in_place(tmp_path):
    path = tmp_path / "x [1].yaml"
    path.write_bytes(b"old\n" * 1000)

    durable.replace(path, "né\n".encode(), read=b"old\n" * 1000)

    assert path.read_bytes() == "né\n".encode()
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_appeared_since_nothing_was_read_is_not_written_over(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_bytes(b"theirs\n")

    with pytest.raises(durable.ChangedOnDisk, match="changed on disk since it was read"):
        durable.replace(path, b"ours\n", read=b"")

    assert path.read_bytes() == b"theirs\n"


def test_a_lock_is_held_by_one_and_says_so_and_lies_outside_the_study(tmp_path):
    with durable.locked(tmp_path / "x.jsonl") as first, durable.locked(tmp_path / "x.jsonl", seconds=0) as second:
        inside = list(tmp_path.iterdir())

    assert (first, second, inside) == (True, False, [])


def test_who_does_not_hold_the_lock_cuts_nothing(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_bytes(b'{"id":"a"}\n{"id":"being writ')
    file = os.open(path, os.O_RDWR | os.O_APPEND)

    durable.heal(path, file, alone=False)
    os.close(file)

    assert path.read_bytes() == b'{"id":"a"}\n{"id":"being writ\n'
