"""Nothing acknowledged is lost, and what is pending waits: dead kernels, two windows, a closing page."""

import time

from driver import Lab, new_page
from sixphase.files import open_study

PACE = 0.06  # seconds from act to act: 300 in 18, which leaves 12 of half a minute for two kernels to come back
PENDING = "() => Number(document.querySelector('.sx-pane').dataset.pending)"
CODE_WORD = """(place) => { const words = [...document.querySelectorAll('.sx-words')], node = words[1 + 2 * (place % 2)].firstChild;
  const found = [...node.data.matchAll(/\\p{L}+/gu)], word = found[place % found.length];
  getSelection().setBaseAndExtent(node, word.index, node, word.index + word[0].length);
  words[1].dispatchEvent(new MouseEvent('mouseup', { bubbles: true })); }"""


def test_an_act_is_on_the_disk_when_the_pane_says_saved(alone):
    alone.coder()
    alone.select("My sister")
    alone.give("Others carry")

    assert ("helpers", "My sister") in alone.given()


def take_up_the_highlighter(lab) -> None:
    lab.select("My sister")
    lab.give("Others carry")
    lab.keys("h")


def three_hundred_acts(lab) -> tuple[float, float]:
    """Give 300 codings, one each `PACE` seconds, while the kernel is killed twice; the seconds until all are saved, and how many of these were spent waiting for a kernel."""
    began, without = time.monotonic(), 0.0
    take_up_the_highlighter(lab)
    due = time.monotonic()
    for act in range(297):
        if act in (100, 200):
            dead = lab.kill_kernel()
        if act in (130, 230):  # thirty acts were done without a kernel
            assert lab.page.evaluate(PENDING) >= 30
            waited = time.monotonic()
            lab.run_again(dead)
            lab.saved()
            without += time.monotonic() - waited
            take_up_the_highlighter(lab)
            due = time.monotonic()
        lab.page.evaluate(CODE_WORD, act)
        due += PACE
        time.sleep(max(0.0, due - time.monotonic()))
    lab.saved()
    return time.monotonic() - began, without


def test_three_hundred_acts_are_kept_once_each_though_the_kernel_is_killed_twice(alone):
    alone.coder()
    before = len(alone.given())

    three_hundred_acts(alone)

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
    other = Lab(alone.page.context.new_page(), alone.address, alone.root, name="beside")
    other.study = alone.study
    other.coder()

    alone.select("My sister")
    alone.give("Others carry")
    other.select("She said ring again")
    other.give("Feeling a nuisance")

    assert {("helpers", "My sister"), ("nuisance", "She said ring again")} <= set(alone.given())
    other.page.wait_for_function("() => [...document.querySelectorAll('.sx-chip')].some((chip) => chip.textContent.includes('Others carry'))")  # the other window heard of it


def test_two_windows_on_one_kernel_both_come_back_when_it_dies(alone, chromium):
    alone.coder()
    beside = Lab(new_page(chromium), alone.address, alone.root, name=alone.name)
    beside.study = alone.study
    beside.coder()
    take_up_the_highlighter(beside)
    before = len(alone.given())

    dead = alone.kill_kernel()
    for act in range(3, 13):
        beside.page.evaluate(CODE_WORD, act)
    alone.run_again(dead)
    beside.run_again(dead)
    beside.saved()

    assert len(alone.given()) == before + 10
    beside.page.context.close()


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
    alone.kill_kernel()
    alone.page.evaluate(CODE_WORD, 3)

    with alone.page.expect_event("dialog") as asked:
        alone.page.close(run_before_unload=True)

    assert asked.value.type == "beforeunload"
    asked.value.accept()


def test_a_pane_whose_kernel_is_gone_says_so_and_keeps_what_is_done(alone):
    alone.coder()
    take_up_the_highlighter(alone)
    alone.kill_kernel()
    alone.page.evaluate(CODE_WORD, 3)

    alone.page.wait_for_function("() => document.querySelector('.sx-status').textContent.includes('run this cell again')")
    assert alone.page.locator(".sx-chip.sx-pending").count() == 1
