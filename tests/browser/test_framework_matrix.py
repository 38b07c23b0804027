"""The framework matrix in JupyterLab: cells opened, summed up and linked by mouse and by keyboard, read by row and by column, each act kept."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from sixphase.files import append_summary, desk, open_study, withdraw_coding
from sixphase.themes import charted


@pytest.fixture
def plots(window, allotment):
    """JupyterLab with a private copy of the tiny study `allotment`."""
    window.study = Path(allotment)
    window.page.said.clear()
    return window


def matrix(lab) -> None:
    """Open the matrix and wait until it is there."""
    lab.open(f"import sixphase as sp\nstudy = sp.open_study({str(lab.study)!r})", "sp.show.charter(sp.files.desk(study, by='am'))")
    lab.page.wait_for_selector('.sx-pane[data-ready="matrix"]')
    lab.page.locator(".sx-pane").scroll_into_view_if_needed()


def at(lab, row: int, column: int):
    return lab.page.locator(f'[data-key="grid {row} {column}"]')


def cell(lab, person: str, source: str, theme: str) -> dict:
    """What stands in a cell on the disk."""
    stands = charted(open_study(lab.study).summaries).set_index(["participant_id", "source_id", "theme_id"])
    return stands.loc[(person, source, theme)].to_dict() if (person, source, theme) in stands.index else {}


def focused(lab) -> str:
    return lab.page.evaluate("() => document.activeElement.dataset.key ?? ''")


def test_a_cell_is_summed_up_by_mouse_linked_to_its_passage_and_undone(plots):
    matrix(plots)
    at(plots, 3, 2).click()  # P02, keeping: one passage, not yet charted
    form = plots.page.get_by_role("form", name="What the cell says")
    form.get_by_role("textbox", name="Sentence 1").fill("Nobody  gives P02: “anything” 😀.")
    form.get_by_role("button", name="Keep it").click()
    assert "rests on no passage yet" in plots.page.locator(".sx-live").inner_text() and not cell(plots, "P02", "P02-1", "keeping")
    form.get_by_role("button", name="Sentence 1 rests on passage 1").click()
    form.get_by_role("button", name="Keep it").click()
    plots.saved()

    kept = cell(plots, "P02", "P02-1", "keeping")
    assert (kept["state"], kept["sentences"][0]["says"], len(kept["sentences"][0]["codings"])) == ("summary", "Nobody  gives P02: “anything” 😀.", 1)
    assert at(plots, 3, 2).inner_text().startswith("Nobody") and "7 of 12 cells charted" in plots.page.locator(".sx-tools").inner_text()
    plots.page.get_by_role("button", name="↶ Undo").click()
    plots.saved()
    assert cell(plots, "P02", "P02-1", "keeping")["state"] == "not yet charted"
    plots.page.get_by_role("button", name="↷ Redo").click()
    plots.saved()
    assert cell(plots, "P02", "P02-1", "keeping")["sentences"] == kept["sentences"]


def test_cells_are_charted_by_keyboard_alone(plots):
    matrix(plots)
    at(plots, 1, 1).focus()
    for key in ("ArrowDown", "ArrowRight"):
        plots.page.keyboard.press(key)
    assert focused(plots) == "grid 2 2"  # P01-2, keeping: nothing is coded, not yet charted
    plots.page.keyboard.press("Enter")
    plots.page.wait_for_selector(".sx-cell select:focus")
    plots.page.keyboard.press("a")  # asked, nothing said
    plots.page.keyboard.press("Control+Enter")
    plots.saved()
    assert cell(plots, "P01", "P01-2", "keeping")["state"] == "asked, nothing said"
    assert focused(plots) == "grid 2 2"
    plots.page.keyboard.press("n")
    assert focused(plots) == "grid 3 2"
    plots.page.keyboard.press("Enter")
    plots.page.wait_for_selector(".sx-cell textarea:focus")
    plots.page.keyboard.type("She keeps to herself.")
    plots.page.keyboard.press("Tab")
    plots.page.keyboard.press("Space")
    plots.page.keyboard.press("Escape")  # back to the grid; what was begun waits
    assert focused(plots) == "grid 3 2"
    plots.page.keyboard.press("Enter")
    plots.page.wait_for_selector(".sx-cell textarea:focus")
    assert plots.page.get_by_role("textbox", name="Sentence 1").input_value() == "She keeps to herself."
    plots.page.keyboard.press("Control+Enter")
    plots.saved()

    assert cell(plots, "P02", "P02-1", "keeping")["sentences"][0]["says"] == "She keeps to herself."
    plots.page.keyboard.press("Control+z")
    plots.saved()
    assert cell(plots, "P02", "P02-1", "keeping")["state"] == "not yet charted" and focused(plots) == "grid 3 2"


def test_the_matrix_is_read_by_row_and_by_column_and_a_passage_leads_to_its_place(plots):
    matrix(plots)
    at(plots, 1, 0).click()
    assert plots.page.locator(".sx-beside").inner_text().count("P01-2") == 1 and "There is a meter now, and she stayed." in plots.page.locator(".sx-beside").inner_text()
    at(plots, 1, 1).focus()
    plots.page.keyboard.press("ArrowUp")
    plots.page.keyboard.press("Enter")
    assert "Coming to the plot, read down" in plots.page.locator(".sx-beside").inner_text() and "Eleven years on a list." in plots.page.locator(".sx-beside").inner_text()
    at(plots, 1, 2).click()
    plots.page.locator(".sx-passages .sx-place").first.click()
    plots.page.wait_for_selector(".sx-beside mark")

    assert plots.page.locator(".sx-beside mark").inner_text() == "seedlings they cannot bear to throw away"
    assert plots.page.get_by_role("textbox", name="Sentence 1").input_value() == "Neighbours give what they cannot throw away."


def test_a_passage_that_was_withdrawn_is_told_and_unlinked(plots):
    withdraw_coding(open_study(plots.study), "urn:test:allotment:2", by="am")
    matrix(plots)
    assert "1 to look at again" in plots.page.locator(".sx-tools").inner_text() and "look again" in at(plots, 1, 2).inner_text()
    at(plots, 1, 2).click()
    plots.page.wait_for_selector(".sx-cell .sx-sentence .sx-ask")
    assert "its passage was withdrawn" in plots.page.locator(".sx-cell").inner_text()
    plots.page.get_by_role("button", name="Sentence 1: unlink the passage that is gone").click()
    plots.page.get_by_label("This cell is").select_option("not yet charted")
    plots.page.get_by_role("button", name="Keep it").click()
    plots.saved()

    assert cell(plots, "P01", "P01-1", "keeping")["state"] == "not yet charted"
    assert "look at again" not in plots.page.locator(".sx-tools").inner_text()


def test_a_passage_that_was_changed_is_linked_again_and_one_that_stands_is_unlinked(plots):
    desk(open_study(plots.study), by="am").record({"id": "urn:test:shorter", "do": "give", "created": "2024-07-01T10:00:00Z", "source_id": "P01-1", "code_id": "given", "start": 175, "end": 184, "exact": "seedlings",
                                                   "replaces": "urn:test:allotment:2"})
    matrix(plots)
    at(plots, 1, 2).click()
    plots.page.get_by_role("button", name="Sentence 1: link the changed passage").click()
    plots.page.get_by_role("button", name="Keep it").click()
    plots.saved()
    assert cell(plots, "P01", "P01-1", "keeping")["sentences"][0]["codings"] == ["urn:test:shorter"]
    assert "look at again" not in plots.page.locator(".sx-tools").inner_text()

    plots.page.get_by_role("button", name="Sentence 1 rests on passage 1").click()
    plots.page.get_by_role("button", name="Keep it").click()
    assert "rests on no passage yet" in plots.page.locator(".sx-live").inner_text()
    assert cell(plots, "P01", "P01-1", "keeping")["sentences"][0]["codings"] == ["urn:test:shorter"]


def test_a_cell_that_somebody_else_charted_meanwhile_is_not_written_over(plots):
    matrix(plots)
    at(plots, 1, 1).click()
    plots.page.wait_for_selector(".sx-cell textarea:focus")
    append_summary(open_study(plots.study), "P01", "coming", [("Theirs.", ["urn:test:allotment:1"])], by="am")
    plots.page.get_by_role("textbox", name="Sentence 1").fill("Mine.")
    plots.page.keyboard.press("Control+Enter")
    plots.page.wait_for_selector('.sx-pane[data-failed="1"]')

    assert "somebody charted this cell meanwhile" in plots.page.locator(".sx-failed").inner_text()
    assert cell(plots, "P01", "P01-1", "coming")["sentences"][0]["says"] == "Theirs."
    plots.page.get_by_role("button", name="Let it go").click()


def test_keys_at_the_matrix_never_reach_jupyterlab(plots):
    matrix(plots)
    cells = plots.page.locator(".jp-Notebook .jp-Cell").count()
    for place in (at(plots, 1, 1), at(plots, 2, 0), plots.page.get_by_role("button", name="Next to chart")):
        place.focus()
        for key in ("d", "d", "b", "a", "x", "r", "Escape"):
            plots.page.keyboard.press(key)

    assert plots.page.locator(".jp-Notebook .jp-Cell").count() == cells and plots.page.locator(".sx-pane").count() == 1


@pytest.mark.parametrize("look", ["JupyterLab Light", "JupyterLab Dark"])
def test_axe_finds_nothing_on_the_matrix(plots, look):
    matrix(plots)
    plots.page.evaluate("(theme) => window.jupyterapp.commands.execute('apputils:change-theme', { theme })", look)
    plots.page.wait_for_timeout(1200)
    try:
        for row, column in ((1, 0), (0, 1), (1, 2), (2, 2)):
            at(plots, row, column).click()
            plots.page.wait_for_timeout(300)
            found = Axe().run(plots.page, context=".sx-pane").response["violations"]
            assert [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]] == [], (row, column)
    finally:
        plots.page.evaluate("() => window.jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab Light' })")


def test_what_is_charted_while_the_kernel_is_dead_is_kept_and_saved_by_the_next(alone, allotment):
    alone.study = Path(allotment)
    matrix(alone)
    at(alone, 2, 2).click()
    alone.page.wait_for_selector(".sx-cell select")
    dead = alone.kill_kernel()
    alone.page.get_by_label("This cell is").select_option("not asked")
    alone.page.get_by_label("This cell is").press("Control+Enter")
    pending = alone.page.locator(".sx-pane").get_attribute("data-pending")
    alone.run_again(dead, "matrix")
    alone.saved()

    assert pending == "1"
    assert cell(alone, "P01", "P01-2", "keeping")["state"] == "not asked" and len(open_study(alone.study).summaries) == 7
