"""The coding pane in real JupyterLab: until it is ready, until a coding is on the disk, how smoothly it scrolls, and
how long 300 acts take while the kernel is killed twice.

    python tests/benchmarks/bench_pane.py

Side by side: a bare page that only shows the same words as plain paragraphs, which nobody could code in, is the floor.
"""

import random
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "browser")]

import driver as browser  # noqa: E402
import test_pane_saving as saving  # noqa: E402
from sixphase.files import append_codings, new_study, open_study  # noqa: E402
from where import TESTS  # noqa: E402

SIZES = [(10_000, 300), (60_000, 2_000)]  # words, codings
SCROLL = """async (selector) => { const made = document.querySelector(selector); let worst = 0, last = performance.now(), frames = [];
  made.scrollTop = 0; await new Promise((on) => setTimeout(on, 600));
  last = performance.now();
  for (let at = 0; at < made.scrollHeight - made.clientHeight; at += 240) { made.scrollTop = at; const now = await new Promise(requestAnimationFrame); frames.push(now - last); last = now; }
  frames = frames.slice(2); frames.sort((a, b) => a - b);
  return [frames[frames.length - 1], frames[Math.floor(frames.length * 0.99)], frames[Math.floor(frames.length / 2)]]; }"""
RELEASE = """async () => { const took = [], words = [...document.querySelectorAll('.sx-words')].filter((made) => made.textContent.length > 60), pane = document.querySelector('.sx-pane');
  for (let n = 0; n < 40; n++) { const node = words[n % words.length].firstChild, at = 3 + (n % 30);
    getSelection().setBaseAndExtent(node, at, node, at + 20);
    const began = performance.now();
    words[0].dispatchEvent(new MouseEvent('mouseup', { bubbles: true }));
    while (pane.dataset.pending !== '0') await new Promise((on) => setTimeout(on, 1));
    took.push(performance.now() - began); await new Promise((on) => setTimeout(on, 50)); }
  return took; }"""


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


def measured(lab: browser.Lab, source: str) -> float:
    """Milliseconds from running the cell to a pane that can be worked in, in the page's own time."""
    return lab.page.evaluate("""async (source) => { const began = performance.now(), notebook = window.jupyterapp.shell.currentWidget;
      document.querySelectorAll('.sx-pane').forEach((pane) => pane.remove());
      notebook.content.activeCellIndex = 1; window.jupyterapp.commands.execute('notebook:run-cell');
      while (!document.querySelector(`.sx-pane[data-ready="${source}"]`)) await new Promise((on) => setTimeout(on, 2));
      await new Promise(requestAnimationFrame); return performance.now() - began; }""", source)


def main() -> None:
    """Print one line for each size."""
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
                lab.coder(name=f"bench{words}")
                ready = [measured(lab, "P01-1") for _ in range(3)]
                lab.page.locator(".sx-transcript").focus()
                lab.page.evaluate("() => { const node = document.querySelectorAll('.sx-words')[1].firstChild; getSelection().setBaseAndExtent(node, 0, node, 5); node.parentNode.dispatchEvent(new MouseEvent('mouseup', { bubbles: true })); }")
                lab.give("Code number 1")
                lab.keys("h")
                release = lab.page.evaluate(RELEASE)
                scrolls = [lab.page.evaluate(SCROLL, ".sx-transcript") for _ in range(3)]
                lab.page.evaluate("(text) => { const made = document.createElement('div'); made.id = 'floor'; made.style.cssText = 'position:fixed;inset:0;overflow:auto;background:#fff;font:16px/26px serif;z-index:9999'; text.split('\\n\\n').forEach((one) => { const p = document.createElement('p'); p.textContent = one; made.append(p); }); document.body.append(made); }",
                                  (lab.study / "transcripts" / "P01-1.txt").read_text(encoding="utf-8"))
                floor = [lab.page.evaluate(SCROLL, "#floor") for _ in range(3)]
                print(f"{words:,} words, {codings:,} codings: ready {statistics.median(ready):.0f} ms; mouse released to saved {statistics.median(release):.0f} ms (worst {max(release):.0f}); "
                      f"worst frame {statistics.median(one[0] for one in scrolls):.0f} ms, 99 of 100 frames within {statistics.median(one[1] for one in scrolls):.0f} ms; "
                      f"bare page: worst frame {statistics.median(one[0] for one in floor):.0f} ms")
                lab.close()
            lab = browser.Lab(browser.new_page(chromium), address, Path(folder), name="killed")
            lab.study = Path(shutil.copytree(TESTS / "tiny" / "waiting", Path(folder) / "killed" / "waiting"))
            lab.coder()
            before = len(lab.given())
            print(f"300 acts with the kernel killed twice: {saving.three_hundred_acts(lab):.0f} s; {len(lab.given()) - before} codings kept")
            lab.close()
        chromium.close()


if __name__ == "__main__":
    main()
