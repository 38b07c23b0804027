"""A desk: every act is on the disk when it is said to be, counts once, and is refused with a sentence when it cannot be stored."""

import json

import pytest
from sixphase import files

WORDS = "My sister"


@pytest.fixture
def desk(opened):
    return files.desk(opened, by="am")


def act(do: str, number: int = 1, **details) -> dict:
    return {"id": f"urn:uuid:00000000-0000-4000-8000-{number:012}", "do": do, "created": "2024-03-01T10:00:00Z", **details}


def give(desk, code_id: str = "helpers", words: str = WORDS, number: int = 1, **details) -> dict:
    start = desk.text("P01-1").index(words)
    return act("give", number, **{"source_id": "P01-1", "code_id": code_id, "start": start, "end": start + len(words), "exact": words, **details})


def lines(folder, name: str = "codings/P01-1.am.jsonl") -> list[dict]:
    return [json.loads(line) for line in (folder / name).read_text(encoding="utf-8").splitlines()]


def given(folder) -> list[tuple[str, str]]:
    table = files.open_study(folder).given
    return list(table.loc[(table["coder_id"] == "am") & (table["source_id"] == "P01-1"), ["code_id", "quotation"]].itertuples(index=False, name=None))


def test_a_coding_is_stored_with_the_moment_it_was_done_and_its_pass(desk, waiting):
    desk.record(give(desk, comment="who helps"))

    stored = lines(waiting)[-1]
    assert (stored["created"], stored["pass"], stored["creator"]) == ("2024-03-01T10:00:00Z", 2, "am")
    assert ("helpers", WORDS) in given(waiting)


def test_an_act_sent_again_counts_once_at_this_desk_and_at_the_next(desk, opened, waiting):
    for place in (desk, desk, files.desk(opened, by="am")):
        place.record(give(desk))

    assert given(waiting).count(("helpers", WORDS)) == 1


def test_words_that_are_not_the_transcripts_are_refused(desk, waiting):
    before = lines(waiting)

    with pytest.raises(files.Refused, match="“My brother” against “My sister”"):
        desk.record(give(desk) | {"exact": "My brother"})
    assert lines(waiting) == before


def test_a_transcript_that_was_changed_meanwhile_takes_no_coding(desk, waiting):
    path = waiting / "transcripts" / "P01-1.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("My sister", "My mother"), encoding="utf-8", newline="\n")

    with pytest.raises(files.Refused, match="was changed on the disk"):
        desk.record(give(desk))


@pytest.mark.parametrize(("wrong", "told"), [
    ({"start": -1}, "not inside P01-1"), ({"end": 10**6}, "not inside P01-1"), ({"start": 3.0}, "not inside"), ({"source_id": "P09"}, "no source “P09”"),
    ({"code_id": "helper"}, "no active code is called “helper”"), ({"code_id": "letters"}, "no active code"), ({"created": "today"}, "is no moment"), ({"id": ""}, "an id of its own"),
    ({"do": "gvie"}, "did you mean “give”"), ({"replaces": "urn:test:none"}, "no longer stands")])
def test_what_cannot_be_stored_is_refused_with_a_sentence(desk, waiting, wrong, told):
    before = lines(waiting)

    with pytest.raises(files.Refused, match=told):
        desk.record(give(desk) | wrong)
    assert lines(waiting) == before


def test_an_act_that_lacks_something_says_what(desk):
    with pytest.raises(files.Refused, match="this act has no exact"):
        desk.record({name: value for name, value in give(desk).items() if name != "exact"})


def test_a_changed_coding_takes_the_place_of_the_old_one(desk, waiting):
    desk.record(give(desk, "nuisance", "I gave up.", replaces="urn:test:2"))

    assert ("nuisance", "I gave up.") in given(waiting)
    assert ("giving-up", "I gave up.") not in given(waiting)


def test_a_shortlist_still_finds_a_coding_that_was_changed(desk, waiting):
    desk.record(give(desk, "nuisance", "You feel you are a nuisance", replaces="urn:test:3"))

    extracts = files.open_study(waiting).themes.set_index("theme_id").loc["silence-teaches", "extracts"]
    assert extracts[0]["coding"] == act("")["id"]


def test_a_coding_on_a_shortlist_is_not_withdrawn(desk):
    with pytest.raises(files.Refused, match="on the shortlist of the theme silence-teaches"):
        desk.record(act("withdraw", source_id="P01-1", coding_id="urn:test:3"))


def test_a_coding_is_withdrawn_once_and_not_again(desk, waiting):
    desk.record(act("withdraw", source_id="P01-1", coding_id="urn:test:2"))

    assert ("giving-up", "I gave up.") not in given(waiting)
    with pytest.raises(files.Refused, match="no longer stands"):
        desk.record(act("withdraw", 2, source_id="P01-1", coding_id="urn:test:2"))


