"""Coding in JupyterLab, by mouse and by keyboard: what a person does is what stands on the disk."""

import itertools

import pytest
from driver import FIND

FIRST = [("unanswered", "They never rang back."), ("giving-up", "I gave up.")]


def chips(lab) -> list[str]:
    return [text.strip() for text in lab.page.locator(".sx-chip").all_text_contents()]


def test_a_transcript_stands_by_turns_with_lines_speakers_and_stripes(lab):
    lab.coder()

    rows = lab.page.locator(".sx-turn").evaluate_all("(rows) => rows.map((row) => [row.querySelector('.sx-line').textContent, row.querySelector('.sx-who').textContent, row.querySelectorAll('.sx-stripe').length])")
    assert rows == [["1", "INT", 0], ["3", "P01", 5], ["6", "INT", 0], ["8", "P01", 1]]


def test_a_long_label_never_lies_over_the_words(lab):
    lab.coder()
    lab.page.evaluate("() => { document.querySelector('.sx-who').textContent = 'Interviewer of the study'; }")

    label, words = (lab.page.locator(at).first.bounding_box() for at in (".sx-who", ".sx-words"))
    assert label["x"] + label["width"] <= words["x"]


def test_the_number_beside_an_interview_follows_what_is_done(lab):
    lab.coder()
    shown = lab.page.get_by_label("Interview", exact=True).locator("option:checked")
    assert shown.inner_text() == "P01-1 · 5 codings"
    lab.select("My sister")
    lab.give("Others carry")

    assert shown.inner_text() == "P01-1 · 6 codings"


def test_words_selected_by_mouse_are_given_a_chosen_code(lab):
    lab.coder()
    lab.select("so you stop asking")

    lab.give("Giving up")

    assert ("giving-up", "so you stop asking") in lab.given()
    assert "Everything is saved." in lab.page.locator(".sx-status").inner_text()


def test_a_double_click_selects_the_sentence(lab):
    lab.coder("P02-1")
    lab.click_on("the clinic did", count=2)

    lab.give("Others carry")

    assert ("helpers", "Café staff knew more than the clinic did.") in lab.given("P02-1")


def test_a_click_on_the_line_number_selects_the_turn(lab):
    lab.coder("P02-1")
    lab.page.locator(".sx-line").nth(3).click()

    lab.give("nuisance")

    assert ("nuisance", "One letter. It said wait.") in lab.given("P02-1")


def test_words_are_selected_and_coded_without_a_mouse(lab):
    lab.coder("P02-1")
    lab.keys("j", "Control+ArrowRight", "Control+ArrowRight", *["Control+Shift+ArrowRight"] * 2)

    lab.give("nuisance")

    assert ("nuisance", "knew more") in lab.given("P02-1")


def test_a_code_is_made_there_and_then(lab):
    lab.coder()
    lab.select("You feel you are a nuisance")

    lab.give("Shame at asking")

    assert ("shame-at-asking", "You feel you are a nuisance") in lab.given()
    assert "Shame at asking" in (lab.study / "codebook.yaml").read_text(encoding="utf-8")


def test_selected_words_become_a_code_in_vivo(lab):
    lab.coder()
    lab.select("ring again")

    lab.keys("v")
    lab.saved()

    assert ("ring-again", "ring again") in lab.given()


def test_several_codes_are_given_at_once_and_the_last_is_given_again(lab):
    lab.coder()
    lab.select("My sister")
    lab.keys("c")
    lab.page.keyboard.type("Others carry")
    lab.page.keyboard.press("Shift+Enter")
    lab.page.keyboard.type("nuisance")
    lab.page.keyboard.press("Enter")
    lab.saved()
    lab.select("so I rang again")
    lab.keys("r")
    lab.saved()

    given = lab.given()
    assert {("helpers", "My sister"), ("nuisance", "My sister"), ("nuisance", "so I rang again")} <= set(given)


def test_the_highlighter_codes_what_is_selected(lab):
    lab.coder("P02-1")
    lab.select("Café staff")
    lab.give("Others carry")
    lab.keys("h")

    lab.select("One letter")
    lab.saved()

    assert ("helpers", "One letter") in lab.given("P02-1")
    lab.keys("h")


def test_a_note_is_written_on_a_coding(lab):
    lab.coder()
    lab.click_on("gave up")
    lab.keys("e")
    lab.page.keyboard.type("after months 😀")
    lab.page.keyboard.press("Control+Enter")
    lab.saved()

    found = lab.codings().set_index("quotation").loc["I gave up."]
    assert found["comment"] == "after months 😀"


