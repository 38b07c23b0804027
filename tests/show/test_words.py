"""Pages of words: quotations, cards, memos, concordances. All of it is data, none of it markup."""

from sixphase import show, themes, transcripts


def test_the_summary_names_every_count_with_its_unit(opened):
    page = show.summary(opened).html

    assert "<strong>2</strong> participants" in page
    assert "<strong>3</strong> interviews" in page


def test_a_concordance_marks_what_was_found(opened):
    lines = transcripts.concordance(opened.texts, opened.turns, "nuisance")

    assert "<mark>nuisance</mark>" in show.concordance(lines, "c").html


def test_extracts_come_with_their_place(opened):
    page = show.extracts(themes.extracts(opened.theme_codes, opened.codings), "c").html

    assert "Café staff knew more than the clinic did." in page
    assert "P02-1, line 3" in page


def test_memos_show_how_they_begin(opened):
    assert "The word “nuisance” comes without being asked for." in show.memo_list(opened.memos, "c").html
