"""Familiarisation and what belongs to reading: memos, search, the log, two interviews side by side, two coders, blind coding."""

import json

from sixphase.files import open_study


def test_a_first_impression_is_written_down_before_coding(lab):
    (lab.study / "codings" / "P02-1.am.jsonl").unlink()
    themes = lab.study / "themes.yaml"
    themes.write_text("".join(line for line in themes.read_text(encoding="utf-8").splitlines(keepends=True) if "urn:test:6" not in line), encoding="utf-8")
    lab.coder("P02-1", how="reader")
    lab.select("One letter")  # an impression is of the interview, whatever is selected
    lab.page.get_by_role("button", name="First impressions").click()
    lab.page.get_by_label("Memo", exact=True).fill("The café knows more than the clinic.")
    lab.page.get_by_role("button", name="Save the memo").click()
    lab.saved()

    [memo] = open_study(lab.study).memos.query("title == 'First impressions of P02-1'").to_dict("records")
    assert (memo["kind"], memo["about"], memo["by"]) == ("familiarisation", ["source:P02-1"], "am")
    assert "The café knows more" in lab.page.locator(".sx-memo").first.inner_text()


def test_a_memo_on_a_passage_keeps_its_words_and_leads_back(lab):
    lab.coder()
    lab.select("ring again")
    lab.keys("m")
    lab.page.locator(".sx-memo-form input").fill("Ringing")
    lab.page.get_by_label("Memo", exact=True).fill("Whose advice is it?")
    lab.page.get_by_role("button", name="Save the memo").click()
    lab.saved()

    [memo] = open_study(lab.study).memos.query("title == 'Ringing'").to_dict("records")
    assert memo["about"][0].startswith("source:P01-1:")
    assert "> ring again" in memo["text"]
    lab.page.get_by_role("button", name="To the passage").first.click()
    assert lab.page.evaluate("[...CSS.highlights.get('sixphase-chosen')].map(String)") == ["ring again"]


def test_a_memo_on_a_code_is_kept_with_the_code(lab):
    lab.coder()
    lab.page.locator(".sx-option", has_text="Giving up asking").click()
    lab.keys("m")
    lab.page.get_by_label("About").select_option("code:giving-up")
    lab.page.locator(".sx-memo-form input").fill("Whose fault")
    lab.page.get_by_label("Memo", exact=True).fill("The name blames the person.")
    lab.page.get_by_role("button", name="Save the memo").click()
    lab.saved()

    [memo] = open_study(lab.study).memos.query("title == 'Whose fault'").to_dict("records")
    assert memo["about"] == ["code:giving-up"]


def test_a_memo_is_changed_but_never_over_somebody_elses_words(lab):
    lab.coder(how="reader")
    lab.page.get_by_role("button", name="New memo").click()
    lab.page.locator(".sx-memo-form input").fill("Silence")
    lab.page.get_by_label("Memo", exact=True).fill("One.")
    lab.page.get_by_role("button", name="Save the memo").click()
    lab.saved()
    lab.page.locator(".sx-memo", has_text="Silence").get_by_role("button", name="Change").click()
    [path] = (lab.study / "memos").glob("*silence*")
    path.write_text(path.read_text(encoding="utf-8") + "\nTwo, by hand.\n", encoding="utf-8")
    lab.page.get_by_label("Memo", exact=True).fill("Three.")
    lab.page.get_by_role("button", name="Save the memo").click()

    lab.page.wait_for_selector('.sx-pane[data-failed="1"]')
    assert "Two, by hand." in path.read_text(encoding="utf-8")
    lab.page.get_by_role("button", name="Let it go").click()


def test_a_changed_memo_is_taken_back_and_that_of_somebody_else_is_not_offered_for_change(lab):
    from sixphase.files import desk

    theirs = {"id": "urn:uuid:00000000-0000-4000-8000-000000000003", "do": "memo", "created": "2024-03-01T10:00:00Z", "title": "Of bo", "text": "Whose words?", "kind": "analytic", "about": ["source:P01-1"]}
    desk(open_study(lab.study), by="bo").record(theirs)
    lab.coder(how="reader")
    lab.page.get_by_role("button", name="New memo").click()
    lab.page.locator(".sx-memo-form input").fill("Silence")
    lab.page.get_by_label("Memo", exact=True).fill("One.")
    lab.page.get_by_role("button", name="Save the memo").click()
    lab.saved()
    lab.page.locator(".sx-memo", has_text="Silence").get_by_role("button", name="Change").click()
    lab.page.get_by_label("Memo", exact=True).fill("Two.")
    lab.page.get_by_role("button", name="Save the memo").click()
    lab.saved()

    def silence() -> str:
        lab.saved()
        return open_study(lab.study).memos.set_index("title").loc["Silence", "text"]

    assert silence() == "# Silence\n\nTwo."
    lab.keys("Control+z")
    assert silence() == "# Silence\n\nOne."
    lab.keys("Control+Shift+z")
    assert silence() == "# Silence\n\nTwo."
    others = lab.page.locator(".sx-memo", has_text="Of bo")
    assert "bo wrote it, and can change it." in others.inner_text() and not others.get_by_role("button", name="Change").count()


def test_words_are_found_in_all_interviews_with_what_stands_around_them(lab):
    lab.coder(how="reader")
    lab.page.get_by_role("tab", name="Search").click()
    lab.page.get_by_label("Words").fill("gave*")
    lab.page.get_by_label("Where").select_option("all")
    lab.page.get_by_role("button", name="Search", exact=True).click()
    lab.page.wait_for_selector(".sx-concordance li")

    assert "2 places in 2 interviews" in lab.page.locator(".sx-panel:visible").inner_text()
    lab.page.locator(".sx-concordance button").last.click()
    lab.ready("P01-2")


