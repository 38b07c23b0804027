"""The review desk in JupyterLab: extracts judged and datasets searched by mouse and by keyboard, each act kept at once."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from sixphase.files import open_study
from sixphase.themes import standing


def desk(lab, theme: str = "silence-teaches") -> None:
    """Open the review desk at a theme and wait until it is there."""
    lab.open(f"import sixphase as sp\nstudy = sp.open_study({str(lab.study)!r})", f"sp.show.reviewer(sp.files.desk(study, by='am'), {theme!r})")
    lab.page.wait_for_selector('.sx-pane[data-ready="review"]')
    lab.page.locator(".sx-pane").scroll_into_view_if_needed()


def tab(lab, name: str) -> None:
    lab.page.get_by_role("tab", name=name).click()


def why(lab, words: str, save: str = "Save") -> None:
    lab.page.locator(".sx-drawer textarea").fill(words)
    lab.page.locator(".sx-drawer").get_by_role("button", name=save, exact=True).click()
    lab.saved()


def acts(lab) -> list[tuple]:
    """Kind and reason of the acts of review that stand on the disk."""
    told = standing(open_study(lab.study).reviews)
    return list(told[["kind", "because"]].fillna("").itertuples(index=False, name=None))


def current(lab) -> str:
    return lab.page.locator(".sx-extract-card mark").inner_text()


def test_extracts_come_in_the_shuffled_order_of_the_notebook_with_what_was_said_around_them(lab):
    from sixphase import themes

    desk(lab)
    study = open_study(lab.study)
    extracts = themes.extracts(study.theme_codes, study.codings, seed=7)

    assert current(lab) == extracts.loc[extracts["theme_id"] == "silence-teaches", "quotation"].iloc[0]
    lab.page.get_by_role("button", name="As a list").click()
    assert lab.page.locator(".sx-extract-card, .sx-extract-row").count() == (extracts["theme_id"] == "silence-teaches").sum()


def test_an_extract_is_kept_by_mouse_and_the_next_one_comes(lab):
    desk(lab)
    first = current(lab)
    lab.page.get_by_role("button", name="Keep (k)").click()
    lab.saved()

    assert acts(lab) == [("kept", "")]
    assert current(lab) != first
    assert "1 of" in lab.page.locator(".sx-tools").inner_text()


def test_extracts_are_judged_by_keyboard_alone(lab):
    desk(lab)
    lab.page.locator(".sx-extract-card").focus()
    lab.page.keyboard.press("k")
    lab.page.keyboard.press("d")  # a reason is asked for
    assert lab.page.evaluate("() => document.activeElement.getAttribute('aria-label')") == "Why"
    lab.page.keyboard.type("a topic only")
    for _ in range(2):
        lab.page.keyboard.press("Tab")
    lab.page.keyboard.press("Enter")
    lab.page.keyboard.press("b")
    lab.page.keyboard.press("ArrowRight")
    lab.page.keyboard.press("w")
    lab.saved()

    assert acts(lab) == [("kept", ""), ("dropped", "a topic only"), ("best fitting", ""), ("worst fitting", "")]
    assert lab.page.locator(".sx-extract-card:focus").count() == 1


def test_an_extract_is_moved_to_another_theme_with_a_reason(lab):
    desk(lab)
    lab.page.get_by_label("Why", exact=True).fill("others answered")
    lab.page.get_by_role("button", name="Move to (m)").click()
    lab.saved()
    moved = open_study(lab.study).reviews.iloc[-1]

    assert (moved["kind"], moved["to_theme"], moved["because"]) == ("moved", "others-know", "others answered")


def test_undo_takes_a_verdict_back_and_redo_gives_it_again(lab):
    desk(lab)
    first = current(lab)
    lab.page.get_by_label("Why", exact=True).fill("a topic only")
    lab.page.get_by_role("button", name="Drop (d)").click()
    lab.saved()
    lab.page.keyboard.press("Control+z")
    lab.saved()

    assert acts(lab) == [] and current(lab) == first
    assert lab.page.locator(".sx-extract-card .sx-verdict").inner_text() == "not judged yet"
    lab.page.get_by_role("button", name="↷ Redo").click()
    lab.saved()
    assert acts(lab) == [("dropped", "a topic only")]
    assert lab.page.locator(".sx-extract-card .sx-verdict").inner_text() == "dropped – a topic only (am)"


def test_a_transcript_is_opened_at_the_extract(lab):
    desk(lab)
    words = current(lab)
    lab.page.locator(".sx-extract-card .sx-place").click()
    lab.page.wait_for_selector(".sx-beside mark")

    assert lab.page.locator(".sx-beside mark").first.inner_text() in words


def test_an_absent_participant_is_looked_for_in_the_transcript(lab):
    desk(lab, "others-know")
    tab(lab, "Who is absent")
    lab.page.get_by_role("button", name="Open P02-1 to look for P02").or_(lab.page.locator(".sx-absent .sx-place")).first.click()
    lab.page.wait_for_selector(".sx-beside .sx-turn-read")
    lab.page.locator(".sx-beside").get_by_role("button", name="Say what stands there").click()
    why(lab, "speaks of the café alone")
    lab.page.locator(".sx-beside").get_by_role("button", name="Mark as read again").click()
    why(lab, "nothing that contradicts")

    assert acts(lab) == [("absent looked for", "speaks of the café alone"), ("re-read", "nothing that contradicts")]
    assert "speaks of the café alone" in lab.page.locator(".sx-absent").first.inner_text()


def test_two_extracts_that_pull_against_each_other_are_laid_side_by_side(lab):
    desk(lab)
    lab.page.locator(".sx-extract-card").focus()
    lab.page.keyboard.press("p")
    why(lab, "gave up, and did not", "Mark the pair")
    tab(lab, "What pulls against it")

    assert acts(lab) == [("pulls against", "gave up, and did not")]
    assert lab.page.locator(".sx-pair blockquote").count() == 2


def test_a_search_for_evidence_against_the_theme_is_kept_with_what_was_found(lab):
    desk(lab)
    tab(lab, "Evidence against it")
    form = lab.page.locator(".sx-search-form")
    assert "Nobody has searched" in lab.page.locator(".sx-panel:visible").first.inner_text()
    form.get_by_role("button", name="read the codes that oppose it").click()
    form.get_by_label("What stands there, or why there may be nothing").fill("one rang again")
    form.get_by_label("Search coded passages").fill("my sister")
    form.get_by_role("button", name="Search", exact=True).click()
    form.get_by_role("checkbox").first.or_(form.get_by_text("0 passages")).wait_for()
    found = form.get_by_role("checkbox").count()
    if not found:
        form.get_by_label("Search coded passages").fill("P02-1")
        form.get_by_role("button", name="Search", exact=True).click()
        form.get_by_role("checkbox").first.wait_for()
    form.get_by_role("checkbox").first.check()
    form.get_by_label("What it changed in the theme").fill("narrowed to those who are alone")
    form.get_by_role("button", name="Keep the search").click()
    lab.saved()
    kept = open_study(lab.study).reviews.iloc[-1]

    assert (kept["kind"], kept["how"], kept["found"], len(kept["contrary"]), kept["changed"]) == ("negative case", "read the codes that oppose it", "found", 1, "narrowed to those who are alone")
    assert "1 search on record" in lab.page.locator(".sx-panel:visible").first.inner_text()


def test_a_search_that_says_too_little_is_not_kept(lab):
    desk(lab)
    tab(lab, "Evidence against it")
    lab.page.get_by_role("button", name="Keep the search").click()

    assert lab.page.locator(".sx-live").inner_text() == "This is still to be said."
    assert not (lab.study / "reviews.jsonl").exists()


def test_a_decision_is_recorded_with_its_reason_and_where_it_leads_back_to(lab):
    desk(lab)
    tab(lab, "Decision")
    lab.page.get_by_role("button", name="Rework …").click()
    lab.page.get_by_label("Does it lead back?").select_option("2")
    lab.page.get_by_label("What else was considered, separated by ;").fill("drop it; merge it")
    why(lab, "it rests on one person", "Record the decision")
    last = open_study(lab.study).decisions.iloc[-1]

    assert (last["what"], last["phase"], last["back_to"], last["about"], last["alternatives"]) == (
        "Rework the theme “Silence teaches people not to ask”", 4, 2, ["theme:silence-teaches"], ["drop it", "merge it"])
    assert "back to phase 2" in lab.page.locator(".sx-panel:visible").first.inner_text()


def test_a_question_of_the_whole_dataset_is_answered_with_a_reason_by_keyboard(lab):
    desk(lab)
    tab(lab, "Questions")
    panel = lab.page.locator(".sx-panel:visible").first
    panel.get_by_role("button", name="Answer").first.focus()
    lab.page.keyboard.press("Enter")
    lab.page.get_by_label("What becomes of it").select_option("single")
    why(lab, "the name will say so", "Record the answer")
    last = open_study(lab.study).decisions.iloc[-1]

    assert last["what"].startswith("Keep, and say whose it is: ") and (last["phase"], last["about"]) == (4, ["theme:silence-teaches"])
    assert "1 answered" in panel.inner_text() and "the name will say so" in panel.inner_text()


def test_what_was_saved_is_there_when_the_desk_is_opened_again(lab):
    desk(lab)
    first = current(lab)
    lab.page.get_by_role("button", name="Keep (k)").click()
    lab.saved()
    desk(lab)

    assert current(lab) != first  # it opens at the first that nobody has judged
    lab.page.get_by_label("Which extracts").select_option("kept")
    assert current(lab) == first


def test_keys_at_the_desk_never_reach_jupyterlab(lab):
    desk(lab)
    cells = lab.page.locator(".jp-Notebook .jp-Cell").count()
    lab.page.locator(".sx-extract-card").focus()
    for key in ("a", "x", "z", "r", "y", "Escape"):
        lab.page.keyboard.press(key)
    lab.page.get_by_role("tab", name="Its extracts").focus()
    for key in ("d", "d", "b", "a", "x"):
        lab.page.keyboard.press(key)

    assert lab.page.locator(".jp-Notebook .jp-Cell").count() == cells
    assert lab.page.locator(".sx-pane").count() == 1


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_axe_finds_nothing_in_any_part_of_the_desk(lab, theme):
    desk(lab)
    lab.page.evaluate("(theme) => window.jupyterapp.commands.execute('apputils:change-theme', { theme })", theme)
    lab.page.wait_for_timeout(1200)
    try:
        for name in ("Its extracts", "Who is absent", "Questions", "What pulls against it", "Evidence against it", "Decision"):
            tab(lab, name)
            found = Axe().run(lab.page, context=".sx-pane").response["violations"]
            assert [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]] == [], name
    finally:
        lab.page.evaluate("() => window.jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab Light' })")
