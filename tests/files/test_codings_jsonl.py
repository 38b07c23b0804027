import copy
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sixphase.files import acts, append_coding, append_codings, append_quotation, open_study, withdraw_coding
from sixphase.files.codings_jsonl import annotation, fold, path_of, read_codings
from sixphase.transcripts import sha256

#       0    5    10   15   20   25
TEXT = "P01: “Café” 😀 שלום, I gave up.\n"  # 😀 is one code point, at 12
RECORD = annotation(TEXT, "P01-1", "am", "giving-up", 20, 29, created="2024-02-03T10:00:00Z", coding_id="urn:test:1")


def read(folder: Path, text: str = TEXT):
    problems = []
    return read_codings(folder, {"P01-1": text}, ["am", "bo"], problems), [str(problem) for problem in problems]


def stored(folder: Path, *records: dict) -> Path:
    acts.append(path_of(folder, "P01-1", "am"), records)
    return folder


def test_an_annotation_keeps_the_words_and_what_stands_around_them():
    position, quote = RECORD["target"]["selector"]

    assert (position["start"], position["end"], quote["exact"]) == (20, 29, "I gave up")
    assert (quote["prefix"], quote["suffix"]) == ("P01: “Café” 😀 שלום, ", ".\n")


def test_offsets_are_code_points():
    quote = annotation(TEXT, "P01-1", "am", "giving-up", 12, 18, created="2024-02-03T10:00:00Z")["target"]["selector"][1]

    assert quote["exact"] == "😀 שלום"


@pytest.mark.parametrize(("start", "end"), [(5, 5), (-1, 3), (9, 4), (0, 32)])
def test_a_segment_outside_its_text_is_refused(start, end):
    with pytest.raises(ValueError, match=f"the segment {start}-{end} is not inside P01-1, which has 31 characters"):
        annotation(TEXT, "P01-1", "am", "giving-up", start, end, created="2024-02-03T10:00:00Z")


def test_a_coding_is_read_back_as_it_was_given(tmp_path):
    record = annotation(TEXT, "P01-1", "am", "giving-up", 20, 29, created="2024-02-03T10:00:00Z",
                        coding_id="urn:test:1", comment="זה “so” 😀", times=2)

    codings, problems = read(stored(tmp_path, record))

    assert problems == []
    assert codings.iloc[0].dropna().to_dict() == {
        "coding_id": "urn:test:1", "source_id": "P01-1", "coder_id": "am", "code_id": "giving-up", "start": 20, "end": 29, "quotation": "I gave up",
        "comment": "זה “so” 😀", "created": "2024-02-03T10:00:00Z", "pass": 2, "source_sha256": sha256(TEXT), "line": 1}


@settings(deadline=None, max_examples=200)
@given(before=st.text(), words=st.text(min_size=1), after=st.text())
def test_whatever_words_are_coded_are_read_back_exactly(before, words, after):
    text = before + words + after
    record = annotation(text, "P01-1", "am", "giving-up", len(before), len(before) + len(words), created="2024-02-03T10:00:00Z")
    with tempfile.TemporaryDirectory() as folder:
        codings, problems = read(stored(Path(folder), record), text)

    assert problems == []
    assert codings.loc[0, ["start", "end", "quotation"]].tolist() == [len(before), len(before) + len(words), words]


def test_a_replaced_and_a_withdrawn_coding_do_not_stand_whatever_the_order():
    lines = [(1, {"type": "Withdrawal", "id": "w", "withdraws": "c"}), (2, {"type": "Annotation", "id": "b", "replaces": "a"}),
             (3, {"type": "Annotation", "id": "a"}), (4, {"type": "Annotation", "id": "c"})]
    problems = []

    standing = fold(lines, "x.jsonl", problems)

    assert ([record["id"] for _, record in standing], problems) == (["b"], [])


def test_one_id_for_two_different_codings_is_told_with_both_lines():
    problems = []

    fold([(1, {"type": "Annotation", "id": "a"}), (4, {"type": "Annotation", "id": "a", "pass": 2})], "x.jsonl", problems)

    assert len(problems) == 1
    assert str(problems[0]).startswith("x.jsonl, line 4: the id “a” stands for two different codings (also line 1)")


@pytest.mark.parametrize("record", [
    {"type": "Withdrawal", "withdraws": ["a"]}, {"type": "Withdrawal"}, {"type": "Annotation", "id": "a", "replaces": {}},
    {"type": "Annotation", "id": 7}, {"type": ["Annotation"], "id": "a"}, {"id": "a"}], ids=str)
def test_an_act_of_the_wrong_shape_is_told(record):
    problems = []

    standing = fold([(3, record)], "x.jsonl", problems)

    assert standing == []
    assert len(problems) == 1 and str(problems[0]).startswith("x.jsonl, line 3: not an act we know")


def changed(**changes) -> dict:
    record = copy.deepcopy(RECORD)
    position = record["target"]["selector"][0]
    for name, value in changes.items():
        (position if name in position else record)[name] = value
    return record