def test_an_end_is_moved_by_keyboard(lab):
    lab.coder()
    lab.click_on("gave up")

    lab.keys("}", "}")
    lab.saved()

    assert ("giving-up", "I gave up. You feel") in lab.given()


def drag(lab, which: str, words: str) -> None:
    """Drag a handle of the picked coding to the beginning or the end of some words."""
    left, top, right, bottom = lab.page.evaluate(FIND, words)
    handle = lab.page.locator(f".sx-handle.sx-{which}").bounding_box()
    lab.page.mouse.move(handle["x"] + 4, handle["y"] + 10)
    lab.page.mouse.down()
    lab.page.mouse.move(*((left + 0.5, top) if which == "start" else (right, bottom)), steps=5)
    lab.page.mouse.up()
    lab.saved()


def test_both_ends_are_moved_by_their_handles_into_other_turns_too(lab):
    lab.coder()
    lab.click_on("gave up")
    drag(lab, "end", "nuisance")
    assert ("giving-up", "I gave up. You feel you are a nuisance") in lab.given()

    drag(lab, "start", "rang")
    assert ("giving-up", "rang back. I gave up. You feel you are a nuisance") in lab.given()

    drag(lab, "end", "Who did you")  # in another turn
    assert any(code == "giving-up" and words.startswith("rang back. I gave up.") and words.endswith("Who did you") for code, words in lab.given())


def test_a_coding_gets_another_code(lab):
    lab.coder()
    lab.click_on("gave up")
    lab.page.get_by_label("Another code instead").first.select_option("nuisance")
    lab.saved()

    assert ("nuisance", "I gave up.") in lab.given()
    assert ("giving-up", "I gave up.") not in lab.given()


def test_a_withdrawn_coding_stays_on_record(lab):
    lab.coder()
    lab.click_on("gave up")
    lab.keys("Delete")
    lab.saved()

    assert ("giving-up", "I gave up.") not in lab.given()
    assert '"withdraws":"urn:test:2"' in (lab.study / "codings" / "P01-1.am.jsonl").read_text(encoding="utf-8")


def test_everything_is_undone_and_done_again_by_further_acts(lab):
    lab.coder()
    before = lab.given()
    lines = len((lab.study / "codings" / "P01-1.am.jsonl").read_text(encoding="utf-8").splitlines())
    lab.select("My sister")
    lab.give("Others carry")
    lab.click_on("gave up")
    lab.keys("}", "Delete")
    lab.saved()
    after = lab.given()

    lab.keys(*["Control+z"] * 3)
    lab.saved()
    assert lab.given() == before

    lab.keys(*["Control+Shift+z"] * 3)
    lab.saved()
    assert lab.given() == after
    assert len((lab.study / "codings" / "P01-1.am.jsonl").read_text(encoding="utf-8").splitlines()) == lines + 9


def test_a_whole_day_is_undone_step_by_step(lab):
    lab.coder()
    before = lab.given()
    lab.select("My sister")
    lab.give("Others carry")
    lab.keys(*["r"] * 59)
    lab.saved()
    assert len(lab.given()) == len(before) + 60

    lab.keys(*["Control+z"] * 60)
    lab.saved()

    assert lab.given() == before
    assert lab.page.get_by_role("button", name="Undo").is_disabled()


def test_what_was_done_in_one_interview_is_undone_from_another(lab):
    lab.coder()
    before = lab.given()
    lab.select("My sister")
    lab.give("Others carry")
    lab.page.get_by_label("Next interview").click()
    lab.ready("P02-1")
    lab.page.get_by_label("Interview before").click()
    lab.ready("P01-1")
    lab.click_on("My sister")
    lab.keys("}")
    lab.saved()
    lab.page.get_by_label("Next interview").click()
    lab.ready("P02-1")

    lab.keys("Control+z", "Control+z")
    lab.saved()

    assert lab.given() == before
    assert not lab.page.locator(".sx-failed").count()


def test_a_selection_over_turns_that_ends_in_a_label_ends_with_the_words_before(lab):
    lab.coder()
    lab.page.evaluate(FIND, "Who did you talk to?")  # brings the turns into view
    rows = lab.page.locator(".sx-turn")
    first, last = rows.nth(1).locator(".sx-words").bounding_box(), rows.nth(3).locator(".sx-who").bounding_box()
    lab.page.mouse.move(first["x"] + 1, first["y"] + 13)
    lab.page.mouse.down()
    lab.page.mouse.move(last["x"] + 5, last["y"] + 8, steps=6)
    lab.page.mouse.up()
    lab.give("Others carry")

    [words] = [words for code, words in lab.given() if code == "helpers"]
    assert words.startswith("They never rang back.") and words.endswith("Who did you talk to?")


