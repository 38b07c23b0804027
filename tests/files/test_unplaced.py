"""A coding that waits for a place is placed or let go at the desk, and each of these is undone by an act that makes it wait again."""

import pytest
from sixphase.exchange import importing
from sixphase.files import Refused, append_codings, check_study, desk, open_study, to_review
from sixphase.files.new_versions import compare, replace_transcript

MENDED = "I was learnin to wait"
NOW = "2026-02-03T10:00:00Z"


@pytest.fixture
def waits(opened, tmp_path):
    """The tiny study in which one coding of P01-2 waits: a word of it was mended."""
    old = opened.texts["P01-2"]
    at = old.index("I was learning to wait")
    append_codings(opened, [{"source_id": "P01-2", "code_id": "unanswered", "start": at, "end": at + 22, "comment": "so"}], coder_id="am")
    (tmp_path / "new.txt").write_text(old.replace("I was learning to wait", MENDED), encoding="utf-8")
    study = open_study(opened.folder)
    replace_transcript(study, compare(study, "P01-2", importing.new_version(tmp_path / "new.txt", study, "P01-2").interviews[0]), confirmed="in a test")
    return open_study(opened.folder)


def first(study):
    waiting = to_review(study)
    return waiting[waiting["quotation"] == MENDED.replace("learnin ", "learning ")].iloc[0]


def act(name: str, do: str, waiting, **more) -> dict:
    return {"id": f"urn:test:{name}", "do": do, "created": NOW, "source_id": "P01-2", "coding_id": waiting["coding_id"], **more}


def state(study) -> tuple[list[str], list[str]]:
    """What of P01-2 stands, and what waits."""
    assert check_study(study.folder) == []
    again = open_study(study.folder)
    return sorted(again.given.loc[again.given["source_id"] == "P01-2", "quotation"]), sorted(to_review(again)["now_reads"])


def placing(waiting, name: str = "a", **more) -> dict:
    return act(name, "place", waiting, **{"start": int(waiting["start"]), "end": int(waiting["end"]), "exact": waiting["now_reads"], **more})


def test_a_proposal_is_accepted_and_undone_and_accepted_again(waits):
    at, waiting = desk(waits, by="am"), first(waits)
    before = state(waits)

    assert at.record(placing(waiting)) == "waiting"
    placed = state(waits)
    at.record(act("undo", "wait", waiting, undoes="urn:test:a"))
    undone = state(waits)
    at.record(placing(waiting, "b"))

    assert MENDED in before[1] and MENDED not in before[0]
    assert placed == (sorted([*before[0], MENDED]), [words for words in before[1] if words != MENDED])
    assert undone == before
    assert state(waits) == placed


def test_a_coding_is_let_go_with_a_reason_and_waits_again_when_that_is_undone(waits):
    at, waiting = desk(waits, by="am"), first(waits)
    before = state(waits)

    with pytest.raises(Refused, match="say why"):
        at.record(act("a", "leave", waiting, because=" "))
    at.record(act("a", "leave", waiting, because="taken back"))
    gone = state(waits)
    at.record(act("undo", "wait", waiting, undoes="urn:test:a"))

    assert gone == (before[0], [words for words in before[1] if words != MENDED])
    assert state(waits) == before


def test_an_act_that_is_sent_again_counts_once(waits):
    at, waiting = desk(waits, by="am"), first(waits)
    file = waits.folder / "codings" / "P01-2.am.jsonl"
    for sent in (placing(waiting), act("undo", "wait", waiting, undoes="urn:test:a"), act("b", "leave", waiting, because="gone")):
        at.record(sent)
        there = file.read_bytes()
        at.record(sent)
        assert file.read_bytes() == there


def test_what_cannot_be_is_refused_with_a_sentence_and_nothing_is_written(waits):
    at, waiting = desk(waits, by="am"), first(waits)
    file = waits.folder / "codings" / "P01-2.am.jsonl"
    at.record(placing(waiting))
    before = file.read_bytes()

    for sent, told in [(placing(waiting, "b"), "does not wait for a place any more"), (act("c", "leave", waiting, because="x"), "does not wait for a place any more"),
                       (act("d", "wait", waiting, undoes="urn:test:none"), "nothing to undo")]:
        with pytest.raises(Refused, match=told):
            at.record(sent)
    at.record(act("e", "wait", waiting, undoes="urn:test:a"))
    with pytest.raises(Refused, match="not those of the transcript"):
        at.record(placing(waiting, "f", exact="other words"))

    assert file.read_bytes().startswith(before)


def test_only_ones_own_codings_are_decided_about(waits):
    at, waiting = desk(waits, by="bo"), first(waits)

    with pytest.raises(Refused, match="does not wait"):
        at.record(placing(waiting))


def test_the_order_of_the_lines_makes_no_difference(waits):
    at, waiting = desk(waits, by="am"), first(waits)
    at.record(placing(waiting))
    at.record(act("undo", "wait", waiting, undoes="urn:test:a"))
    file = waits.folder / "codings" / "P01-2.am.jsonl"
    before = state(waits)
    file.write_bytes(b"".join(reversed(file.read_bytes().splitlines(keepends=True))))

    assert state(waits) == before
