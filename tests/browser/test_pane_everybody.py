"""Nobody is left out, and nothing leaves: screen readers, no mouse, no colour, dark, 200 % zoom; storage, network, saved notebooks."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe


def violations(lab) -> list[str]:
    found = Axe().run(lab.page, context=".sx-pane").response["violations"]
    return [f"{one['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_axe_finds_nothing_in_any_part_of_the_pane(lab, theme):
    lab.coder()
    lab.page.evaluate("(theme) => window.jupyterapp.commands.execute('apputils:change-theme', { theme })", theme)
    lab.page.wait_for_selector(f'body[data-jp-theme-name="{theme}"]', state="attached")
    lab.click_on("gave up")
    try:
        for tab in ("Passage", "Codes", "Memos", "Search", "Coders", "Reading", "Help"):
            lab.page.locator(".sx-tabs").get_by_role("tab", name=tab, exact=True).click()
            if tab == "Codes":
                lab.page.locator(".sx-option").first.click()
            if tab == "Memos":
                lab.page.get_by_role("button", name="New memo").click()
            assert violations(lab) == [], tab
    finally:
        lab.page.evaluate("() => window.jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab Light' })")


def test_axe_finds_nothing_at_the_reading_desk(lab):
    lab.coder(how="reader")
    lab.page.get_by_label("Interview beside it").select_option("P01-2")
    lab.page.wait_for_selector(".sx-transcript >> nth=1")

    assert violations(lab) == []


def test_each_coding_is_told_to_a_screen_reader(lab):
    lab.coder()

    told = lab.page.locator(".sx-chip").evaluate_all("(chips) => chips.map((chip) => chip.getAttribute('aria-label'))")
    assert "Feeling a nuisance, given by am, note: said without being asked: “You feel you are a nuisance 😀 so you stop asking.”" in told
    assert len(told) == 6


def test_what_happens_is_announced(lab):
    lab.coder()
    lab.select("My sister")
    lab.give("Others carry")

    assert lab.page.locator(".sx-live").inner_text() == "Others carry the knowledge given to “My sister”"


def test_everything_is_reached_with_the_tab_key_alone(lab):
    lab.coder()
    lab.page.get_by_label("Interview before").focus()
    reached = set()
    for _ in range(60):
        reached.add(lab.page.evaluate("() => { const at = document.activeElement; return at.getAttribute('aria-label') || at.textContent.slice(0, 30) || at.placeholder; }"))
        lab.page.keyboard.press("Tab")

    assert {"Interview", "Highlighter", "coding →", "uncoded →", "unread →", "Show codings of the theme", "Colour by", "Transcript of P01-1", "Codes", "Find a code, or make one"} <= reached


def test_the_help_names_every_key_and_keeps_them_in_columns(lab):
    lab.coder()
    lab.keys("?")

    keys = [key for name in lab.page.locator(".sx-keys dt").all_text_contents() for key in name.replace(",", " ").replace(" or ", " ").replace(" and ", " ").split()]
    assert {"s", "t", "c", "Enter", "v", "r", "h", "n", "p", "u", "x", "[", "]", "e", "Delete", "m", "/", "?", "j", "k", "Z", "Esc"} <= set(keys)
    lefts = {part: {round(box) for box in lab.page.locator(f".sx-keys {part}").evaluate_all("(all) => all.map((one) => one.getBoundingClientRect().left)")} for part in ("dt", "dd")}
    assert len(lefts["dt"]) == len(lefts["dd"]) == 1 and lefts["dt"] != lefts["dd"]


def test_at_twice_the_size_nothing_is_cut_off(lab):
    lab.page.set_viewport_size({"width": 750, "height": 500})  # what is left of 1500 x 1000 at 200 %
    try:
        lab.coder()
        pane = lab.page.locator(".sx-pane")
        assert pane.evaluate("(made) => made.scrollWidth <= made.clientWidth + 1")
        lab.page.locator(".sx-tabs").get_by_role("tab", name="Help", exact=True).click()
        assert lab.page.get_by_text("Keys, while the transcript has the focus").is_visible()
    finally:
        lab.page.set_viewport_size({"width": 1500, "height": 1000})


def test_no_words_of_a_participant_are_kept_by_the_browser_or_in_the_widget(lab):
    lab.coder()
    lab.select("My sister")
    lab.give("Others carry")

    kept = lab.page.evaluate("() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }])")
    state = lab.page.evaluate("""async () => { const manager = await window.jupyterapp.shell.currentWidget.context.sessionContext.session.kernel; return JSON.stringify([...Object.keys(manager)]); }""")
    assert "rang back" not in kept and "rang back" not in state
    lab.page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    saved = json.loads((lab.root / "work.ipynb").read_text(encoding="utf-8"))
    assert "widgets" not in saved["metadata"]
    assert "rang back" not in json.dumps(saved)  # the notebook names no study labelled synthetic: its outputs are not kept


def test_what_somebody_said_or_named_is_never_markup(lab):
    text = lab.study / "transcripts" / "P02-1.txt"
    text.write_text("P02: <img src=x onerror=\"window.hacked=1\"> ${1} {{x}} <script>window.hacked=1</script>\n", encoding="utf-8")
    for old in (lab.study / "codings").glob("P02-1.*"):
        old.unlink()
    themes = lab.study / "themes.yaml"
    themes.write_text("".join(line for line in themes.read_text(encoding="utf-8").splitlines(keepends=True) if "urn:test:6" not in line), encoding="utf-8")
    codebook = lab.study / "codebook.yaml"
    codebook.write_text(codebook.read_text(encoding="utf-8").replace("name: Feeling a nuisance", "name: <img src=x onerror=window.hacked=1>"), encoding="utf-8")
    lab.coder("P02-1")
    lab.page.locator(".sx-option").nth(2).click()
    lab.page.locator(".sx-line").first.click()
    lab.give("<img")

    assert lab.page.evaluate("() => window.hacked") is None
    assert not lab.page.locator(".sx-pane img, .sx-pane script").count()


def test_the_pane_asks_nothing_of_the_network(lab):
    asked = []
    lab.page.on("request", lambda request: asked.append(request.url))
    lab.coder()
    lab.select("My sister")
    lab.give("Others carry")

    assert not [url for url in asked if not url.startswith((lab.address, "blob:", "data:"))]


def test_without_a_kernel_the_cell_still_reads(lab):
    from sixphase import files, show

    study = files.open_study(lab.study)
    bundle = show.coder(files.desk(study, by="am"), "P01-1")._repr_mimebundle_()
    page = lab.page.context.new_page()
    page.set_content(bundle["text/html"])

    assert "They never rang back." in page.locator("mark").first.inner_text()
    assert page.locator("td", has_text="Giving up asking").count()
    assert "SYNTHETIC" in bundle["text/html"]
    page.close()