def test_codings_are_shown_by_code_coder_and_theme(lab):
    lab.coder()
    everything = chips(lab)

    lab.page.get_by_label("Show codings of the code", exact=True).select_option("giving-up")
    assert set(chips(lab)) == {"Giving up asking"}
    lab.page.get_by_label("Show codings of the code", exact=True).select_option("")
    lab.page.get_by_label("Show codings of the coder").select_option("bo")
    assert chips(lab) == ["Calling into silence (bo)"]
    lab.page.get_by_label("Show codings of the coder").select_option("")
    lab.page.get_by_label("Show codings of the theme").select_option("others-know")
    assert set(chips(lab)) <= {"Others carry the knowledge"}
    lab.page.get_by_label("Show codings of the theme").select_option("")
    assert chips(lab) == everything


def test_one_goes_from_coding_to_coding_and_to_what_has_none(lab):
    lab.coder()
    lab.keys("n")
    first = lab.page.locator(".sx-panel blockquote").first.inner_text()
    lab.keys("n", "n")
    lab.keys("p")
    assert first.startswith("They never rang back.")

    lab.coder("P02-1")
    lab.keys("u")
    assert lab.page.evaluate("getSelection().toString()") == "One letter. It said wait."


def test_codes_that_overlap_differ_in_colour_and_in_line(lab):
    lab.coder()
    looks = lab.page.evaluate("""() => [...CSS.highlights.keys()].filter((name) => /^sixphase-\\d+$/.test(name) && CSS.highlights.get(name).size)""")

    assert len(looks) >= 2
    lines, colours = lab.page.evaluate("""() => ['textDecorationStyle', 'textDecorationColor'].map((part) =>
      [...Array(40).keys()].map((look) => getComputedStyle(document.querySelector('.sx-words'), `::highlight(sixphase-${look})`)[part]))""")
    assert len(set(zip(lines, colours, strict=True))) == 40
    assert not any(one == next_one for made in (lines, colours) for one, next_one in itertools.pairwise(made))  # codes that stand side by side in the codebook


def test_what_cannot_be_saved_says_why_and_waits(lab):
    lab.coder()
    codebook = lab.study / "codebook.yaml"
    whole = codebook.read_text(encoding="utf-8")
    codebook.write_text(whole + "  unanswered:\n    name: twice\n", encoding="utf-8")
    lab.select("My sister")
    lab.keys("c")
    lab.page.keyboard.type("Others carry")
    lab.page.keyboard.press("Enter")
    lab.page.wait_for_selector('.sx-pane[data-failed="1"]')

    assert "codebook.yaml" in lab.page.locator(".sx-failed").inner_text()
    codebook.write_text(whole, encoding="utf-8")
    lab.page.get_by_role("button", name="Try again").click()
    lab.saved()
    assert ("helpers", "My sister") in lab.given()


def test_a_page_whose_words_differ_is_refused(lab):
    lab.coder()
    from sixphase import files
    desk = files.desk(files.open_study(lab.study), by="am")
    with pytest.raises(files.Refused, match="not those of the transcript"):
        desk.record({"id": "urn:test:x", "do": "give", "created": "2024-03-01T10:00:00Z", "source_id": "P01-1", "code_id": "nuisance", "start": 43, "end": 47, "exact": "Them"})


def test_no_key_reaches_the_notebook(lab):
    lab.coder()
    cells = lab.page.locator(".jp-Notebook .jp-Cell").count()
    lab.keys("d", "d", "b", "a", "x", "x", "z", "y", "m", "Escape")
    lab.page.get_by_label("Interview", exact=True).focus()
    for key in ("d", "d", "b", "r"):
        lab.page.keyboard.press(key)
    lab.page.locator(".sx-tabs button").first.focus()
    for key in ("d", "d", "b", "r", "0", "0"):
        lab.page.keyboard.press(key)

    assert lab.page.locator(".jp-Notebook .jp-Cell").count() == cells
    assert lab.page.locator(".jp-Notebook .jp-CodeCell").count() == cells
    assert not lab.page.locator(".jp-Dialog").count()


def test_the_pane_makes_no_error_in_the_browser(lab):
    lab.coder()
    lab.select("My sister")
    lab.give("Others carry")

    assert [said for said in lab.page.said if "sixphase" in said or "sx-" in said or "TypeError" in said or "ReferenceError" in said] == []
