"""The names desk in JupyterLab: decided about by mouse and by keyboard, stored outside the study, unseen by the notebook."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from sixphase import files
from sixphase.cases import Interview

KEY = "key/names.csv"


@pytest.fixture
def desk(lab):
    told = "INT: Who helped?\n\nP09: Margaret Osei, in Goole. Then Margaret rang Dr Mbeki.\n"
    files.add_interviews(files.open_study(lab.study), [Interview(source_id="P09-1", text=told, participants=["P09"], interviewers=["INT"], raw=told.encode(), format="txt", encoding="utf-8")],
                         confirmed="looked at")
    key = lab.study.parent / KEY
    lab.open(f"import sixphase as sp\nstudy = sp.open_study({str(lab.study)!r})", f"sp.show.names(sp.files.names_desk(study, {str(key)!r}))")
    lab.page.wait_for_selector('.sx-pane[data-ready="names"]', timeout=60000)
    lab.key = key
    return lab


def decided(desk) -> dict[str, tuple[str, str]]:
    desk.saved()
    forms = files.read_key(desk.key, desk.study)
    return {row.form: (row.decision, row.replacement) for row in forms.itertuples()}


def first(desk) -> str:
    return desk.page.locator(".sx-forms strong").first.inner_text()


def test_a_decision_by_mouse_is_in_the_key_list_when_it_says_saved(desk):
    form = first(desk)
    desk.page.get_by_role("button", name=f"Replace: {form}").click()

    assert decided(desk)[form][0] == "replace"


def test_a_decision_by_keyboard_with_words_of_ones_own(desk):
    form = first(desk)
    words = desk.page.locator("input[data-place$=' words']").first
    words.fill("[a helper]")
    words.press("Tab")
    desk.saved()
    button = desk.page.get_by_role("button", name=f"Keep: {form}")
    button.focus()
    button.press("Enter")

    assert decided(desk)[form] == ("keep", "[a helper]")


def test_words_that_hold_the_name_are_refused_with_a_sentence(desk):
    form = first(desk)
    words = desk.page.locator("input[data-place$=' words']").first
    words.fill(f"[{form}]")
    desk.page.get_by_role("button", name=f"Replace: {form}").click()

    desk.page.wait_for_selector('.sx-pane[data-failed]:not([data-failed="0"])')
    assert "holds the name itself" in desk.page.locator(".sx-failed").first.inner_text()
    for _ in range(desk.page.get_by_role("button", name="Let it go").count()):
        desk.page.get_by_role("button", name="Let it go").first.click()


def test_keys_pressed_at_the_desk_never_reach_jupyterlab(desk):
    cells = desk.page.locator(".jp-Notebook .jp-Cell").count()
    desk.page.get_by_role("button", name=f"Keep: {first(desk)}").focus()
    for key in ("d", "d", "b", "r"):
        desk.page.keyboard.press(key)

    assert desk.page.locator(".jp-Notebook .jp-Cell").count() == cells


def test_no_name_is_in_the_notebook_or_in_the_widget_s_state(desk):
    form = first(desk)
    saved = desk.page.evaluate("() => JSON.stringify(window.jupyterapp.shell.currentWidget.content.model.toJSON())")
    outputs = [output for cell in json.loads(saved)["cells"] for output in cell.get("outputs", [])]

    assert outputs
    assert form not in json.dumps(outputs)


def test_nobody_is_shut_out(desk):
    desk.page.evaluate("() => document.querySelector('.sx-pane').setAttribute('id', 'names-desk')")

    assert Axe().run(desk.page, context="#names-desk").response["violations"] == []
