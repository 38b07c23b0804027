import pytest
from sixphase import files
from sixphase.cases import Interview
from sixphase.problems import StudyError


@pytest.fixture
def desk(waiting, tmp_path):
    """A desk over a study in which “Margaret Osei”, “Margaret” and “Goole” were said."""
    told = "INT: Who helped?\n\nP09: Margaret Osei, in Goole. Then Margaret rang.\n"
    files.add_interviews(files.open_study(waiting), [Interview("P09-1", told, ["P09"], ["INT"], told.encode(), "txt", "utf-8")], confirmed="looked at")
    return files.names_desk(files.open_study(waiting), tmp_path / "key.csv")


def on_the_list(desk) -> dict[str, tuple]:
    return {row.form: (row.entity, row.decision, row.replacement) for row in files.read_key(desk.key, desk.study.folder).itertuples()}


def test_one_decision_holds_for_every_form_of_a_name(desk):
    entity = on_the_list(desk)["Margaret"][0]

    desk.record({"do": "decide", "entity": entity, "kind": "person", "decision": "replace", "replacement": "[the nurse]"})

    assert on_the_list(desk)["Margaret Osei"] == on_the_list(desk)["Margaret"] == (entity, "replace", "[the nurse]")
    assert on_the_list(desk)["Goole"][1] == ""


def test_a_form_that_is_somebody_else_gets_an_entity_of_its_own(desk):
    desk.record({"do": "apart", "form": "Margaret"})

    assert on_the_list(desk)["Margaret"][0] != on_the_list(desk)["Margaret Osei"][0]


def test_a_decision_that_cannot_be_used_changes_nothing(desk):
    before = on_the_list(desk)

    with pytest.raises(ValueError, match="cannot stand for a name"):
        desk.record({"do": "decide", "entity": before["Goole"][0], "kind": "place", "decision": "replace", "replacement": "a town"})

    assert on_the_list(desk) == before


def test_nothing_is_looked_for_and_nothing_written_before_a_list_is_named(waiting):
    assert files.names_desk(files.open_study(waiting)).forms.empty


def test_a_list_inside_the_study_is_refused(waiting):
    with pytest.raises(StudyError, match="must not lie inside the study"):
        files.names_desk(files.open_study(waiting), waiting / "key.csv")
