"""The definition cards in JupyterLab: filled in by mouse and by keyboard, kept word for word, and final only when nothing is missing."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from driver import eventually
from sixphase.files import append_review, open_study


def cards(lab, theme: str = "") -> None:
    """Open the cards and wait until they are there."""
    lab.open(f"import sixphase as sp\nstudy = sp.open_study({str(lab.study)!r})", f"sp.show.definer(sp.files.desk(study, by='am'), {theme!r})")
    lab.page.wait_for_selector('.sx-pane[data-ready="cards"]')
    lab.page.locator(".sx-pane").scroll_into_view_if_needed()


def theme(lab, theme_id: str = "silence-teaches") -> dict:
    """A theme as it stands on the disk."""
    return open_study(lab.study).themes.set_index("theme_id").loc[theme_id].to_dict()


def part(lab, label: str):
    return lab.page.get_by_role("region", name=label, exact=True)


def write(lab, label: str, words: str, why: str = "") -> None:
    """Write a part in its place, by mouse."""
    part(lab, label).get_by_role("button", name=f": {label}").click()
    part(lab, label).get_by_role("textbox").first.fill(words)
    if why:
        part(lab, label).get_by_label(f"Why it is changed: {label}").fill(why)
    part(lab, label).get_by_role("button", name="Keep it").click()
    lab.saved()


def focused(lab) -> str:
    return lab.page.evaluate("() => document.activeElement.dataset.key ?? ''")


def test_a_part_is_written_in_its_place_word_for_word_and_undone(lab):
    cards(lab)
    words = "“Both”: the wait & the # shame 😀\n  - and what follows: <b>nothing</b>"
    write(lab, "Tensions and contradictions", words)
    assert theme(lab)["tensions"] == words
    assert part(lab, "Tensions and contradictions").locator(".sx-written").inner_text() == words

    lab.page.get_by_role("button", name="↶ Undo").click()
    lab.saved()
    assert theme(lab)["tensions"] != theme(lab)["tensions"]  # missing again
    lab.page.get_by_role("button", name="↷ Redo").click()
    lab.saved()
    assert theme(lab)["tensions"] == words
    assert open_study(lab.study).definitions["text"].fillna("").tolist() == [words, "", words]


def test_a_card_is_filled_in_by_keyboard_alone(lab):
    cards(lab)
    part(lab, "Name").focus()
    lab.page.keyboard.press("ArrowDown")
    assert focused(lab) == "concept"
    lab.page.keyboard.press("Enter")
    lab.page.keyboard.press("Control+a")
    lab.page.keyboard.type("Silence is heard as an answer.")
    lab.page.keyboard.press("Tab")
    lab.page.keyboard.type("the first said too much")
    lab.page.keyboard.press("Control+Enter")
    lab.saved()
    assert focused(lab) == "concept"
    lab.page.keyboard.press("n")
    lab.page.keyboard.press("Control+a")
    lab.page.keyboard.type("Barriers and support")
    lab.page.keyboard.press("Tab")
    lab.page.keyboard.type("to try it")
    lab.page.keyboard.press("Tab")
    lab.page.keyboard.press("Enter")
    lab.saved()

    stands = theme(lab)
    assert (stands["concept"], stands["name"]) == ("Silence is heard as an answer.", "Barriers and support")
    assert "names an area of talk" in part(lab, "Name").inner_text() and "Name what is claimed" in part(lab, "Name").inner_text()
    assert open_study(lab.study).definitions["because"].tolist() == ["the first said too much"]
    assert [entry.get("was") for entry in stands["history"]][-1] == "Silence teaches people not to ask"
    assert part(lab, "Name").get_by_text("2 names so far").count() == 1
    assert part(lab, "Central organising concept").get_by_text("1 earlier wording").count() == 0  # the first wording was written by hand


def test_extracts_are_chosen_with_a_reason_put_in_order_and_taken_off(lab):
    cards(lab)
    lab.page.get_by_role("button", name="Choose from its extracts").click()
    choice = lab.page.locator(".sx-choice", has=lab.page.locator("form")).first
    choice.get_by_role("button", name="Put it on the list").click()
    assert lab.page.locator(".sx-live").inner_text().startswith("Say why first")
    choice.locator("textarea").fill("it has the turn in it")
    choice.get_by_role("button", name="Put it on the list").click()
    lab.saved()
    chosen = [extract["coding"] for extract in theme(lab)["extracts"]]
    assert chosen[:2] == ["urn:test:3", "urn:test:6"] and theme(lab)["extracts"][2]["because"] == "it has the turn in it"
    assert "3 extracts from 2 of 2 participants and 2 of 2 groups; heard in the theme: 1 participant of 1 group." in part(lab, "Extract shortlist").inner_text()
    assert "More than a quarter of it is from P01 (2 of 3): whose theme is it?" in part(lab, "Extract shortlist").inner_text()
    assert "may not be quoted" in lab.page.locator('[data-coding="urn:test:6"]').inner_text()

    lab.page.locator(".sx-short-item").nth(2).focus()
    lab.page.keyboard.press("Shift+ArrowUp")
    lab.saved()
    assert [extract["coding"] for extract in theme(lab)["extracts"]] == [chosen[0], chosen[2], chosen[1]]
    lab.page.locator(".sx-grip").nth(2).evaluate("(grip) => grip.scrollIntoView({ block: 'center' })")  # near an edge the page would scroll under the mouse
    grip = lab.page.locator(".sx-grip").nth(2).bounding_box()
    lab.page.mouse.move(grip["x"] + 4, grip["y"] + 6)
    lab.page.mouse.down()
    lab.page.mouse.move(grip["x"] + 8, grip["y"] - 20, steps=4)
    above = lab.page.locator(".sx-short-item").nth(1).bounding_box()
    lab.page.mouse.move(above["x"] + 14, above["y"] + above["height"] / 2, steps=12)
    lab.page.mouse.up()
    assert eventually(lambda: [extract["coding"] for extract in theme(lab)["extracts"]], chosen) == chosen  # an act begins only after the drag has ended
    lab.saved()
    lab.page.locator(".sx-short-item").nth(2).focus()
    lab.page.keyboard.press("Delete")
    lab.saved()
    assert [extract["coding"] for extract in theme(lab)["extracts"]] == chosen[:2]


def test_a_theme_is_called_final_only_when_nothing_is_missing_and_what_is_missing_is_told_with_the_way_to_fill_it(lab):
    append_review(open_study(lab.study), "negative case", by="am", theme_id="silence-teaches", claim="c", how="all read", found="none found", because="nothing", changed="nothing")
    cards(lab)
    lab.page.get_by_role("button", name="Call final").click()
    refusal = lab.page.get_by_role("group", name="Not final yet")
    assert refusal.locator("li").count() == 3 and "Say what each adds to the whole" in refusal.inner_text()
    refusal.get_by_role("button", name="Go there: what pulls within it").click()
    assert focused(lab) == "tensions"
    for label in ("Why these subthemes", "Tensions and contradictions", "What was looked for against it"):
        write(lab, label, f"{label}: said.")
    assert part(lab, "What this card still lacks").inner_text() == "Nothing is missing from this card."
    lab.page.get_by_role("button", name="Call final").click()
    lab.page.locator(".sx-drawer").get_by_role("button", name="Call it final").click()
    lab.saved()

    assert theme(lab)["status"] == "final" and theme(lab)["history"][-1]["what"] == "called final"


def test_words_begun_are_there_again_and_words_of_another_window_are_not_written_over(lab):
    from sixphase.files import append_definition

    cards(lab)
    part(lab, "Central organising concept").locator(".sx-written").click()
    lab.page.keyboard.press("Control+a")
    lab.page.keyboard.type("mine")
    append_definition(open_study(lab.study), "silence-teaches", "concept", "theirs", by="am")
    cards(lab)
    assert part(lab, "Central organising concept").get_by_role("textbox").first.input_value() == "mine"
    part(lab, "Central organising concept").get_by_role("button", name="Keep it").click()
    lab.page.wait_for_selector('.sx-pane[data-failed="1"]')

    assert "somebody wrote here meanwhile" in lab.page.locator(".sx-failed").inner_text() and theme(lab)["concept"] == "theirs"
    lab.page.get_by_role("button", name="Let it go").click()


def test_keys_at_the_cards_never_reach_jupyterlab(lab):
    cards(lab)
    cells = lab.page.locator(".jp-Notebook .jp-Cell").count()
    for place in (part(lab, "Name"), part(lab, "Extract shortlist"), lab.page.locator(".sx-short-item").first, lab.page.get_by_role("button", name="Call final")):
        place.focus()
        for key in ("d", "d", "b", "a", "x", "r", "Escape"):
            lab.page.keyboard.press(key)

    assert lab.page.locator(".jp-Notebook .jp-Cell").count() == cells and lab.page.locator(".sx-pane").count() == 1


@pytest.mark.parametrize("look", ["JupyterLab Light", "JupyterLab Dark"])
def test_axe_finds_nothing_on_the_cards(lab, look):
    cards(lab)
    lab.page.evaluate("(theme) => window.jupyterapp.commands.execute('apputils:change-theme', { theme })", look)
    lab.page.wait_for_timeout(1200)
    try:
        for step in ("Call final", "Choose from its extracts", "Write it anew: Central organising concept", "Keys"):
            lab.page.get_by_role("button", name=step, exact=True).click()
            lab.page.wait_for_timeout(300)
            found = Axe().run(lab.page, context=".sx-pane").response["violations"]
            assert [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]] == [], step
        lab.page.get_by_role("button", name="Leave it").first.click()
    finally:
        lab.page.evaluate("() => window.jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab Light' })")


def test_what_is_written_while_the_kernel_is_dead_is_kept_and_saved_by_the_next(alone):
    cards(alone)
    part(alone, "Tensions and contradictions").get_by_role("button", name="Write it: Tensions").click()
    words = part(alone, "Tensions and contradictions").get_by_role("textbox").first
    dead = alone.kill_kernel()
    words.fill("both are said")  # by element: JupyterLab may tell of the dead kernel in a dialog over it
    words.press("Control+Enter")
    pending = alone.page.locator(".sx-pane").get_attribute("data-pending")
    alone.run_again(dead, "cards")
    alone.saved()

    assert pending == "1"
    assert theme(alone)["tensions"] == "both are said" and len(open_study(alone.study).definitions) == 1
