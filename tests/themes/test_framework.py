"""The framework matrix of the tiny study `allotment`: three people, P01 interviewed twice, three categories."""

import pytest
from sixphase import approaches, cases, show, themes
from sixphase.files import append_chart, append_summary, check_study, desk, open_study, withdraw
from sixphase.files.codings_jsonl import withdraw_coding
from sixphase.problems import StudyError
from sixphase.show import table

AUNT = "urn:test:allotment:1"


@pytest.fixture
def empty(allotment):
    (allotment / "matrix.jsonl").unlink(missing_ok=True)
    return open_study(allotment)


def laid_out(study):
    passages = themes.passages(study.codings, study.theme_codes)
    return themes.matrix(study.summaries, cases.attendance(study.sources), themes.tops(study.themes), passages, study.replaced), passages


def cell(study, person, source, theme):
    return laid_out(study)[0].set_index(["participant_id", "source_id", "theme_id"]).loc[(person, source, theme)]


def test_rows_are_people_and_a_second_interview_stands_below_the_first(empty):
    cells, _ = laid_out(empty)

    assert list(dict.fromkeys(zip(cells["participant_id"], cells["source_id"], strict=True))) == [("P01", "P01-1"), ("P01", "P01-2"), ("P02", "P02-1"), ("P03", "P03-1")]
    assert set(cells["state"]) == {"not yet charted"} and len(cells) == 4 * 3
    # P01-1: the aunt; P01-2: staying; P03 was not asked how the plot came
    assert cells.query("theme_id == 'coming'")["passages"].tolist() == [1, 0, 1, 0]


def test_the_latest_summary_of_a_cell_counts_and_can_be_taken_back(empty):
    append_summary(empty, "P01", "coming", [("An aunt.", [AUNT])], by="am")
    append_summary(empty, "P01", "coming", [("Her aunt handed it on.", [AUNT])], by="am")
    assert cell(open_study(empty.folder), "P01", "P01-1", "coming")[["state", "summary", "look_at"]].tolist() == ["summary", "Her aunt handed it on.", ""]

    append_summary(empty, "P01", "coming", "not yet charted", by="am")

    assert cell(open_study(empty.folder), "P01", "P01-1", "coming")[["state", "summary"]].tolist() == ["not yet charted", ""]


@pytest.mark.parametrize(("said", "told"), [
    ([("Her aunt.", [])], "“Her aunt.” rests on no passage"), ([("Her aunt.", ["urn:test:allotment:5"])], "no coding of this cell"), ([], "a summary without a sentence"),
    ("nothing", "is no state of a cell")])
def test_a_summary_that_rests_on_nothing_is_refused(empty, said, told):
    with pytest.raises(StudyError, match=told):
        append_summary(empty, "P01", "coming", said, by="am")

    assert not (empty.folder / "matrix.jsonl").exists()


def test_a_row_or_a_column_that_is_not_there_is_refused(empty):
    with pytest.raises(StudyError, match="does not speak in") as told:
        append_summary(empty, "P09", "comming", "not asked", by="am")

    assert "did you mean “coming”" in str(told.value)


def test_a_summary_whose_passage_was_withdrawn_is_told(empty):
    append_summary(empty, "P01", "keeping", [("They give away seedlings.", ["urn:test:allotment:2"])], by="am")
    withdraw_coding(empty, "urn:test:allotment:2", by="am")

    assert "its passage was withdrawn" in cell(open_study(empty.folder), "P01", "P01-1", "keeping")["look_at"]


def test_a_cell_charted_as_silent_though_something_is_coded_there_is_told(empty):
    append_summary(empty, "P01", "coming", "not asked", by="am")

    assert cell(open_study(empty.folder), "P01", "P01-1", "coming")["look_at"] == "Charted as “not asked”, but 1 passage is coded here."