def test_words_are_found_in_this_interview_and_shown_in_their_places(lab):
    lab.coder()
    lab.keys("/")
    lab.page.keyboard.type("rang back")
    lab.page.keyboard.press("Enter")
    lab.page.wait_for_selector(".sx-concordance li")

    assert lab.page.evaluate("[...CSS.highlights.get('sixphase-found')].map(String)") == ["rang back", "rang back"]
    assert [text.split("…")[0].strip() for text in lab.page.locator(".sx-concordance li").all_text_contents()] == ["P01-1, line 3, P01", "P01-1, line 8, P01"]


def test_a_wrong_expression_is_answered_with_a_sentence(lab):
    lab.coder(how="reader")
    lab.page.get_by_role("tab", name="Search").click()
    lab.page.get_by_label("Words").fill("(")
    lab.page.get_by_label("as a regular expression").check()
    lab.page.get_by_role("button", name="Search", exact=True).click()

    assert "is not a regular expression" in lab.page.locator(".sx-panel .sx-failed").inner_text()


def test_a_sitting_is_recorded_with_the_turns_that_were_read(lab):
    lab.coder(how="reader")
    lab.page.get_by_role("tab", name="Reading").click()
    lab.read_what_is_in_sight()
    assert lab.page.locator(".sx-panel:visible p").first.inner_text().startswith("4 of 4")
    lab.page.get_by_label("Minutes").fill("12")
    lab.page.get_by_label("What stood out").fill("the sister")
    lab.page.get_by_role("button", name="Record this sitting").click()
    lab.saved()

    [last] = open_study(lab.study).reading.query("note == 'the sister'").to_dict("records")
    assert (last["source_id"], last["minutes"], last["note"], last["by"]) == ("P01-1", 12, "the sister", "am")


def test_two_interviews_are_read_side_by_side(lab):
    lab.coder(how="reader")
    lab.page.get_by_label("Interview beside it").select_option("P01-2")
    lab.page.wait_for_selector(".sx-transcript >> nth=1")

    assert [lab.page.locator(".sx-transcript").nth(n).get_attribute("aria-label") for n in (0, 1)] == ["Transcript of P01-1", "Transcript of P01-2"]


def test_the_reading_desk_shows_no_coding(lab):
    lab.coder(how="reader")

    assert not lab.page.locator(".sx-chip").count()
    assert lab.page.locator(".sx-tabs [role=tab]").all_text_contents() == ["Memos", "Search", "Reading", "Help"]


def test_one_goes_to_the_next_unread_turn(example):
    example.coder("P02-1")
    example.read_what_is_in_sight()
    example.keys("x")

    assert "Every turn was read." in example.page.locator(".sx-live").inner_text()  # the log of the example says so
    log = example.study / "reading.jsonl"
    log.write_text("".join(line for line in log.read_text(encoding="utf-8").splitlines(keepends=True) if '"P02-1"' not in line), encoding="utf-8")
    example.coder("P02-1")
    example.read_what_is_in_sight()
    example.keys("x")
    assert example.page.evaluate("document.querySelector('.sx-transcript').scrollTop") > 200


def test_a_second_coder_who_codes_blind_sees_nothing_of_the_first(lab):
    lab.coder(by="bo", more=", blind=True")

    assert lab.page.locator(".sx-chip").all_text_contents() == ["Calling into silence"]
    assert "do not see what others coded" in lab.page.locator(".sx-status").inner_text()
    assert lab.page.locator(".sx-count").all_text_contents() == ["1 · 0", "0 · 0", "0 · 0", "0 · 0"]


def test_what_two_coders_read_differently_is_settled_with_who_and_why(lab):
    lab.coder()
    before = lab.given()
    lab.page.get_by_role("tab", name="Coders").click()
    difference = lab.page.locator(".sx-difference").first
    assert "Line 3" in difference.inner_text()
    difference.get_by_role("button", name="Settle").click()
    lab.page.get_by_label("Outcome").select_option("bo")
    lab.page.get_by_label("Why, and who talked about it").fill("am and bo: one story, told in one breath")
    lab.page.get_by_role("button", name="Record", exact=True).click()
    lab.saved()

    decision = json.loads((lab.study / "decisions.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert decision["by"] == "am" and decision["because"] == "am and bo: one story, told in one breath"
    assert "bo gave Calling into silence" in decision["what"]
    assert ("unanswered", "They never rang back. I gave up.") in lab.given()
    taken = lab.codings().query("coder_id == 'am' and quotation == 'They never rang back. I gave up.'").iloc[0]
    assert taken["comment"].startswith("taken over from bo")
    assert "one story, told in one breath" in lab.page.locator(".sx-settled").first.inner_text()
    lab.keys("Control+z")
    lab.saved()
    assert lab.given() == before
    assert "what was settled is taken back" in (lab.study / "decisions.jsonl").read_text(encoding="utf-8").splitlines()[-1]


def test_no_coefficient_stands_beside_two_coders(lab):
    lab.coder()
    lab.page.get_by_role("tab", name="Coders").click()

    told = lab.page.locator(".sx-panel:visible").inner_text().lower()
    assert not any(word in told for word in ("kappa", "alpha", "agreement", "%"))
