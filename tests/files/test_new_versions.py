"""A transcript is replaced with its codings, or not at all; what has no sure place is drawn nowhere until a person places it."""

import pandas as pd
import pytest
from sixphase.exchange import importing
from sixphase.files import add_interviews, append_codings, check_study, desk, leave_unplaced, new_versions, open_study, place_coding, replace_names, to_review
from sixphase.files.new_versions import compare, replace_transcript
from sixphase.identifiers import FORMS
from sixphase.problems import StudyError

LONG = ("INT: How did it begin for you, if you think back to that winter?\n\nP07: They never rang back, so after the third week I gave up on the clinic. Then a letter came.\n\n"
        "INT: And what did the letter say when you opened it?\n\nP07: Nothing that helped me. It said that we should wait, and so we waited until the spring came.\n")


@pytest.fixture
def study(opened, tmp_path):
    """The tiny study with one more interview, coded at three places."""
    (tmp_path / "A1.txt").write_text(LONG, encoding="utf-8")
    add_interviews(opened, importing.plan(importing.arrivals([tmp_path / "A1.txt"]), opened).interviews, confirmed="in a test")
    with_it = open_study(opened.folder)
    code = with_it.codes["code_id"].iloc[0]
    rows = [{"source_id": "A1", "code_id": code, "start": LONG.index(words), "end": LONG.index(words) + len(words), "comment": words[:4]} for words in
            ("They never rang back, so after the third week", "Nothing that helped me.", "we should wait, and so we waited until the spring came")]
    append_codings(with_it, rows, coder_id="am")
    return open_study(opened.folder)


def version(study, tmp_path, text: str):
    (tmp_path / "new.txt").write_text(text, encoding="utf-8")
    return compare(study, "A1", importing.new_version(tmp_path / "new.txt", study, "A1").interviews[0])


def accept(study, tmp_path, text: str):
    replace_transcript(study, version(study, tmp_path, text), confirmed="in a test")
    assert check_study(study.folder) == []
    return open_study(study.folder)


EDITED = LONG.replace("INT: And what", "INT: Mm. And what").replace("Nothing that helped me. ", "").replace("and so we waited until", "so we wated until")


def test_every_coding_is_in_exactly_one_of_three_lists(study, tmp_path):
    new = version(study, tmp_path, EDITED)

    assert new.carried["how"].tolist() == ["moved", "lost", "to review"]
    assert (new.count("moved"), new.count("to review"), new.count("lost")) == (1, 1, 1)
    assert new.carried["now_reads"].iloc[2] == "we should wait, so we wated until the spring came"


def test_comparing_changes_nothing(study, tmp_path, state):
    before = state(study.folder)

    version(study, tmp_path, EDITED)

    assert state(study.folder) == before


def test_what_moved_stands_and_what_did_not_is_drawn_nowhere(study, tmp_path):
    after = accept(study, tmp_path, EDITED)

    assert after.texts["A1"] == EDITED
    assert after.codings.loc[after.codings["source_id"] == "A1", "quotation"].tolist() == ["They never rang back, so after the third week"]
    assert to_review(after)["how"].tolist() == ["to review", "lost"]
    assert len(desk(after, by="am").codings("A1")) == 1


def test_an_edit_of_the_words_around_them_moves_all_codings_with_code_note_and_coder(study, tmp_path):
    before = study.codings[study.codings["source_id"] == "A1"]

    after = accept(study, tmp_path, LONG.replace("INT: How did it", "INT: So. How did it"))

    now = after.codings[after.codings["source_id"] == "A1"]
    assert (now["start"] - before["start"]).unique().tolist() == [4]
    for column in ("quotation", "code_id", "coder_id", "comment", "pass"):
        assert now[column].tolist() == before[column].tolist()


def test_the_old_text_is_kept_and_going_back_to_it_gives_the_old_places(study, tmp_path):
    before = study.codings[study.codings["source_id"] == "A1"]
    after = accept(study, tmp_path, EDITED)
    [kept] = (study.folder / "transcripts" / "earlier").glob("A1.*.txt")
    assert kept.read_text(encoding="utf-8") == LONG

    back = accept(after, tmp_path, kept.read_text(encoding="utf-8"))

    now = back.codings[back.codings["source_id"] == "A1"]
    assert now[["start", "end", "quotation", "comment"]].values.tolist() == before[["start", "end", "quotation", "comment"]].values.tolist()
    assert to_review(back).empty


def test_a_coding_is_placed_where_it_was_proposed_or_where_a_person_says(study, tmp_path):
    after = accept(study, tmp_path, EDITED)
    waiting = to_review(after).set_index("how")["coding_id"]

    place_coding(after, waiting["to review"])
    place_coding(after, waiting["lost"], EDITED.index("Then a letter"), EDITED.index("Then a letter") + 13)

    again = open_study(after.folder)
    assert to_review(again).empty
    assert set(again.codings.loc[again.codings["source_id"] == "A1", "quotation"]) == {
        "They never rang back, so after the third week", "we should wait, so we wated until the spring came", "Then a letter"}


def test_a_coding_that_has_no_place_is_left_with_a_reason(study, tmp_path):
    after = accept(study, tmp_path, EDITED)
    lost = to_review(after).set_index("how").loc["lost", "coding_id"]

    with pytest.raises(ValueError, match="say why"):
        leave_unplaced(after, lost, by="am", because=" ")
    leave_unplaced(after, lost, by="am", because="the participant took it back")

    assert to_review(open_study(after.folder))["how"].tolist() == ["to review"]


