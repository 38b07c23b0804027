"""The first manuscript: verbatim, consented, and with nothing an approach does not fit."""

import html
import re

from sixphase import report
from sixphase.files import open_study


def quotes(page):
    return [html.unescape(found) for found in re.findall(r"<blockquote[^>]*>(.*?)<span", page, re.S)]


def test_a_quotation_is_verbatim_and_says_where_it_stands(opened):
    page = report.manuscript(opened).html

    assert quotes(page) == ["You feel you are a nuisance 😀 so you stop asking."]
    assert "(P01; P01-1, line 3)" in page


def test_words_of_who_did_not_agree_are_nowhere(opened):
    page = report.manuscript(opened).html

    assert "Café" not in page
    assert "1 extract(s) of the shortlist not shown" in page


def test_a_reflexive_manuscript_counts_no_people_for_a_theme(opened):
    assert "Heard from" not in report.manuscript(opened).html


def test_a_codebook_study_counts_them_with_their_denominator(waiting):
    text = (waiting / "study.yaml").read_text(encoding="utf-8")
    (waiting / "study.yaml").write_text(text.replace("family: reflexive", "family: codebook"), encoding="utf-8")

    assert "Heard from 1 of 2 participants, in 2 of 3 interviews." in report.manuscript(open_study(waiting)).html


def test_a_group_too_small_to_hide_in_is_not_printed(opened):
    page = report.manuscript(opened).html

    assert "carer" not in page
    assert "Table 1" not in page


def test_the_move_back_is_told(opened):
    assert "from phase 4 to phase 2: recode P01-2" in report.manuscript(opened).html


def test_numbers_of_people_and_interviews_are_never_mixed(opened):
    page = " ".join(report.manuscript(opened).html.split())

    assert "2 participants took part in 3 interviews (1 of them a second interview with the same person)" in page


def test_a_synthetic_study_says_so_at_both_ends(opened):
    assert report.manuscript(opened).html.count("SYNTHETIC – not research data") >= 2
