"""What a screen reader, or a person without a mouse, would stumble over in the finished pages of a manuscript: nothing."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from sixphase import report
from sixphase.files import open_study
from where import ROOT


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The manuscript and the reporting lists of the worked example, as pages on the disk."""
    study, folder = open_study(ROOT / "data" / "ics_leadership"), tmp_path_factory.mktemp("pages")
    for name, page in (("manuscript", report.manuscript(study).html), ("reporting_lists", report.standards(study).html())):
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    return folder


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 1280), ("light", 360)])
@pytest.mark.parametrize("name", ["manuscript", "reporting_lists"])
def test_axe_finds_nothing_in_a_finished_page(chromium, pages, name, theme, width):
    context = chromium.new_context(color_scheme=theme, viewport={"width": width, "height": 800}, bypass_csp=True)  # the page lets no script run; axe is one
    page = context.new_page()
    page.goto((pages / f"{name}.html").as_uri())

    found = Axe().run(page)
    context.close()

    assert found.violations_count == 0, found.generate_report()
