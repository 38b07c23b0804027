"""The placing desk in JupyterLab: codings that a new version left without a place are placed, let go and taken back, by mouse and by keyboard."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from sixphase.exchange import importing
from sixphase.files import append_codings, open_study, to_review
from sixphase.files.new_versions import compare, replace_transcript

OLD = ("It was fine in the end.", "I would not say I gave up now", "I was learning to wait")
NEW = "INT: You have been seen now. Looking back 😀?\n\nP01: I would never say I gave up now, I was learnin to wait. And then a letter came, on a Monday.\n"


@pytest.fixture
def lab(window, opened, tmp_path):
    """JupyterLab with the tiny study in which P01-2 was replaced after three codings: one lost, two to review."""
    text = opened.texts["P01-2"]
    append_codings(opened, [{"source_id": "P01-2", "code_id": "unanswered", "start": text.index(words), "end": text.index(words) + len(words)} for words in OLD], coder_id="bo")
    (tmp_path / "new.txt").write_text(NEW, encoding="utf-8")
    study = open_study(opened.folder)
    replace_transcript(study, compare(study, "P01-2", importing.new_version(tmp_path / "new.txt", study, "P01-2").interviews[0]), confirmed="in a test")
    window.study = opened.folder
    window.page.said.clear()
    window.open(f"import sixphase as sp\nstudy = sp.open_study({str(window.study)!r})", "sp.show.placer(sp.files.desk(study, by='bo'))")
    window.page.wait_for_selector('.sx-pane[data-ready="placing"]')
    window.page.locator(".sx-pane").scroll_into_view_if_needed()
    window.page.wait_for_selector(".sx-choosing")
    return window


def waiting(lab) -> set[str]:
    """The old words of what waits for bo, on the disk."""
    table = to_review(open_study(lab.study))
    return set(table.loc[table["coder_id"] == "bo", "quotation"])


def stands(lab) -> set[str]:
    return {words for _, words in lab.given("P01-2", by="bo")}


def card(lab, words: str) -> None:
    """Turn to the card of some old words."""
    for _ in range(3):
        if words in lab.page.locator(".sx-versions mark").first.inner_text():
            lab.page.wait_for_selector(".sx-choosing")
            return
        lab.page.get_by_role("button", name="Leave for now ›").click()
    raise AssertionError(f"no card shows {words}")


def test_a_proposal_is_accepted_by_mouse_and_undone(lab):
    assert waiting(lab) == set(OLD) and stands(lab) == set()
    card(lab, OLD[2])
    assert lab.page.locator(".sx-versions del").all_inner_texts() == ["learning"]
    assert lab.page.locator(".sx-versions ins").all_inner_texts() == ["learnin"]
    lab.page.get_by_role("button", name="Accept this place (a)").click()
    lab.saved()
    assert stands(lab) == {"I was learnin to wait"} and waiting(lab) == set(OLD[:2])

    lab.page.get_by_role("button", name="↶ Undo").click()
    lab.saved()
    assert stands(lab) == set() and waiting(lab) == set(OLD)
    lab.page.get_by_role("button", name="↷ Redo").click()
    lab.saved()
    assert stands(lab) == {"I was learnin to wait"}


def test_another_place_is_chosen_by_dragging_the_mouse_over_words(lab):
    card(lab, OLD[0])
    assert lab.page.get_by_role("button", name="Accept this place (a)").is_disabled()
    left, top, right = lab.page.evaluate("""async (words) => { for (const span of document.querySelectorAll('.sx-choosing [data-start]')) { const at = span.textContent.indexOf(words); if (at < 0) continue;
      span.scrollIntoView({ block: 'center' });
      const node = [...span.childNodes].find((one) => one.textContent.includes(words)), inner = node.firstChild ?? node, range = new Range();
      range.setStart(inner, inner.data.indexOf(words)); range.setEnd(inner, inner.data.indexOf(words) + words.length);
      const box = () => range.getBoundingClientRect();
      for (let before = '', now = ' ', tries = 0; before !== now && tries < 25; tries++) { before = now; await new Promise((still) => setTimeout(still, 80)); now = JSON.stringify(box()); }
      return [box().left, box().top + box().height / 2, box().right]; } }""", "a letter")
    lab.page.mouse.move(left + 1, top)
    lab.page.mouse.down()
    lab.page.mouse.move(right - 0.5, top, steps=3)
    lab.page.mouse.up()
    lab.page.get_by_role("button", name="Place it here").click()
    lab.saved()

    assert stands(lab) == {"a letter"}


def test_all_is_done_by_keyboard_alone(lab):
    card(lab, OLD[0])
    lab.page.locator("article.sx-extract-card").focus()
    lab.page.keyboard.press("n")
    lab.page.keyboard.type("taken back by the participant")
    lab.page.keyboard.press("Tab")
    lab.page.keyboard.press("Enter")
    lab.saved()
    assert waiting(lab) == set(OLD[1:])

    card(lab, OLD[1])
    lab.page.locator("article.sx-extract-card").focus()
    lab.page.keyboard.press("o")
    lab.page.keyboard.type("then a LETTER")
    lab.page.keyboard.press("Enter")
    lab.page.get_by_role("button", name="Start later ▸").press("Enter")
    lab.page.get_by_role("button", name="End later ▸").press("Enter")
    lab.page.get_by_role("button", name="Place it here").press("Enter")
    lab.saved()
    assert len(stands(lab)) == 1 and stands(lab) <= {"a letter came", "then a letter came"}

    lab.page.locator("article.sx-extract-card").focus()
    lab.page.keyboard.press("a")
    lab.saved()
    assert waiting(lab) == set() and "I was learnin to wait" in stands(lab)
    assert "Every coding of yours has its place" in lab.page.locator(".sx-main").inner_text()


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_axe_finds_nothing_at_the_placing_desk(lab, theme):
    lab.page.evaluate("(theme) => window.jupyterapp.commands.execute('apputils:change-theme', { theme })", theme)
    lab.page.wait_for_timeout(1200)
    try:
        found = Axe().run(lab.page, context=".sx-pane").response["violations"]
        assert [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]] == []
    finally:
        lab.page.evaluate("() => window.jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab Light' })")
