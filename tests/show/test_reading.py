"""Transcripts to read: every word once, every coding an anchor, every code beside it."""

import html
import re

import pytest
from sixphase import codebook, show


@pytest.fixture
def pages(opened):
    return show.transcripts(opened.texts, opened.turns, opened.codings, codebook.paths(opened.codes), "All.").pages


def words(page: str) -> list[str]:
    return [html.unescape(re.sub(r"<[^>]+>", "", found)) for found in re.findall(r'<div class="words">(.*?)</div>', page, re.S)]


def test_every_word_is_there_once_and_in_order(opened, pages):
    for source_id, page in pages.items():
        turns = opened.turns[opened.turns["source_id"] == source_id]
        assert words(page.html) == [opened.texts[source_id][turn.start:turn.end] for turn in turns.itertuples()]


def test_every_coding_is_an_anchor_where_its_words_begin(opened, pages):
    for coding in opened.codings.itertuples():
        after = pages[coding.source_id].html.split(f'<a id="{coding.coding_id}"></a>')[1]
        assert html.unescape(re.sub(r"<[^>]+>", "", after)).startswith(coding.quotation[:20])


def test_words_under_two_codings_are_told_apart_by_more_than_colour(pages):
    # 1 by am and 11 by bo both begin at "They never rang back."
    assert '<mark class="more"><a id="urn:test:1"></a><a id="urn:test:11"></a>They never rang back.</mark>' in pages["P01-1"].html


def test_the_codes_stand_beside_the_turn_by_name(pages):
    assert '<div class="given"><div>Others carry the knowledge</div></div>' in pages["P02-1"].html


def test_interviewers_are_told_apart(pages):
    assert pages["P01-2"].html.count('class="turn asks"') == 1


def test_what_somebody_said_is_never_markup(opened):
    page = show.transcripts({"P01-1": opened.texts["P01-1"].replace("They", "<i>y")}, opened.turns, opened.codings, {}, "c").pages["P01-1"].html

    assert "<i>" not in page
    assert "&lt;i&gt;" in page


def test_a_run_keeps_a_page_for_each_interview_with_its_label(opened, tmp_path, monkeypatch):
    monkeypatch.setenv("SIXPHASE_OUTPUTS", str(tmp_path))

    show.keep(opened, "2_transcripts", show.transcripts(opened.texts, opened.turns, opened.codings, {}, "All."))

    kept = sorted(path.name for path in (tmp_path / "pages" / "2_transcripts").iterdir())
    assert kept == ["P01-1.html", "P01-2.html", "P02-1.html"]
    assert "SYNTHETIC – not research data" in (tmp_path / "pages" / "2_transcripts" / kept[0]).read_text(encoding="utf-8")
