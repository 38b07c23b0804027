"""The codebook beside the transcript: made, defined, merged, split, retired, each with its reason; and seen at once."""

import json

from sixphase.files import open_study


def card(lab, name: str) -> None:
    lab.page.get_by_role("tab", name="Codes", exact=True).click()
    lab.page.locator(".sx-option", has_text=name).first.click()


def submit(lab, why: str = "", **fields: str) -> None:
    for label, value in fields.items():
        field = lab.page.get_by_label(label.replace("_", " "), exact=True)
        field.select_option(value) if field.evaluate("(made) => made.tagName") == "SELECT" else field.fill(value)
    if why:
        lab.page.get_by_label("Why", exact=True).fill(why)
    lab.page.locator(".sx-card form").get_by_role("button", name="Save").click()
    lab.saved()


def code(lab, code_id: str):
    return open_study(lab.study).codes.set_index("code_id").loc[code_id]


def test_a_code_shows_what_it_means_how_often_it_was_given_and_where(lab):
    codebook = lab.study / "codebook.yaml"
    codebook.write_text(codebook.read_text(encoding="utf-8").replace("    not_when: nobody tried\n", "    not_when: nobody tried\n    example: It rang and rang.\n"), encoding="utf-8")
    lab.coder()
    card(lab, "Calling into silence")
    lab.page.get_by_role("button", name="All its passages").click()
    lab.page.wait_for_selector(".sx-extracts blockquote")

    told = lab.page.locator(".sx-card").inner_text()
    assert "Trying to reach the service and hearing nothing." in told
    assert "the person tried and nobody answered" in told and "nobody tried" in told
    assert "It rang and rang." in told
    assert "P01-1, line 3" in told
    assert lab.page.locator(".sx-option", has_text="Calling into silence").locator(".sx-count").get_attribute("title") == "3 codings here, 0 codings in 0 other interviews"


def test_a_code_is_defined_renamed_and_moved_with_a_reason(lab):
    lab.coder()
    card(lab, "Giving up asking")
    lab.page.get_by_role("button", name="Define or rename").click()
    submit(lab, "the old name blamed people", Name="No longer asking", Use_when="asking has stopped", Under="unanswered")

    changed = code(lab, "giving-up")
    assert (changed["name"], changed["use_when"], changed["parent"]) == ("No longer asking", "asking has stopped", "unanswered")
    assert changed["history"][-1]["because"] == "the old name blamed people"
    assert "No longer asking" in lab.page.locator(".sx-chip").all_text_contents()


def test_comments_in_the_codebook_survive_a_change(lab):
    lab.coder()
    card(lab, "Giving up asking")
    lab.page.get_by_role("button", name="Define or rename").click()
    submit(lab, "plainer", Name="Stopped asking")

    assert (lab.study / "codebook.yaml").read_text(encoding="utf-8").startswith("# Four codes that stand")


def test_two_codes_are_merged_with_a_reason_and_no_coding_is_rewritten(lab):
    lab.coder()
    before = (lab.study / "codings" / "P01-1.am.jsonl").read_bytes()
    card(lab, "Feeling a nuisance")
    lab.page.get_by_role("button", name="Merge", exact=True).click()
    submit(lab, "one feeling under two names", Into="giving-up")

    merged = code(lab, "nuisance")
    assert (merged["status"], merged["merged_into"], merged["because"]) == ("merged", "giving-up", "one feeling under two names")
    assert (lab.study / "codings" / "P01-1.am.jsonl").read_bytes() == before
    assert "Feeling a nuisance" not in lab.page.locator(".sx-chip").all_text_contents()
    decisions = [json.loads(line) for line in (lab.study / "decisions.jsonl").read_text(encoding="utf-8").splitlines()]
    assert decisions[-1]["what"] == "Merged the code nuisance into giving-up"


def test_a_merge_is_taken_back(lab):
    lab.coder()
    card(lab, "Feeling a nuisance")
    lab.page.get_by_role("button", name="Merge", exact=True).click()
    submit(lab, "a slip", Into="giving-up")
    lab.keys("Control+z")
    lab.saved()

    assert str(code(lab, "nuisance")["status"]) in ("nan", "None", "<NA>")
    assert "Feeling a nuisance" in lab.page.locator(".sx-chip").all_text_contents()
    lab.keys("Control+Shift+z")
    lab.saved()
    assert code(lab, "nuisance")["status"] == "merged"


