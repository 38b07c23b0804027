"""JupyterLab in headless Chromium for the tests beside this file, on private copies of a study.

Where no Chromium or Chrome is found these tests are skipped and say so; in CI that is a failure.
"""

import itertools
import os
import shutil
import sys
from pathlib import Path

import pytest
from where import ROOT

sys.path.insert(0, str(Path(__file__).parent))

from driver import QUIET, Lab, browser_path, new_page, server  # noqa: E402

ALONE = itertools.count(1)


@pytest.fixture(scope="session")
def chromium():
    """A headless browser."""
    found = browser_path()
    if not found:
        reason = "no Chromium or Chrome was found; the panes are not tested here"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def jupyter(tmp_path_factory):
    """A JupyterLab server on an empty folder: its address and its folder."""
    root = tmp_path_factory.mktemp("lab")
    with server(root) as address:
        yield address, root


@pytest.fixture(scope="session")
def window(chromium, jupyter):
    """One notebook that all tests share which do not harm it."""
    made = Lab(new_page(chromium), *jupyter)
    yield made
    made.close()


@pytest.fixture
def lab(window, waiting):
    """JupyterLab with a private copy of the tiny study `waiting`."""
    window.study = waiting
    window.page.said.clear()
    return window


@pytest.fixture
def example(window, tmp_path):
    """JupyterLab with a private copy of the worked example."""
    window.study = Path(shutil.copytree(ROOT / "data" / "ics_leadership", tmp_path / "ics_leadership"))
    return window


@pytest.fixture
def alone(chromium, jupyter, waiting):
    """A notebook and a kernel of its own, to be harmed."""
    made = Lab(new_page(chromium), *jupyter, name=f"alone_{next(ALONE)}")
    made.study = waiting
    yield made
    made.close()