@pytest.mark.parametrize(("record", "told"), [
    (changed(start=-1), "start"), (changed(start=True), "start"), (changed(end=29.0), "end"), (changed(end="soon"), "end"),
    (changed(created="2024-02-03T10:00:00"), "created"), (changed(created=None), "created"),
    (changed(creator="bo"), "target says P01-1 by bo; the file's name says P01-1 by am"),
    (changed(target=None), "not a coding as we store it"), (changed(body="giving-up"), "not a coding as we store it"),
    (changed(body=[{"purpose": "tagging", "value": "two words"}]), "code_id"), (changed(body=[]), "not a coding as we store it"),
    ({**RECORD, "target": {**RECORD["target"], "selector": [{"type": ["x"]}]}}, "not a coding as we store it"),
], ids=lambda value: value[:20] if isinstance(value, str) else None)
def test_a_coding_with_a_wrong_value_is_told_with_its_line(tmp_path, record, told):
    codings, problems = read(stored(tmp_path, record))

    assert codings.empty
    assert len(problems) == 1 and problems[0].startswith("codings/P01-1.am.jsonl, line 1: ") and told in problems[0]


def test_words_that_moved_are_told_with_the_place_where_they_stand_now(tmp_path):
    codings, problems = read(stored(tmp_path, RECORD), TEXT.replace("P01: ", "P01: So, "))

    # “I gave up” stood at 20; four characters were put before it; what stands at 20-29 now is “ום, I gav”
    assert codings.empty
    assert problems == [
        "codings/P01-1.am.jsonl, line 1: the quotation is not what the transcript says there.\n"
        "    found     coded as “I gave up”; now reads “ום, I gav” (P01-1, characters 20–29)\n"
        "    do        the same words now start at 24: the transcript changed by +4 characters before them; put the transcript back as it was"]


def test_words_that_are_gone_are_told(tmp_path):
    _, problems = read(stored(tmp_path, RECORD), TEXT.replace("gave up", "went on"))

    assert "these words are nowhere in the transcript now" in problems[0]


def test_a_file_of_an_unknown_coder_is_told(tmp_path):
    stored(tmp_path, RECORD).joinpath("codings", "P01-1.am.jsonl").rename(tmp_path / "codings" / "P01-1.an.jsonl")

    _, problems = read(tmp_path)

    assert len(problems) == 1 and "no coder “an” in study.yaml" in problems[0] and "write one of: am, bo" in problems[0]


def test_an_appended_coding_stands_in_the_study_when_it_is_opened_again(opened):
    saved = append_coding(opened, "P02-1", "helpers", 24, 34, coder_id="bo", comment="é")

    coding = open_study(opened.folder).codings.set_index("coding_id").loc[saved]
    assert (coding["coder_id"], coding["quotation"], coding["comment"]) == ("bo", "Café staff", "é")


def test_of_several_codings_with_one_wrong_none_is_stored(opened):
    rows = [{"source_id": "P01-1", "code_id": "nuisance", "start": 43, "end": 64}, {"source_id": "P02-1", "code_id": "nuisance", "start": 9, "end": 9999}]

    with pytest.raises(ValueError, match="the segment 9-9999 is not inside P02-1"):
        append_codings(opened, rows, coder_id="am")

    assert open_study(opened.folder).given.equals(opened.given)


def test_a_withdrawn_coding_stands_no_more_but_stays_in_the_file(opened):
    withdraw_coding(opened, "urn:test:11", by="bo", because="too long")

    assert "urn:test:11" not in set(open_study(opened.folder).given["coding_id"])
    lines = (opened.folder / "codings" / "P01-1.bo.jsonl").read_bytes().splitlines()
    assert len(lines) == 2 and b"urn:test:11" in lines[0] and "too long".encode() in lines[1]


def test_a_coding_that_is_not_there_cannot_be_withdrawn(opened):
    with pytest.raises(ValueError, match="no coding urn:test:99 in waiting"):
        withdraw_coding(opened, "urn:test:99", by="am")


@pytest.mark.parametrize(("code", "coder", "told"), [
    ("nuissance", "am", "no active code in waiting is called “nuissance”: did you mean “nuisance”"), ("no-reply", "am", "no active code"), ("nuisance", "xx", "no coder in waiting")])
def test_a_coding_that_could_not_be_opened_again_is_not_stored(opened, code, coder, told):
    before = {path.name: path.read_bytes() for path in (opened.folder / "codings").iterdir()}

    with pytest.raises(ValueError, match=told):
        append_coding(opened, "P01-1", code, 40, 45, coder_id=coder)

    assert {path.name: path.read_bytes() for path in (opened.folder / "codings").iterdir()} == before


def test_a_coding_may_be_given_by_its_words(opened):
    made = append_quotation(opened, "P02-1", "helpers", "One letter. It said wait.", coder_id="am")

    assert open_study(opened.folder).codings.set_index("coding_id").loc[made, "quotation"] == "One letter. It said wait."


@pytest.mark.parametrize(("words", "told"), [("They never rang back.", "stands 2 times in P01-1"), ("nobody said this", "stands 0 times"), ("", "stands 0 times")])
def test_words_that_do_not_stand_there_once_are_refused(opened, words, told):
    with pytest.raises(ValueError, match=told):
        append_quotation(opened, "P01-1", "nuisance", words, coder_id="am")
