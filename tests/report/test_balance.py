"""The author's words beside those quoted, and whose words are quoted."""

import pytest
from sixphase import report
from sixphase.files import open_study
from test_wording import write

TITLE = "# T\n\n## Results\n\n"


@pytest.fixture
def theme(opened):
    """The name of the first theme of the tiny study."""
    return opened.themes[opened.themes["parent"].isna() & (opened.themes["status"] != "let go")].iloc[0]["name"]


def asked(study, prompt):
    found = report.balance(study)
    return found[found["prompt"] == prompt]


def test_words_of_analysis_and_of_extract_are_counted_in_the_section_of_a_theme(waiting, theme, opened):
    quoted = len(opened.codings.set_index("coding_id").loc["urn:test:3", "quotation"].split())

    row = report.narrative(write(waiting, f"{TITLE}### {theme.upper()}.\n\nThree words here.\n\n[](quote:urn:test:3)\n\nTwo more.\n\n## Discussion\n\nNot counted.\n")).iloc[0]

    assert row[["line", "words_of_analysis", "words_of_extract", "extracts", "longest_run"]].tolist() == [7, 5, quoted, 1, 1]
    assert row["ratio"] == pytest.approx(5 / quoted)


def test_a_theme_whose_name_is_no_heading_is_asked_about(waiting, theme):
    study = write(waiting, f"{TITLE}### {theme}\n\nWe read.\n")

    others = [name for name in study.themes.loc[study.themes["parent"].isna() & (study.themes["status"] != "let go"), "name"] if name != theme]
    assert others and list(asked(study, "a theme without section")["words"]) == others


@pytest.mark.parametrize(("between", "prompts"), [
    ("", {"little analysis", "nothing after it"}),
    ("\n\nOne after.", {"little analysis"}),
    ("\n\n" + "and so on " * 40, {"few extracts"}),
])
def test_a_ratio_beyond_its_bounds_and_a_quotation_with_nothing_after_it_are_asked_about(waiting, theme, between, prompts):
    found = set(report.balance(write(waiting, f"{TITLE}### {theme}\n\n[](quote:urn:test:3){between}\n\n## Discussion\n\nMore.\n"))["prompt"])

    assert prompts <= found
    assert not {"little analysis", "few extracts", "nothing after it"} - prompts & found


def test_the_same_words_in_two_places_and_three_quotations_in_a_row_are_asked_about(waiting, theme):
    study = write(waiting, f"{TITLE}### {theme}\n\nSee.\n\n[](quote:urn:test:3)\n\n[](quote:urn:test:3)\n\n[](quote:urn:test:3)\n\nSo.\n")

    assert list(asked(study, "quotation used twice")["where"]) == ["line 11", "line 13"]
    assert list(asked(study, "quotations in a row")["where"]) == ["line 7"]


def test_who_agreed_and_is_never_quoted_is_asked_about_and_a_reason_is_kept(waiting):
    people = open_study(waiting).participants
    agreed = sorted(people.loc[people["quotation"].fillna(False), "participant_id"])
    answers = f"never quoted:\n  - {{words: {agreed[0]}, because: two words were said}}\n"

    study = write(waiting, f"{TITLE}We read.\n", answers)

    assert list(asked(study, "never quoted")["words"]) == agreed
    assert list(asked(study, "never quoted")["because"]) == ["two words were said", *[""] * (len(agreed) - 1)]
    assert report.speakers(study).set_index("participant_id").loc[agreed[0], "because"] == "two words were said"


def test_one_voice_among_four_quotations_is_asked_about(waiting, theme):
    four = "\n\nAnd.\n\n".join(["[](quote:urn:test:3)"] * 4)

    study = write(waiting, f"{TITLE}### {theme}\n\n{four}\n\nSo.\n")

    assert len(asked(study, "much of all quotations")) == len(asked(study, "more than a quarter of a theme")) == 1
    assert asked(write(waiting, f"{TITLE}### {theme}\n\n[](quote:urn:test:3)\n\nSo.\n"), "much of all quotations").empty  # of one, a share says nothing


def test_speakers_are_people_and_their_shares_add_up(waiting):
    table = report.speakers(write(waiting, f"{TITLE}[](quote:urn:test:3)\n"))

    assert list(table["participant_id"]) == ["P01", "P02"]
    assert table["share"].sum() == 1
