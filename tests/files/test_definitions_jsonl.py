"""What is written on definition cards: kept word for word, stored once, carried out in themes.yaml, and never over somebody else's words."""

import json

import pytest
from sixphase import files
from sixphase.files import append_definition, append_review, check_study, open_study
from sixphase.problems import StudyError
from sixphase.withdrawals import without_withdrawn


@pytest.fixture
def desk(waiting):
    return files.desk(open_study(waiting), by="am")


def act(number: int = 1, **details) -> dict:
    return {"id": f"urn:uuid:00000000-0000-4000-8000-{number:012}", "do": "define", "created": f"2024-03-01T10:00:{number:02}Z", "theme_id": "silence-teaches", **details}


def theme(folder, theme_id="silence-teaches") -> dict:
    return open_study(folder).themes.set_index("theme_id").loc[theme_id].to_dict()


@pytest.mark.parametrize("words", ["“Both”: the wait & the # shame 😀\n  - and <b>nothing</b>", "yes", "007", "a: b: {c", "'single' and \"double\"", "line\n\n\nline", "x" * 500 + " " + "y" * 400])
def test_words_are_kept_as_they_were_written(desk, waiting, words):
    assert desk.record(act(part="tensions", value=words, was="")) == "cards"

    assert theme(waiting)["tensions"] == words
    assert json.loads((waiting / "definitions.jsonl").read_text(encoding="utf-8"))["text"] == words
    assert check_study(waiting) == []


def test_an_act_sent_again_counts_once_and_does_not_bring_back_what_was_written_over(desk, waiting):
    desk.record(act(1, part="tensions", value="first", was=""))
    desk.record(act(2, part="tensions", value="second", was="first"))
    files.desk(open_study(waiting), by="am").record(act(1, part="tensions", value="first", was=""))

    assert theme(waiting)["tensions"] == "second" and open_study(waiting).definitions["text"].tolist() == ["first", "second"]


def test_what_somebody_else_wrote_meanwhile_is_not_written_over(desk, waiting):
    append_definition(open_study(waiting), "silence-teaches", "concept", "theirs", by="am")

    with pytest.raises(files.Refused, match="somebody wrote here meanwhile. What stands there now: “theirs”"):
        desk.record(act(part="concept", value="mine", was="Not being answered is understood as an answer about one's own worth."))
    assert theme(waiting)["concept"] == "theirs"


def test_a_part_that_was_emptied_is_missing_again(desk, waiting):
    desk.record(act(part="contribution", value="", was="Waiting is lived as a lesson in one's place.", because="it said nothing"))

    assert theme(waiting)["contribution"] != theme(waiting)["contribution"]
    assert theme(waiting)["history"][-1] == {"on": "2024-03-01", "by": "am", "what": "what it says to the question was written anew", "because": "it said nothing"}


def test_a_theme_is_not_called_final_before_its_card_is_whole_and_each_lack_is_told_with_what_to_do(desk, waiting):
    with pytest.raises(files.Refused) as told:
        desk.record(act(part="status", value="final", was="candidate"))
    assert "no search for evidence against it is recorded" in str(told.value) and "Search at the review desk" in str(told.value) and "Say what each adds" in str(told.value)
    assert theme(waiting)["status"] == "candidate" and not (waiting / "definitions.jsonl").exists()

    append_review(open_study(waiting), "negative case", by="am", theme_id="silence-teaches", claim="c", how="all read", found="none found", because="nothing", changed="nothing")
    for part in ("subthemes_because", "tensions", "counter_evidence"):
        append_definition(open_study(waiting), "silence-teaches", part, "said", by="am")
    desk.record(act(part="status", value="final", was="candidate"))

    assert theme(waiting)["status"] == "final" and theme(waiting)["history"][-1]["what"] == "called final"
    assert check_study(waiting) == []


def test_the_shortlist_keeps_its_order_and_reasons(desk, waiting):
    was = [{"coding": "urn:test:3", "because": "The plainest words for it."}, {"coding": "urn:test:6", "because": "The same from somebody who may not be quoted."}]
    desk.record(act(part="extracts", value=was[::-1], was=was))

    assert [extract["coding"] for extract in theme(waiting)["extracts"]] == ["urn:test:6", "urn:test:3"]


@pytest.mark.parametrize(("theme_id", "part", "said", "told"), [
    ("silense-teaches", "concept", "x", "did you mean “silence-teaches”"), ("silence-teaches", "conzept", "x", "did you mean “concept”"), ("letters-theme", "concept", "x", "no theme that stands"),
    ("silence-teaches", "extracts", [{"coding": "urn:test:99", "because": "x"}], "no coding that stands"), ("silence-teaches", "extracts", [{"coding": "urn:test:3"}, {"coding": "urn:test:3"}], "stands twice"),
    ("silence-teaches", "status", "let go", "final or candidate"), ("silence-teaches", "concept", [], "any other part is words")])
def test_what_does_not_fit_is_refused_and_nothing_is_written(waiting, theme_id, part, said, told):
    before = (waiting / "themes.yaml").read_bytes()
    with pytest.raises(StudyError, match=told):
        append_definition(open_study(waiting), theme_id, part, said, by="am")

    assert (waiting / "themes.yaml").read_bytes() == before and not (waiting / "definitions.jsonl").exists()


def test_the_name_before_is_kept_where_nothing_else_tells_it(waiting):
    from sixphase import themes

    files.append_move(open_study(waiting), "theme named", by="am", theme_id="others-know", name="Others were asked instead", because="who acts is in it", created="2024-03-02T10:00:00Z")

    assert themes.name_history(theme(waiting, "others-know")) == [
        {"name": "Others hold the dates", "on": "2024-02-12", "by": "", "because": ""}, {"name": "Others were asked instead", "on": "2024-03-02", "by": "am", "because": "who acts is in it"}]


def test_the_extracts_of_who_withdrew_are_on_no_earlier_shortlist(desk, waiting):
    was = [{"coding": "urn:test:3", "because": "The plainest words for it."}, {"coding": "urn:test:6", "because": "The same from somebody who may not be quoted."}]
    desk.record(act(part="extracts", value=was[::-1], was=was))
    study = open_study(waiting)
    study.participants["withdrawn"] = study.participants["withdrawn"].mask(study.participants["participant_id"] == "P02", "2024-04-01")

    assert [extract["coding"] for extract in without_withdrawn(study).definitions["extracts"].iloc[0]] == ["urn:test:3"]
