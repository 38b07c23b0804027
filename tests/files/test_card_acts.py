"""Charting at a desk: once, never over somebody else's summary, and only where a study has a framework matrix."""

import pytest
from sixphase import files, show
from sixphase.files import open_study
from sixphase.themes import charted


@pytest.fixture
def desk(allotment):
    return files.desk(open_study(allotment), by="am")


def act(number: int = 1, **details) -> dict:
    place = {"participant_id": "P03", "source_id": "P03-1", "theme_id": "keeping"}
    return {"id": f"urn:uuid:00000000-0000-4000-8000-{number:012}", "do": "chart", "created": f"2024-07-01T10:00:{number:02}Z", **place, **details}


def stands(folder) -> list:
    cells = charted(open_study(folder).summaries)
    return cells.loc[(cells["participant_id"] == "P03") & (cells["theme_id"] == "keeping"), "state"].tolist()


def test_a_cell_charted_twice_by_one_act_counts_once(desk, allotment):
    before = len(open_study(allotment).summaries)
    for place in (desk, files.desk(open_study(allotment), by="am")):
        assert place.record(act(said="not asked", was="")) == "matrix"

    assert len(open_study(allotment).summaries) == before + 1 and stands(allotment) == ["not asked"]


def test_a_cell_that_somebody_charted_meanwhile_is_not_written_over(desk, allotment):
    files.append_summary(open_study(allotment), "P03", "keeping", "asked, nothing said", by="am")

    with pytest.raises(files.Refused, match="somebody charted this cell meanwhile"):
        desk.record(act(said="not asked", was=""))
    assert stands(allotment) == ["asked, nothing said"]


def test_a_sentence_that_rests_on_nothing_is_refused_in_words(desk):
    with pytest.raises(files.Refused, match="“She keeps to herself.” rests on no passage"):
        desk.record(act(said=[{"says": "She keeps to herself.", "codings": []}], was=""))


def test_where_there_is_no_framework_matrix_nothing_shows_but_a_sentence(waiting):
    desk = files.desk(open_study(waiting), by="am")

    assert repr(show.charter(desk)) == "A framework matrix belongs to a codebook study; this one is reflexive."
    with pytest.raises(files.Refused, match="belongs to a codebook study"):
        desk.record(act(said="not asked", was=""))


def test_without_a_kernel_the_form_is_the_matrix_to_be_read(desk):
    page = show.charter(desk).still().html

    assert "It was her aunt" in page and "not asked" in page and "– P01-2" in page
