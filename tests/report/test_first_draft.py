"""The first draft: a manuscript to go on from, verbatim, consented, and with nothing an approach does not fit."""

import html
import re

import pytest
from ruamel.yaml import YAML

from sixphase import report
from sixphase.files import open_study
from sixphase.problems import StudyError


def quotes(page):
    return [html.unescape(found) for found in re.findall(r"<blockquote[^>]*>\s*<p>(.*?)<span", page, re.S)]


def words(study):
    """What a reader of the draft sees."""
    page = re.sub(r"</?(a|span|em|strong)\b[^>]*>", "", report.manuscript(study).html.partition("</style>")[2])
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def change(file, **settings):
    yaml = YAML()
    made = yaml.load(file.read_text(encoding="utf-8"))
    made.update(settings)
    yaml.dump(made, file)


def test_a_quotation_is_verbatim_and_says_where_it_stands(opened):
    assert [quote.strip() for quote in quotes(report.manuscript(opened).html)] == ["You feel you are a nuisance 😀 so you stop asking."]
    assert "so you stop asking. (P01; P01-1, line 3)" in words(opened)


def test_words_of_who_did_not_agree_are_nowhere(opened):
    assert "Café" not in report.manuscript(opened).html
    assert "Of the shortlist, 1 not shown: the participant has not agreed to be quoted." in words(opened)


def test_a_reflexive_manuscript_counts_no_people_for_a_theme(opened):
    assert "Heard from" not in report.manuscript(opened).html


def test_a_codebook_study_counts_them_with_their_denominator(waiting):
    text = (waiting / "study.yaml").read_text(encoding="utf-8")
    (waiting / "study.yaml").write_text(text.replace("family: reflexive", "family: codebook"), encoding="utf-8")

    assert "Heard from 1 of 2 participants, in 2 of 3 interviews." in words(open_study(waiting))


def test_a_group_too_small_to_hide_in_is_not_printed(opened):
    assert "carer" not in report.manuscript(opened).html


def test_the_move_back_is_told(opened):
    assert "from phase 4 to phase 2: recode [a participant]" in words(opened)


def test_numbers_of_people_and_interviews_are_never_mixed(opened):
    assert "2 participants took part in 3 interviews (1 of them a second interview with the same person)" in words(opened)


def test_a_synthetic_study_says_so_at_both_ends(opened):
    assert report.manuscript(opened).html.count('<p class="label">SYNTHETIC – not research data</p>') == 2


def test_an_author_goes_on_from_it_without_a_problem_to_mend(opened, waiting, tmp_path):
    draft = report.manuscript(opened)
    draft.write(tmp_path, "6_manuscript")
    (waiting / "manuscript").mkdir(exist_ok=True)
    (waiting / "manuscript" / "manuscript.md").write_bytes((tmp_path / "manuscript" / "first_draft.md").read_bytes())

    taken = report.manuscript(open_study(waiting))

    assert taken.html == draft.html
    assert sorted(taken.files()) == ["manuscript.docx", "manuscript.html", "manuscript.pdf"]


def test_what_people_wrote_means_just_these_words(waiting):
    change(waiting / "study.yaml", title="1. *Waiting* for {participants} @home [sic]", questions=["- Why wait?"])

    read = words(open_study(waiting))

    assert "1. *Waiting* for {participants} @home [sic]" in read
    assert "- Why wait?" in read


def test_a_number_in_a_reason_stops_no_draft(waiting):
    study = open_study(waiting)
    study.settings["approach"]["rationale"] = "We had planned 40 interviews."

    assert "We had planned 40 interviews." in words(study)


def test_a_role_that_one_person_holds_stops_it(waiting):
    (waiting / "manuscript").mkdir(exist_ok=True)
    (waiting / "manuscript" / "publishing.yaml").write_text("frame:\n- {role: lead of the clinic, holders: 1}\n- {role: nurse, holders: 9}\n", encoding="utf-8")
    change(waiting / "study.yaml", title="What the lead of the clinic heard")

    with pytest.raises(StudyError, match="the first draft: “lead of the clinic” is a role that one person in this case holds"):
        report.manuscript(open_study(waiting))