def test_a_coding_made_while_somebody_looked_is_not_passed_over(study, tmp_path):
    new = version(study, tmp_path, EDITED)
    append_codings(study, [{"source_id": "A1", "code_id": study.codes["code_id"].iloc[0], "start": 5, "end": 8}], coder_id="am")

    with pytest.raises(StudyError, match="was changed since the new version was looked at"):
        replace_transcript(study, new, confirmed="in a test")

    assert open_study(study.folder).texts["A1"] == LONG


def test_another_text_under_the_same_name_is_noticed(study, tmp_path):
    other = "INT: What do you grow on the plot?\n\nP07: Beans, mostly, and some leeks when the slugs allow it.\n\nINT: Since when?\n\nP07: Ten years in the autumn.\n"

    assert version(study, tmp_path, other).is_another_text


@pytest.mark.parametrize(("text", "told"), [(LONG, "says the same as the old one"), (LONG.replace("P07", "P08"), "other people speak in the new version")])
def test_what_is_no_new_version_is_refused(study, tmp_path, text, told):
    with pytest.raises(StudyError, match=told):
        version(study, tmp_path, text)


def test_a_coding_that_a_theme_rests_on_is_not_left_without_a_place(study, tmp_path):
    lost = study.codings.loc[study.codings["quotation"] == "Nothing that helped me.", "coding_id"].item()
    study.themes.at[0, "extracts"] = [{"coding": lost, "because": "x"}]

    with pytest.raises(StudyError, match="rests on"):
        version(study, tmp_path, EDITED)


def test_a_memo_about_a_passage_goes_with_the_passage(study, tmp_path):
    at = LONG.index("Then a letter came.")
    memo = study.folder / "memos" / "2026-02-03-letter.md"
    memo.write_text(f'---\non: 2026-02-03\nby: am\nkind: analytic\nabout: ["source:A1:{at}-{at + 19}"]\n---\n\n# The letter\n', encoding="utf-8")

    accept(open_study(study.folder), tmp_path, LONG.replace("INT: How did it", "INT: So. How did it"))

    assert f"source:A1:{at + 4}-{at + 23}" in memo.read_text(encoding="utf-8")


def test_a_replacement_that_the_disk_refuses_leaves_everything_as_it_was(study, tmp_path, state, monkeypatch):
    new = version(study, tmp_path, EDITED)
    before = state(study.folder)
    monkeypatch.setattr(new_versions.put_together.__globals__["durable"], "write_new", lambda *_: (_ for _ in ()).throw(OSError(28, "no space")))

    with pytest.raises(OSError, match="the transcript was not replaced"):
        replace_transcript(study, new, confirmed="in a test")

    assert state(study.folder) == before


def test_a_coding_that_waits_keeps_its_proposal_through_another_replacement(study, tmp_path):
    after = accept(study, tmp_path, EDITED)
    again = accept(after, tmp_path, EDITED.replace("INT: Mm.", "INT: Mm, yes, go on."))

    waiting = to_review(again).set_index("how")
    assert waiting.loc["to review", "now_reads"] == "we should wait, so we wated until the spring came"
    assert waiting.loc["to review", "quotation"] == "we should wait, and so we waited until the spring came"


def test_words_that_come_back_give_a_coding_that_waited_its_place(study, tmp_path):
    after = accept(study, tmp_path, EDITED)
    again = accept(after, tmp_path, LONG.replace("INT: And what", "INT: Mm. And what"))

    assert to_review(again).empty
    assert "Nothing that helped me." in set(again.codings["quotation"])


def test_what_waits_is_shown_with_what_stood_around_it(study, tmp_path):
    lost = to_review(accept(study, tmp_path, EDITED)).set_index("how").loc["lost"]

    assert lost["before"].endswith("when you opened it?\n\nP07: ")
    assert lost["after"].startswith(" It said that we should wait")
    assert lost["comment"] == "Noth"


def test_going_back_gives_the_old_place_to_a_coding_that_a_person_placed_too(study, tmp_path):
    after = accept(study, tmp_path, EDITED)
    lost = to_review(after).set_index("how").loc["lost", "coding_id"]
    place_coding(after, lost, EDITED.index("Then a letter"), EDITED.index("Then a letter") + 13)

    back = accept(open_study(after.folder), tmp_path, LONG)

    assert sorted(back.codings.loc[back.codings["source_id"] == "A1", "quotation"]) == sorted(study.codings.loc[study.codings["source_id"] == "A1", "quotation"])


def test_names_replaced_while_a_coding_waits_leave_its_proposal_at_the_same_words(study, tmp_path):
    after = accept(study, tmp_path, EDITED)
    forms = pd.DataFrame([{"entity": "place 1", "form": "the clinic", "kind": "place", "found_by": "", "places": 1, "interviews": 1, "example": "", "decision": "replace",
                           "replacement": "[a hospital out of town]"}], columns=list(FORMS))

    replace_names(after, forms, tmp_path / "key.csv", by="am")

    assert to_review(open_study(after.folder)).set_index("how").loc["to review", "now_reads"] == "we should wait, so we wated until the spring came"
