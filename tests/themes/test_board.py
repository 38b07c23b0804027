"""The board on any day, from where it stands now and the moves that led there."""

import pytest
from sixphase import themes
from sixphase.files import open_study


@pytest.fixture
def plot(allotment):
    return open_study(allotment)


def on(study, day):
    board = themes.as_of(study.themes, study.moves, day)
    return {row.theme_id: (row.name, row.codes) for row in board.itertuples(index=False)}


def test_after_the_last_move_the_board_is_what_themes_yaml_says(plot):
    now = themes.as_of(plot.themes, plot.moves)

    assert now["name"].tolist() == plot.themes["name"].tolist()
    assert [sorted(codes) for codes in plot.themes["codes"]] == now["codes"].tolist()


def test_an_earlier_day_has_the_names_the_codes_and_the_themes_of_then(plot):
    assert on(plot, "2024-05-02") == {"coming": ("Coming to the plot", ["inherited", "leaving", "waited"]), "keeping": ("Neighbours", ["alone", "given"])}


def test_before_the_first_move_there_was_nothing(plot):
    assert on(plot, "2024-05-01") == {}


def test_the_order_of_the_lines_makes_no_difference(plot):
    assert themes.as_of(plot.themes, plot.moves.iloc[::-1], "2024-05-02").equals(themes.as_of(plot.themes, plot.moves, "2024-05-02"))


def test_without_moves_the_board_is_themes_yaml_from_the_day_each_was_created(opened):
    board = themes.as_of(opened.themes, opened.moves, "2024-02-12")

    assert board["theme_id"].tolist() == opened.themes["theme_id"].tolist()
    assert themes.as_of(opened.themes, opened.moves, "2024-02-11").empty


def test_changes_say_what_came_what_went_and_why(plot):
    before, after = (themes.as_of(plot.themes, plot.moves, day) for day in ("2024-05-02", "2024-06-06"))

    found = themes.changes(before, after, plot.moves, since="2024-05-02")

    assert found[["theme_id", "what", "codes_in", "codes_out", "because"]].values.tolist() == [
        ["coming", "other codes", [], ["leaving"], ""],
        ["keeping", "renamed, was “Neighbours”", [], [], "it said only whom"],
        ["ending", "new", ["leaving", "staying"], [], "two of three spoke of it"]]


def test_versions_stand_where_phase_3_ended_before_long_pauses_and_last(plot):
    # moves on 2 May, 5 June and 6 June; phase 3 ended on 5 June
    assert themes.board_days(plot.moves, plot.decisions, most=3) == ["2024-06-05", "2024-06-06"]
    assert themes.board_days(plot.moves, plot.decisions.iloc[:0], most=2) == ["2024-05-02", "2024-06-06"]


def test_all_changes_are_told_from_version_to_version(plot):
    days = ["2024-05-02", "2024-06-05", "2024-06-06"]
    boards = [themes.as_of(plot.themes, plot.moves, day) for day in days]

    assert themes.all_changes(boards, days, plot.moves)[["version", "theme_id"]].values.tolist() == [["v1", "coming"], ["v1", "ending"], ["v2", "keeping"]]


def test_what_was_changed_by_hand_since_the_last_move_is_listed(plot):
    by_hand = plot.themes.assign(codes=[["inherited", "leaving"], ["given", "alone"], ["staying"]], name=["Coming", *plot.themes["name"][1:]])

    assert themes.unrecorded(plot.themes, plot.moves).empty
    assert themes.unrecorded(by_hand, plot.moves).values.tolist() == [
        ["coming", "leaving was put in by hand"], ["coming", "was called “Coming to the plot” on the board"], ["ending", "leaving was taken out by hand"]]


def test_a_study_without_a_board_has_nothing_unrecorded(opened):
    assert themes.unrecorded(opened.themes, opened.moves).empty
