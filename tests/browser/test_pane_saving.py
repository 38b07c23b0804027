"""Nothing acknowledged is lost, and what is pending waits: dead kernels, two windows, a closing page."""

import contextlib
import time

from playwright.sync_api import TimeoutError
from sixphase.files import open_study

PENDING = "() => Number(document.querySelector('.sx-pane').dataset.pending)"
KERNEL = "window.jupyterapp.shell.currentWidget.sessionContext.session.kernel"
CODE_WORD = """(place) => { const words = [...document.querySelectorAll('.sx-words')], node = words[1 + 2 * (place % 2)].firstChild;
  const found = [...node.data.matchAll(/\\p{L}+/gu)], word = found[place % found.length];
  getSelection().setBaseAndExtent(node, word.index, node, word.index + word[0].length);
  words[1].dispatchEvent(new MouseEvent('mouseup', { bubbles: true })); }"""


def kill_kernel(lab) -> None:
    """Kill the kernel's process without a word, as a crash does; JupyterLab starts another."""
    lab.page.evaluate(f"() => {{ {KERNEL}.requestExecute({{ code: 'import os, signal; os.kill(os.getpid(), signal.SIGKILL)' }}); }}")


def wait_for_kernel(lab) -> None:
    lab.page.wait_for_function(f"() => {KERNEL}.connectionStatus === 'connected' && {KERNEL}.status === 'idle'", timeout=60000)
    for _ in range(lab.page.locator(".jp-Dialog").count()):  # JupyterLab says that the kernel died
        lab.page.locator(".jp-Dialog .jp-mod-accept").first.click()


def test_an_act_is_on_the_disk_when_the_pane_says_saved(alone):
    alone.coder()
    alone.select("My sister")
    alone.give("Others carry")

    assert ("helpers", "My sister") in alone.given()


def run_again(lab) -> None:
    """Run the cells in the new kernel; cells sent to the dying one are lost, so a person runs them again."""
    lab.page.evaluate("() => { document.querySelector('.sx-pane').dataset.ready = ''; }")
    for _ in range(4):
        wait_for_kernel(lab)
        lab.run_all()
        with contextlib.suppress(TimeoutError):
            lab.ready()
            return
    raise AssertionError("the pane did not come back")


def take_up_the_highlighter(lab) -> None:
    lab.select("My sister")
    lab.give("Others carry")
    lab.keys("h")


def test_three_hundred_acts_in_half_a_minute_with_the_kernel_killed_twice(alone):
    alone.coder()
    before = len(alone.given())
    take_up_the_highlighter(alone)
    began, without = time.monotonic(), 0.0

    for act in range(297):
        if act in (100, 200):
            kill_kernel(alone)
        if act in (130, 230):  # thirty acts were done without a kernel
            assert alone.page.evaluate(PENDING) >= 25, f'after act {act}'
            without -= time.monotonic()
            run_again(alone)
            alone.saved()
            take_up_the_highlighter(alone)
            without += time.monotonic()
        alone.page.evaluate(CODE_WORD, act)
        time.sleep(max(0, began + without + act * 0.1 - time.monotonic()))
    took = time.monotonic() - began - without
    alone.saved()

    assert took < 33  # 300 acts in about 30 seconds, the person's own pauses left out
    assert alone.codings()["coding_id"].is_unique
    assert len(alone.given()) == before + 300


def test_an_act_that_is_sent_twice_counts_once(alone):
    alone.coder()
    act = {"id": "urn:uuid:00000000-0000-4000-8000-000000000001", "do": "give", "created": "2024-03-01T10:00:00Z", "source_id": "P01-1", "code_id": "helpers", "start": 163, "end": 172, "exact": "My sister"}
    place = (alone.study / "transcripts" / "P01-1.txt").read_text(encoding="utf-8").index("My sister")
    act |= {"start": place, "end": place + 9}
    from sixphase import files

    desk = files.desk(open_study(alone.study), by="am")
    desk.record(act)
    again = files.desk(open_study(alone.study), by="am")  # as after a dead kernel
    again.record(act)

    assert alone.given().count(("helpers", "My sister")) == 1


def test_two_windows_on_one_interview_do_not_overwrite_each_other(alone):
    alone.coder()
    other = type(alone)(alone.page.context.new_page(), alone.address, alone.root)
    other.study = alone.study
    other.open(f"import sixphase as sp\nstudy = sp.open_study({str(alone.study)!r})", "sp.show.coder(sp.files.desk(study, by='am'), 'P01-1')", name="other")
    other.ready()

    alone.select("My sister")
    alone.give("Others carry")
    other.select("She said ring again")
    other.give("Feeling a nuisance")

    assert {("helpers", "My sister"), ("nuisance", "She said ring again")} <= set(alone.given())
    other.page.wait_for_function("() => [...document.querySelectorAll('.sx-chip')].some((chip) => chip.textContent.includes('Others carry'))")  # the other window heard of it


def test_a_coding_withdrawn_in_another_window_is_not_changed_here(alone):
    alone.coder()
    from sixphase import files

    desk = files.desk(open_study(alone.study), by="am")
    desk.record({"id": "urn:uuid:00000000-0000-4000-8000-000000000002", "do": "withdraw", "created": "2024-03-01T10:00:00Z", "source_id": "P01-1", "coding_id": "urn:test:2"})
    alone.click_on("gave up")
    alone.keys("}")

    alone.page.wait_for_selector('.sx-pane[data-failed="1"]')
    assert "no longer stands" in alone.page.locator(".sx-failed").inner_text()
    alone.page.get_by_role("button", name="Let it go").click()
    assert "I gave up." not in [words for _, words in alone.given()]


def test_closing_the_page_with_pending_acts_asks_first(alone):
    alone.coder()
    take_up_the_highlighter(alone)
    kill_kernel(alone)
    time.sleep(1)
    alone.page.evaluate(CODE_WORD, 3)
    asked = []
    alone.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    alone.page.close(run_before_unload=True)
    until = time.monotonic() + 10
    while not asked and time.monotonic() < until:
        alone.page.context.pages and time.sleep(0.1)
        alone.page.context.new_page().close()

    assert asked[:1] == ["beforeunload"]


def test_a_pane_whose_kernel_is_gone_says_so_and_keeps_what_is_done(alone):
    alone.coder()
    take_up_the_highlighter(alone)
    kill_kernel(alone)
    time.sleep(1)
    alone.page.evaluate(CODE_WORD, 3)

    alone.page.wait_for_function("() => document.querySelector('.sx-status').textContent.includes('run this cell again')", timeout=15000)
    assert alone.page.locator(".sx-chip.sx-pending").count() == 1
