"""What a screen reader, or a person without a mouse, would stumble over in any page that a study's run leaves: nothing."""

import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from driver import eventually
from sixphase import report
from sixphase.files import open_study
from sixphase.running import run_study
from where import ROOT, TESTS

EXAMPLE = ROOT / "data" / "ics_leadership"


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Pages on the disk: the manuscript, reporting lists and audit trail of the worked example, and whatever a run of a tiny study leaves."""
    study, folder = open_study(EXAMPLE), tmp_path_factory.mktemp("pages")
    for name, page in (("manuscript", report.manuscript(study).html), ("reporting_lists", report.standards(study).html()), ("audit_trail", report.audit_trail(study).html)):
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    run_study(Path(shutil.copytree(TESTS / "tiny" / "allotment", folder / "allotment")), outputs=folder / "run")
    return folder


def look(chromium, address, theme="light", width=1280):
    """What axe finds on a page, and by how many pixels the page is wider than the window."""
    context = chromium.new_context(color_scheme=theme, viewport={"width": width, "height": 800}, bypass_csp=True)  # the page lets no script run; axe is one
    page = context.new_page()
    page.goto(address)
    found, over = Axe().run(page), page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    context.close()
    return found, over


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 768), ("light", 360)])
@pytest.mark.parametrize("name", ["manuscript", "reporting_lists", "audit_trail"])
def test_axe_finds_nothing_in_a_finished_page(chromium, pages, name, theme, width):
    found, over = look(chromium, (pages / f"{name}.html").as_uri(), theme, width)

    assert found.violations_count == 0, found.generate_report()
    assert over <= 0


def test_axe_finds_nothing_in_any_page_that_a_run_leaves(chromium, pages):
    left = sorted((pages / "run").rglob("*.html"))

    assert {"1_study", "4_extracts", "5_cards", "6_audit_trail", "2_coding", "6_writing_up"} <= {path.stem for path in left}
    said = {path.relative_to(pages).as_posix(): found.generate_report() for path in left for found, _ in [look(chromium, path.as_uri(), width=360)] if found.violations_count}
    assert not said, "\n".join(f"{name}: {told}" for name, told in said.items())


def test_a_table_wider_than_the_page_can_be_reached_and_moved_by_keyboard(chromium, pages):
    context = chromium.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto((pages / "audit_trail.html").as_uri())
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.className") == "wide"
    page.keyboard.press("ArrowRight")
    assert eventually(lambda: page.evaluate("document.activeElement.scrollLeft > 0"), True)  # asked from outside: the page itself lets nothing be evaluated
    context.close()