def test_nobody_withdraws_what_another_coded(desk):
    with pytest.raises(files.Refused, match="no longer stands"):
        desk.record(act("withdraw", source_id="P01-1", coding_id="urn:test:11"))


def test_what_another_window_wrote_is_noticed(desk, opened):
    desk.codings("P01-1")
    assert not desk.changed_by_others("P01-1")

    files.desk(opened, by="am").record(give(desk))

    assert desk.changed_by_others("P01-1")
    assert WORDS in set(desk.codings("P01-1")["quotation"])


def test_a_new_code_stands_in_the_codebook(desk, waiting):
    desk.record(act("new code", code_id="sisters", name="Sisters"))
    desk.record(act("new code", code_id="sisters", name="Sisters"))

    code = files.open_study(waiting).codes.set_index("code_id").loc["sisters"]
    assert (code["name"], code["created"]) == ("Sisters", "2024-03-01")


def test_the_id_of_another_code_is_not_taken(desk):
    with pytest.raises(files.Refused, match="taken by the code “Giving up asking”"):
        desk.record(act("new code", code_id="giving-up", name="Something else"))


def test_a_code_is_not_moved_under_itself(desk):
    desk.record(act("change code", code_id="nuisance", changes={"parent": "giving-up"}, what="moved", because="b"))

    with pytest.raises(files.Refused, match="cannot lie under itself"):
        desk.record(act("change code", 2, code_id="giving-up", changes={"parent": "nuisance"}, what="moved", because="b"))


def test_only_what_is_a_persons_is_changed_of_a_code(desk):
    with pytest.raises(files.Refused, match="“status” is not a person's to change"):
        desk.record(act("change code", code_id="nuisance", changes={"status": "retired"}, what="x", because="b"))


@pytest.mark.parametrize("kind", [{"do": "merge codes", "into": "giving-up"}, {"do": "retire code"}])
def test_a_reason_is_asked_for(desk, waiting, kind):
    before = (waiting / "codebook.yaml").read_bytes()

    with pytest.raises(files.Refused, match="say why"):
        desk.record(act("", code_id="nuisance", because=" ") | kind)
    assert (waiting / "codebook.yaml").read_bytes() == before


def test_a_code_is_merged_only_into_one_that_stands(desk):
    with pytest.raises(files.Refused, match="is retired itself"):
        desk.record(act("merge codes", code_id="nuisance", into="letters", because="b"))
    with pytest.raises(files.Refused, match="into itself"):
        desk.record(act("merge codes", code_id="nuisance", into="nuisance", because="b"))


def test_a_note_on_a_coding_of_a_merged_code_is_kept_and_counts_for_the_code_it_became(desk, waiting):
    old = desk.study.given.query("code_id == 'no-reply' and coder_id == 'am'").iloc[0]
    desk.record(give(desk, "no-reply", old["quotation"], replaces=old["coding_id"], comment="twice"))

    found = files.open_study(waiting).all_codings.set_index("comment").loc["twice"]
    assert (found["given"], found["code_id"]) == ("no-reply", "unanswered")


def test_nobody_changes_the_memo_of_another(opened, desk, waiting):
    files.desk(opened, by="bo").record(act("memo", title="Of bo", text="Whose words?", kind="analytic", about=[]))
    [memo] = files.open_study(waiting).memos.query("by == 'bo' and title == 'Of bo'").to_dict("records")

    with pytest.raises(files.Refused, match="bo wrote this memo"):
        desk.record(act("memo", 2, title="Of bo", text="Mine.", kind="analytic", about=[], memo_id=memo["memo_id"], was=memo["text"]))


def test_a_merge_sent_again_is_one_merge_and_one_decision(desk, waiting):
    for _ in range(2):
        desk.record(act("merge codes", code_id="nuisance", into="giving-up", because="one feeling"))

    study = files.open_study(waiting)
    assert len(study.codes.set_index("code_id").loc["nuisance", "history"]) == 1
    assert (study.decisions["because"] == "one feeling").sum() == 1


def test_blind_coders_are_given_nothing_of_others(opened):
    blind = files.desk(opened, by="bo", blind=True)

    assert set(blind.codings("P01-1")["coder_id"]) == {"bo"}
    assert blind.elsewhere("P01-1").empty


def test_a_study_that_cannot_be_read_now_refuses_acts_and_says_where(desk, waiting):
    codebook = waiting / "codebook.yaml"
    codebook.write_text(codebook.read_text(encoding="utf-8") + "  unanswered: {name: twice}\n", encoding="utf-8")

    with pytest.raises(files.Refused, match="codebook.yaml"):
        desk.record(give(desk))


def test_an_unknown_coder_is_told_the_known_ones(opened):
    with pytest.raises(ValueError, match="no coder in waiting is called “an”"):
        files.desk(opened, by="an")
