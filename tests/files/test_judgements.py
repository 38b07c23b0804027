"""Judgements are kept as acts: information power, dimensions of codes, blind card sorts."""

import pytest
from sixphase.files import append_card_sort, append_dimension, append_power, open_study
from sixphase.measures import card_sort
from sixphase.problems import StudyError
from sixphase.show import table
from sixphase.themes import extracts


def dealt(study, tmp_path, into):
    """The sheet as a run keeps it, filled in: `into` by the number of the card."""
    sheet = card_sort.sheet(extracts(study.theme_codes, study.codings), each=3, seed=1)
    sheet["into"] = sheet["card"].map(into).fillna("")
    kept = table(sheet, "A sheet.")
    kept.label = "SYNTHETIC – not research data"
    kept.write(tmp_path, "5_card_sort")
    return tmp_path / "tables" / "5_card_sort.csv", sheet


def test_a_judgement_is_read_back_as_it_was_written(opened):
    append_power(opened, "aim", "The aim is narrow.", by="am", on="2024-05-01")

    row = open_study(opened.folder).power.iloc[0]

    assert row[["on", "by", "item", "sentence", "interviews"]].tolist() == ["2024-05-01", "am", "aim", "The aim is narrow.", len(opened.sources)]


def test_only_the_five_can_be_judged(opened):
    with pytest.raises(StudyError, match="none of the choices"):
        append_power(opened, "luck", "Good.", by="am")

    assert not (opened.folder / "information_power.jsonl").exists()


def test_a_dimension_belongs_to_a_coding_that_stands(opened):
    coding_id = opened.given["coding_id"].iloc[0]
    append_dimension(opened, coding_id, "shame", by="am", on="2024-05-01")

    assert open_study(opened.folder).dimensions[["coding_id", "dimension"]].values.tolist() == [[coding_id, "shame"]]
    with pytest.raises(StudyError, match="“urn:nothing” is no coding that stands"):
        append_dimension(opened, "urn:nothing", "shame", by="am")


def test_a_sorted_sheet_is_kept_and_blank_cards_wait(opened, tmp_path):
    theme = opened.themes["theme_id"].iloc[0]
    path, sheet = dealt(opened, tmp_path, {1: theme, 2: "none"})

    assert append_card_sort(opened, path, by="dk", on="2024-05-01") == 2
    assert open_study(opened.folder).cards[["coding_id", "into"]].values.tolist() == [[sheet["coding_id"][0], [theme]], [sheet["coding_id"][1], ["none"]]]


def test_a_sheet_with_an_unknown_theme_or_extract_is_refused_whole(opened, tmp_path):
    theme = opened.themes["theme_id"].iloc[0]
    path, sheet = dealt(opened, tmp_path, {1: theme, 2: "thme"})
    path.write_text(path.read_text(encoding="utf-8").replace(sheet["coding_id"][0], "urn:gone"), encoding="utf-8")

    with pytest.raises(StudyError) as told:
        append_card_sort(opened, path, by="dk")

    assert "5_card_sort.csv, line 2: “urn:gone” is no coding that stands" in str(told.value)
    assert "line 3: no theme “thme”" in str(told.value)
    assert not (opened.folder / "card_sorts.jsonl").exists()


def test_a_card_that_names_what_is_not_there_is_told_when_the_study_is_opened(opened):
    from sixphase.files.records_jsonl import append_record
    from sixphase.tables import CARDS

    append_record(opened.folder, CARDS, {"card_id": "c", "on": "2024-05-01", "by": "dk", "coding_id": "urn:gone", "into": ["nowhere"]})

    with pytest.raises(StudyError) as told:
        open_study(opened.folder)
    assert "card_sorts.jsonl: c: “urn:gone” is no coding that stands" in str(told.value)
    assert "no theme “nowhere”" in str(told.value)
