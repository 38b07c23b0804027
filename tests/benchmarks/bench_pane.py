"""The coding pane in a real JupyterLab in headless Chromium, with a real mouse and its wheel.

    python tests/benchmarks/bench_pane.py

ready: from running the cell until the pane can be worked in and its next frame begins, in the page's own time; the first
run in a kernel, and the median of those after it.
released: the mouse is dragged over words with the highlighter taken up; from its release until the line says that the
coding is on the disk.
frames: the wheel turns by 240 pixels every 30 milliseconds, through the transcript and back; a frame is the time between
two calls of requestAnimationFrame. The worst of all frames of all rounds is told. Busy is what the page's thread worked
for each frame, in processor time, so that it says the same on a machine that has much else to do.
plain: the same words as bare paragraphs, which nobody could code in, in a page of their own in the same Chromium: what
of all this is the browser's own.
"""

import random
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "browser")]

import driver as browser  # noqa: E402
import test_pane_saving as saving  # noqa: E402
from sixphase.files import append_codings, new_study, open_study  # noqa: E402
from where import TESTS  # noqa: E402

SIZES = [(10_000, 300), (60_000, 2_000)]  # words, codings
RUNS = 7
WHEEL, PAUSE, TURNS = 240, 0.03, 120  # pixels, seconds, turns of the wheel a round
WORDS = """(number) => { const box = document.querySelector('.sx-transcript').getBoundingClientRect(), seen = [];
  for (const made of document.querySelectorAll('.sx-words')) { const node = made.firstChild, top = made.getBoundingClientRect().top;
    if (top > box.bottom) break;
    for (const found of node.data.matchAll(/\\p{L}{4,}/gu)) { const range = new Range(); range.setStart(node, found.index); range.setEnd(node, found.index + found[0].length);
      const own = range.getBoundingClientRect();
      if (own.top > box.top + 40 && own.bottom < box.bottom - 40) seen.push([own.left + 1, own.top + own.height / 2, own.right - 1]); } }
  return seen.filter((_, place) => place % Math.max(1, Math.floor(seen.length / number)) === 0).slice(0, number); }"""
WATCH = """() => { const pane = document.querySelector('.sx-pane'); window.took = []; let released = 0;
  addEventListener('mouseup', () => { released = performance.now(); }, true);
  new MutationObserver(() => { if (released && pane.dataset.pending === '0') { took.push(performance.now() - released); released = 0; } }).observe(pane, { attributes: true, attributeFilter: ['data-pending'] }); }"""
FRAMES = """() => { window.frames_ = []; window.going = true; window.long_ ??= (new PerformanceObserver((list) => { long_ += list.getEntries().length; }).observe({ type: 'longtask' }), 0); let last = 0;
  const look = (now) => { if (last) frames_.push(now - last); last = now; if (going) requestAnimationFrame(look); };
  requestAnimationFrame(look); }"""


@dataclass
class Scrolled:
    """What turning the wheel cost: every frame, the milliseconds the page's thread worked, and its tasks of over 50 milliseconds."""

    frames: list[float]
    busy: float
    long: int

    def __str__(self) -> str:
        frames = sorted(self.frames)
        return f"worst {frames[-1]:.0f} ms of {len(frames):,}, 99 of 100 within {frames[int(len(frames) * 0.99)]:.0f} ms, busy {self.each:.1f} ms each, {self.long} tasks of over 50 ms"

    @property
    def each(self) -> float:
        return self.busy / len(self.frames)


def scrolled(page, where: str) -> Scrolled:
    """Turn the wheel over an element, through it and back."""
    page.wait_for_timeout(1500)
    box, metrics = page.locator(where).bounding_box(), page.context.new_cdp_session(page)
    metrics.send("Performance.enable", {"timeDomain": "threadTicks"})  # processor time, not that of the clock
    page.mouse.move(box["x"] + box["width"] / 3, box["y"] + box["height"] / 2)
    frames, before = [], _worked(metrics)
    for way in (1, 1, 1, 1, -1, -1):
        page.evaluate(FRAMES)
        for _ in range(TURNS):
            page.mouse.wheel(0, way * WHEEL)
            time.sleep(PAUSE)
        frames += page.evaluate("() => { going = false; return frames_; }")
    return Scrolled(frames, _worked(metrics) - before, page.evaluate("() => long_"))


def _worked(metrics) -> float:
    return 1000 * next(one["value"] for one in metrics.send("Performance.getMetrics")["metrics"] if one["name"] == "TaskDuration")


def released(lab: browser.Lab, number: int) -> list[float]:
    """Milliseconds from each release of the mouse, dragged over a word with the highlighter, to a coding on the disk."""
    lab.page.evaluate(WATCH)
    for left, middle, right in lab.page.evaluate(WORDS, number):
        lab.page.mouse.move(left, middle)
        lab.page.mouse.down()
        lab.page.mouse.move(right, middle, steps=3)
        lab.page.mouse.up()
        lab.page.wait_for_timeout(250)
    return lab.page.evaluate("() => took")


def plain(chromium, text: str) -> tuple[float, Scrolled]:
    """The same words as bare paragraphs: milliseconds until they stand, and how they scroll."""
    page = browser.new_page(chromium)
    page.set_content("<div id='floor' style='height: 760px; overflow: auto; background: #fff; font: 16px/26px serif'></div>")
    stands = page.evaluate("""async (text) => { const began = performance.now(), made = document.querySelector('#floor');
      made.append(...text.split('\\n\\n').map((words) => Object.assign(document.createElement('p'), { textContent: words })));
      made.getBoundingClientRect(); await new Promise(requestAnimationFrame); return performance.now() - began; }""", text)
    found = scrolled(page, "#floor")
    page.context.close()
    return stands, found