def test_a_summary_whose_passage_was_changed_is_to_be_read_again(empty):
    append_summary(empty, "P01", "coming", [("Her aunt handed it on.", [AUNT])], by="am")
    old = empty.given.set_index("coding_id").loc[AUNT]
    desk(empty, by="am").record({"id": "urn:uuid:00000000-0000-4000-8000-000000000001", "do": "give", "created": "2024-07-01T10:00:00Z", "source_id": "P01-1", "code_id": "inherited",
                                 "start": int(old["start"]) + 4, "end": int(old["end"]), "exact": old["quotation"][4:], "replaces": AUNT})

    assert cell(open_study(empty.folder), "P01", "P01-1", "coming")["look_at"] == f"“Her aunt handed it on.”: its passage was changed ({AUNT}); read it again."


def test_the_row_and_the_summaries_of_somebody_who_withdrew_are_gone(empty):
    append_summary(empty, "P01", "coming", [("Her aunt handed it on.", [AUNT])], by="am")
    append_summary(empty, "P03", "coming", "not asked", by="am")
    withdraw(empty.folder, "P01", because="asked to", by="am", on="2024-07-02")

    study = open_study(empty.folder)
    cells, passages = laid_out(study)
    assert list(dict.fromkeys(cells["participant_id"])) == ["P02", "P03"]
    assert study.summaries["participant_id"].tolist() == ["P03"] and AUNT not in set(passages["coding_id"])
    assert "aunt" not in show.matrix(cells, "c", names={}, gate=approaches.fitting("codebook", "framework matrix")).html


def sheet_of(study, tmp_path, written):
    cells, passages = laid_out(study)
    sheet = themes.chart_sheet(cells, passages)
    sheet["write"] = sheet["cell"].map(written).fillna("")
    kept = table(sheet, "A sheet.")
    kept.label = "SYNTHETIC – not research data"
    kept.write(tmp_path, "4_chart_sheet")
    return tmp_path / "tables" / "4_chart_sheet.csv"


def test_a_sheet_that_was_filled_in_is_read_back(empty, tmp_path):
    sheet = sheet_of(empty, tmp_path, {"P01/P01-1/coming": "Her aunt handed it on [1].", "P03/P03-1/coming": "not asked"})

    assert append_chart(empty, sheet, by="am") == 2

    assert cell(open_study(empty.folder), "P01", "P01-1", "coming")["summary"] == "Her aunt handed it on."
    assert cell(open_study(empty.folder), "P03", "P03-1", "coming")["state"] == "not asked"
    assert check_study(empty.folder) == []


def test_all_that_is_wrong_in_a_sheet_is_told_at_once_and_nothing_is_stored(empty, tmp_path):
    sheet = sheet_of(empty, tmp_path, {"P01/P01-1/coming": "Her aunt. [4]", "P02/P02-1/coming": "Eleven years.", "P03/P03-1/coming": "not asked"})

    with pytest.raises(StudyError) as told:
        append_chart(empty, sheet, by="am")

    assert "[4] names no passage; there are 1 in this cell" in str(told.value) and "“Eleven years.” rests on no passage" in str(told.value)
    assert not (empty.folder / "matrix.jsonl").exists()


def test_each_sentence_needs_passages_of_its_own():
    assert themes.sentences("He asked Dr. Lee. She wrote back. [2][1]", ["a", "b"]) == [
        {"says": "He asked Dr. Lee.", "codings": []}, {"says": "She wrote back.", "codings": ["b", "a"]}]


def test_only_a_codebook_study_shows_it(empty):
    cells, _ = laid_out(empty)
    gates = {family: approaches.fitting(family, "framework matrix") for family in approaches.FAMILIES}

    assert {family for family, gate in gates.items() if gate.open} == {"codebook"}
    assert repr(show.matrix(cells, "c", names={}, gate=gates["reflexive"])) == "A framework matrix belongs to a codebook study; this one is reflexive."


def test_words_of_a_summary_are_never_markup(empty):
    append_summary(empty, "P01", "coming", [("<img src=x>", [AUNT])], by="am")
    cells, _ = laid_out(open_study(empty.folder))

    assert "<img" not in show.matrix(cells, "c", names={}, gate=approaches.fitting("codebook", "framework matrix")).html
