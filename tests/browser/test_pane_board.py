"""The theme board in JupyterLab: used by mouse and by keyboard, kept at once, undone, and read by a screen reader."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from sixphase.files import open_study

SHOW = "sp.show.board(sp.files.desk(study, by='am'))"


def board(lab) -> None:
    """Open the board and wait until it is there."""
    lab.open(f"import sixphase as sp\nstudy = sp.open_study({str(lab.study)!r})", SHOW)
    lab.page.wait_for_selector('.sx-pane[data-ready="board"]')
    lab.page.locator(".sx-pane").scroll_into_view_if_needed()


def card(lab, name: str, theme: str | None = None):
    """The card of a code, in one theme (or on the pile, "")."""
    where = "" if theme is None else f'[data-in="{theme}"]'
    return lab.page.locator(f".sx-card-name{where}", has_text=name).first


def drag(lab, name: str, theme: str) -> None:
    """Drag a card into the list of a theme with the mouse."""
    start, end = card(lab, name).bounding_box(), lab.page.locator(f'.sx-cards[data-theme="{theme}"]').bounding_box()
    x, y = start["x"] + 20, start["y"] + 10
    lab.page.mouse.move(x, y)
    lab.page.mouse.down()
    lab.page.mouse.move(x + 12, y + 12, steps=4)
    lab.page.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] - 6, steps=12)
    lab.page.mouse.up()
    lab.page.wait_for_function("([code, theme]) => [...document.querySelectorAll('.sx-card-name')].some((made) => made.textContent.startsWith(code) && made.dataset.in === theme)", arg=[name, theme])
    lab.saved()


def grouping(lab) -> dict[str, list[str]]:
    """The codes of each theme, as they stand on the disk."""
    return {theme["theme_id"]: list(theme["codes"] or []) for theme in open_study(lab.study).themes.to_dict("records")}


def menu(lab, what: str, theme: str) -> None:
    lab.page.get_by_role("button", name=f"{what}: {theme}", exact=True).click()


def submit(lab, save: str, why: str = "", **fields: str) -> None:
    form = lab.page.locator(".sx-drawer form")
    for label, value in fields.items():
        field = form.get_by_label(label.replace("_", " "), exact=True)
        field.select_option(value) if field.evaluate("(made) => made.tagName") == "SELECT" else field.fill(value)
    if why:
        form.locator("textarea").fill(why)
    form.get_by_role("button", name=save, exact=True).click()
    lab.saved()


def focused(lab) -> str:
    return lab.page.evaluate("() => document.activeElement.dataset.key ?? ''")


def test_a_card_is_dragged_with_the_mouse_and_the_reason_is_given_after_it(lab):
    board(lab)
    drag(lab, "Feeling a nuisance", "others-know")
    lab.page.get_by_label("Why this move (optional)").fill("others answer where the service did not")
    lab.page.keyboard.press("Enter")
    lab.saved()

    assert grouping(lab)["others-know"] == ["helpers", "nuisance"] and grouping(lab)["shrinking"] == ["giving-up"]
    assert open_study(lab.study).moves["because"].dropna().tolist() == ["others answer where the service did not"]


def test_a_card_is_moved_by_keyboard_alone_and_keeps_the_focus(lab):
    board(lab)
    card(lab, "Calling into silence").focus()
    lab.page.keyboard.press("ArrowDown")
    assert focused(lab).startswith("card giving-up")
    lab.page.keyboard.press("m")
    lab.page.keyboard.press("O")  # Others hold the dates
    lab.page.keyboard.press("Tab")
    lab.page.keyboard.type("they went elsewhere")
    lab.page.keyboard.press("Tab")
    lab.page.keyboard.press("Enter")
    lab.saved()

    assert grouping(lab)["others-know"] == ["helpers", "giving-up"]
    assert focused(lab) == "card giving-up others-know"
    assert lab.page.locator(".sx-live").inner_text() == "Giving up asking: from Asking shrinks to Others hold the dates"
    assert open_study(lab.study).moves["because"].tolist() == ["they went elsewhere"]


def test_undo_and_redo_are_acts_and_leave_the_grouping_as_it_was(lab):
    board(lab)
    before = {theme: sorted(codes) for theme, codes in grouping(lab).items()}
    drag(lab, "Feeling a nuisance", "others-know")
    lab.page.get_by_label("Why this move (optional)").fill("a reason")
    lab.page.keyboard.press("Enter")
    lab.saved()
    lab.page.keyboard.press("Control+z")
    lab.saved()
    undone = {theme: sorted(codes) for theme, codes in grouping(lab).items()}
    lab.page.get_by_role("button", name="↷ Redo").click()
    lab.saved()

    assert undone == before
    assert sorted(grouping(lab)["others-know"]) == ["helpers", "nuisance"] and grouping(lab)["shrinking"] == ["giving-up"]
    assert set(open_study(lab.study).moves["kind"]) == {"code moved", "taken back"}


def test_themes_are_made_renamed_placed_split_merged_and_let_go(lab):
    board(lab)
    lab.page.get_by_role("button", name="New theme").click()
    submit(lab, "Make it", "a letter is an answer, too", Name="Paper answers")
    menu(lab, "Rename", "Paper answers")
    submit(lab, "Save", Name="Paper that answers")
    menu(lab, "Place", "Paper that answers")
    submit(lab, "Save", Place="silence-teaches")
    menu(lab, "Split", "Asking shrinks")
    lab.page.locator(".sx-drawer").get_by_label("Feeling a nuisance").check()
    submit(lab, "Save", "two ideas", Name_of_the_new_theme="Being a burden")
    menu(lab, "Merge", "Paper that answers")
    submit(lab, "Merge", "no code stands behind it", Into="others-know")
    study = open_study(lab.study)
    themes = study.themes.set_index("theme_id")

    assert themes.loc["paper-answers", ["name", "status"]].tolist() == ["Paper that answers", "let go"]
    assert themes.loc["being-a-burden", ["parent", "codes"]].tolist() == ["silence-teaches", ["nuisance"]]
    assert "no code stands behind it" in study.moves["because"].tolist()
    menu(lab, "Let go", "Others hold the dates")
    submit(lab, "Let go")  # without a reason: it is asked for
    assert lab.page.locator(".sx-drawer form").count() == 1
    submit(lab, "Let go", "one voice")
    assert card(lab, "Others carry the knowledge", "").count() == 1  # its code lies on the pile again
    lab.page.get_by_role("button", name="Take up again: Others hold the dates").click()
    lab.saved()
    assert open_study(lab.study).themes.set_index("theme_id").loc["others-know", "status"] == "candidate"


def test_a_line_of_the_map_is_drawn_with_its_words(lab):
    board(lab)
    lab.page.get_by_role("button", name="Lines of the map").click()
    lab.page.get_by_role("button", name="New line").click()
    submit(lab, "Save", "who asks less asks others", From="shrinking", To="others-know", **{"Its words, such as feeds, or opposes": "sends people to"})

    assert open_study(lab.study).relations[["from", "to", "label", "because"]].to_numpy().tolist() == [["shrinking", "others-know", "sends people to", "who asks less asks others"]]
    lab.page.get_by_role("button", name="↶ Undo").click()
    lab.saved()
    assert open_study(lab.study).relations.empty


def test_a_subtheme_is_dragged_under_another_theme_and_the_reason_is_given_after_it(lab):
    board(lab)
    start, end = lab.page.locator('[data-subtheme="shrinking"] h5').bounding_box(), lab.page.locator('[data-theme-column="others-know"] .sx-column-body').bounding_box()
    lab.page.mouse.move(start["x"] + 20, start["y"] + 6)
    lab.page.mouse.down()
    lab.page.mouse.move(start["x"] + 34, start["y"] + 18, steps=4)
    lab.page.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2, steps=12)
    lab.page.mouse.up()
    lab.page.wait_for_selector('[data-theme-column="others-know"] [data-subtheme="shrinking"]')
    lab.page.get_by_label("Why this move (optional)").fill("others are asked instead")
    lab.page.keyboard.press("Enter")
    lab.saved()

    placed = open_study(lab.study).themes.set_index("theme_id").loc["shrinking"]
    assert placed["parent"] == "others-know" and placed["codes"] == ["giving-up", "nuisance"]
    assert focused(lab) == "Place shrinking"
    lab.page.get_by_role("button", name="↶ Undo").click()
    lab.saved()
    assert open_study(lab.study).themes.set_index("theme_id").loc["shrinking", "parent"] == "silence-teaches"


def test_a_card_shows_what_the_code_means_its_extracts_and_their_place(lab):
    board(lab)
    card(lab, "Giving up asking").click()
    lab.page.get_by_role("button", name="Show its extracts").click()
    lab.page.locator(".sx-place").first.click()

    assert lab.page.locator(".sx-beside mark").inner_text() == "I gave up."


def test_an_earlier_board_can_be_read_and_not_changed(lab):
    from sixphase.files import append_move

    append_move(open_study(lab.study), "code moved", by="am", created="2024-03-01T10:00:00Z", code_id="giving-up", from_theme="shrinking", theme_id="others-know", because="a first thought")
    append_move(open_study(lab.study), "code moved", by="am", created="2024-03-02T10:00:00Z", code_id="giving-up", from_theme="others-know", theme_id="shrinking")
    board(lab)
    lab.page.get_by_label("The board on a day").select_option("2024-03-01")
    lab.page.wait_for_selector(".sx-past")

    assert card(lab, "Giving up asking", "others-know").count() == 1
    assert "a first thought" in lab.page.locator(".sx-beside").inner_text()
    assert not lab.page.locator(".sx-card-move, .sx-menu button").count()
    lab.page.get_by_label("The board on a day").select_option("")
    lab.page.wait_for_selector('.sx-card-name[data-in="shrinking"][data-code="giving-up"]')


def test_what_was_saved_is_there_when_the_board_is_opened_again(lab):
    board(lab)
    drag(lab, "Feeling a nuisance", "others-know")
    board(lab)

    assert card(lab, "Feeling a nuisance", "others-know").count() == 1


def test_keys_on_the_board_never_reach_jupyterlab(lab):
    board(lab)
    cells = lab.page.locator(".jp-Notebook .jp-Cell").count()
    card(lab, "Calling into silence").focus()
    for key in ("d", "d", "b", "a", "Escape", "r", "x", "Escape"):
        lab.page.keyboard.press(key)
    lab.page.get_by_role("button", name="New theme").focus()
    for key in ("d", "d", "b", "x"):
        lab.page.keyboard.press(key)

    assert lab.page.locator(".jp-Notebook .jp-Cell").count() == cells
    assert lab.page.locator(".sx-pane").count() == 1


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_axe_finds_nothing_on_the_board(lab, theme):
    board(lab)
    lab.page.evaluate("(theme) => window.jupyterapp.commands.execute('apputils:change-theme', { theme })", theme)
    lab.page.wait_for_timeout(1200)
    try:
        for step in ("Keys", "Lines of the map", "New theme"):
            lab.page.get_by_role("button", name=step, exact=True).click()
            found = Axe().run(lab.page, context=".sx-pane").response["violations"]
            assert [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]] == [], step
    finally:
        lab.page.evaluate("() => window.jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab Light' })")


def test_a_refused_move_is_told_and_the_card_goes_back(lab):
    board(lab)
    from sixphase.files import append_move

    append_move(open_study(lab.study), "theme placed", by="am", theme_id="shrinking")  # in another window
    append_move(open_study(lab.study), "theme placed", by="am", theme_id="silence-teaches", parent="others-know")
    menu(lab, "Place", "Others hold the dates")
    lab.page.locator(".sx-drawer").get_by_label("Place", exact=True).select_option("silence-teaches")
    lab.page.locator(".sx-drawer").get_by_role("button", name="Save").click()

    lab.page.wait_for_selector('.sx-pane[data-failed="1"]')
    assert "has the subtheme" in lab.page.locator(".sx-failed").inner_text() or "two levels" in lab.page.locator(".sx-failed").inner_text()
    lab.page.get_by_role("button", name="Let it go").click()
    assert lab.page.get_by_role("region", name="Subtheme: Silence teaches people not to ask").count() == 1


def test_no_words_of_a_participant_are_part_of_the_widgets_state(opened):
    import json

    from sixphase import files, show

    made = show.board(files.desk(opened, by="am"))
    state = json.dumps({name: value for name, value in made.get_state().items() if name not in ("_esm", "_css")}, default=str)

    assert "rang back" not in state and "gave up" not in state


def test_moves_made_while_the_kernel_is_dead_are_kept_and_saved_by_the_next(alone):
    board(alone)
    dead = alone.kill_kernel()
    card(alone, "Giving up asking").focus()
    alone.page.keyboard.press("m")
    alone.page.locator(".sx-drawer").get_by_label("To", exact=True).select_option("others-know")
    alone.page.locator(".sx-drawer").get_by_role("button", name="Move", exact=True).click()
    pending = alone.page.locator(".sx-pane").get_attribute("data-pending")
    alone.run_again(dead, "board")
    alone.saved()

    assert pending == "1"
    assert grouping(alone)["others-know"] == ["helpers", "giving-up"] and len(open_study(alone.study).moves) == 1