def study(folder: Path, words: int, codings: int) -> Path:
    """A study of one interview of so many words and codings, made from a seed."""
    rng = random.Random(words)
    made = new_study("bench", folder)
    (made / "study.yaml").write_text("format: 1\ntitle: Bench\nsynthetic: yes\nquestions: [How fast?]\napproach: {family: reflexive, rationale: none, declared_on: 2024-01-01, declared_by: am}\n"
                                     "coders: {am: A}\ninterviewers: {INT: I}\n", encoding="utf-8")
    turns, said = [], 0
    while said < words:
        length = min(words - said, rng.randint(20, 140))
        turns.append(("P01: " if len(turns) % 2 else "INT: ") + " ".join(rng.choice(("waiting", "money", "ward", "it’s", "said", "café", "we", "the", "board", "😀")) for _ in range(length)) + ".")
        said += length
    text = "\n\n".join(turns) + "\n"
    (made / "transcripts" / "P01-1.txt").write_text(text, encoding="utf-8", newline="\n")
    (made / "sources.csv").write_text("source_id,participants,occasion,date,minutes,mode,interviewers,file,second_reason\nP01-1,P01,1,2024-01-02,60,video,INT,transcripts/P01-1.txt,\n", encoding="utf-8")
    (made / "participants.csv").write_text("participant_id,quotation\nP01,yes\n", encoding="utf-8")
    (made / "codebook.yaml").write_text("codes:\n" + "".join(f"  c{n}:\n    name: Code number {n}\n    definition: d\n" for n in range(60)), encoding="utf-8")
    (made / "themes.yaml").write_text("themes: {}\n", encoding="utf-8")
    opened = open_study(made)
    rows = [{"source_id": "P01-1", "code_id": f"c{rng.randrange(60)}", "start": (at := rng.randrange(len(text) - 400)), "end": at + rng.randint(20, 300)} for _ in range(codings)]
    append_codings(opened, rows, coder_id="am")
    return made


def opened(lab: browser.Lab, name: str) -> None:
    """Open the study in a fresh kernel, and put the cell that shows the pane below, not run yet."""
    lab.open(f"import sixphase as sp\nstudy = sp.open_study({str(lab.study)!r})\nprint('the study is open')", name=name)
    lab.page.locator(".jp-OutputArea-output", has_text="the study is open").wait_for()
    lab.page.evaluate("(source) => window.jupyterapp.shell.currentWidget.content.widgets[1].model.sharedModel.setSource(source)", "sp.show.coder(sp.files.desk(study, by='am'), 'P01-1')")


def measured(lab: browser.Lab, source: str) -> float:
    """Milliseconds from running the cell to a pane that can be worked in, in the page's own time."""
    return lab.page.evaluate("""async (source) => { const began = performance.now(), notebook = window.jupyterapp.shell.currentWidget;
      document.querySelectorAll('.sx-pane').forEach((pane) => pane.remove());
      notebook.content.activeCellIndex = 1; window.jupyterapp.commands.execute('notebook:run-cell');
      while (!document.querySelector(`.sx-pane[data-ready="${source}"]`)) await new Promise((on) => setTimeout(on, 2));
      await new Promise(requestAnimationFrame); return performance.now() - began; }""", source)


def main() -> None:
    """Print what each size takes, and how long 300 acts take."""
    found = browser.browser_path()
    if not found:
        sys.exit("No Chromium or Chrome was found.")
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=found, args=browser.QUIET)
        with browser.server(Path(folder)) as address:
            for words, codings in SIZES:
                (Path(folder) / str(words)).mkdir()
                lab = browser.Lab(browser.new_page(chromium), address, Path(folder))
                lab.study = study(Path(folder) / str(words), words, codings)
                opened(lab, f"bench{words}")
                first, *ready = (measured(lab, "P01-1") for _ in range(1 + RUNS))
                lab.page.locator(".sx-transcript").focus()
                lab.select("waiting")
                lab.give("Code number 1")
                lab.keys("h")
                took, pane = released(lab, 40), scrolled(lab.page, ".sx-transcript")
                stands, bare = plain(chromium, (lab.study / "transcripts" / "P01-1.txt").read_text(encoding="utf-8"))
                print(f"{words:,} words, {codings:,} codings", f"ready {statistics.median(ready):.0f} ms (median of {RUNS}; first in its kernel {first:.0f}, worst {max(ready):.0f}); plain {stands:.0f} ms",
                      f"released to saved {statistics.median(took):.0f} ms (median of {len(took)}, worst {max(took):.0f})",
                      f"frames {pane}", f"plain  {bare}; the pane is busy {pane.each / bare.each:.1f} times as long", sep="\n    ")
                lab.close()
            lab = browser.Lab(browser.new_page(chromium), address, Path(folder), name="killed")
            lab.study = Path(shutil.copytree(TESTS / "tiny" / "waiting", Path(folder) / "killed" / "waiting"))
            lab.coder()
            before = len(lab.given())
            took, waited = saving.three_hundred_acts(lab)
            print(f"300 acts with the kernel killed twice: {took:.0f} s, {waited:.0f} of them waiting for a kernel; {len(lab.given()) - before} codings kept")
            lab.close()
        chromium.close()


if __name__ == "__main__":
    main()