def test_a_code_made_by_mistake_is_taken_back_and_made_again(lab):
    lab.coder()
    lab.select("My sister")
    lab.give("Shame at asking")
    lab.keys("Control+z", "Control+z")
    lab.saved()
    assert code(lab, "shame-at-asking")["status"] == "retired" and "shame-at-asking" not in [given for given, _ in lab.given()]

    lab.keys("Control+Shift+z", "Control+Shift+z")
    lab.saved()
    assert ("shame-at-asking", "My sister") in lab.given()
    assert lab.page.locator('.sx-pane[data-failed="0"]').count() and lab.page.locator(".sx-option", has_text="Shame at asking").count() == 1


def test_a_renaming_a_retirement_and_a_split_are_taken_back_and_done_again(lab):
    lab.coder()
    before = [code(lab, "giving-up")["name"], lab.given()]
    card(lab, "Giving up asking")
    lab.page.get_by_role("button", name="Define or rename").click()
    submit(lab, "the old name blamed people", Name="No longer asking")
    card(lab, "Feeling a nuisance")
    lab.page.get_by_role("button", name="Retire").click()
    submit(lab, "too broad")
    card(lab, "Calling into silence")
    lab.page.get_by_role("button", name="Split").click()
    lab.page.get_by_label("Name of the new code").fill("No call back")
    lab.page.locator(".sx-card .sx-tick input").last.check()
    submit(lab, "ringing and being rung are two things")

    def state() -> list:
        lab.saved()
        return [code(lab, "giving-up")["name"], lab.given(), code(lab, "nuisance")["status"] == "retired", code(lab, "no-call-back")["status"] == "retired"]

    after = state()
    assert after[0] == "No longer asking" and after[2:] == [True, False]
    lab.keys(*["Control+z"] * 3)
    assert state() == [*before, False, True]
    assert code(lab, "unanswered")["history"][-1]["what"] == "the split was taken back: nothing goes to no-call-back"
    lab.keys(*["Control+Shift+z"] * 3)
    assert state() == after


def test_nothing_is_merged_without_a_reason(lab):
    lab.coder()
    before = (lab.study / "codebook.yaml").read_bytes()
    card(lab, "Feeling a nuisance")
    lab.page.get_by_role("button", name="Merge", exact=True).click()
    lab.page.locator(".sx-card form").get_by_role("button", name="Save").click()

    assert (lab.study / "codebook.yaml").read_bytes() == before
    assert lab.page.locator(".sx-card form").count() == 1


def test_a_code_is_retired_with_a_reason(lab):
    lab.coder()
    card(lab, "Feeling a nuisance")
    lab.page.get_by_role("button", name="Retire").click()
    submit(lab, "too broad")

    assert code(lab, "nuisance")["status"] == "retired"


def test_a_code_is_split_and_the_ticked_codings_go_to_the_new_one(lab):
    lab.coder()
    card(lab, "Calling into silence")
    lab.page.get_by_role("button", name="Split").click()
    lab.page.get_by_label("Name of the new code").fill("No call back")
    lab.page.locator(".sx-card .sx-tick input").last.check()
    submit(lab, "ringing and being rung are two things")

    given = lab.given()
    assert ("unanswered", "They never rang back.") in given
    assert ("no-call-back", "They never rang back.") in given
    assert "split" in code(lab, "unanswered")["history"][-1]["what"]


def test_an_act_on_another_interview_keeps_its_words(lab):
    lab.coder("P01-2")
    card(lab, "Giving up asking")
    lab.page.get_by_role("button", name="All its passages").click()
    lab.page.get_by_role("button", name="P01-1, line 3").first.click()
    lab.ready("P01-1")

    assert lab.page.locator(".sx-panel:visible").count() == 1
    assert lab.page.evaluate("getSelection().anchorNode.data").startswith("They never rang back.")


def test_a_study_without_codes_says_how_the_first_is_made(lab):
    (lab.study / "codebook.yaml").write_text("codes: {}\n", encoding="utf-8")
    (lab.study / "themes.yaml").write_text("themes: {}\n", encoding="utf-8")
    for old in (lab.study / "codings").iterdir():
        old.unlink()
    (lab.study / "decisions.jsonl").unlink()
    for memo in (lab.study / "memos").iterdir():
        memo.unlink()
    lab.coder()

    assert "There is no code yet. Select some words" in lab.page.locator(".sx-panel:visible").inner_text()
    lab.select("My sister")
    lab.give("Somebody else")
    assert lab.given() == [("somebody-else", "My sister")]
    assert "There is no code yet" not in lab.page.locator(".sx-side").inner_text()


def test_codes_are_found_by_a_part_of_their_name(lab):
    lab.coder()
    lab.page.get_by_role("tab", name="Codes", exact=True).click()
    lab.page.locator(".sx-find-code").fill("asking")

    assert [text.split("asking")[0] + "asking" for text in lab.page.locator(".sx-option").all_text_contents()] == ["Giving up asking", "Make the code “asking"]
