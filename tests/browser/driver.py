"""A real JupyterLab in headless Chromium, and what a person does in it with a mouse and a keyboard."""

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from where import ROOT

CANDIDATES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
PLACES = ("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", r"C:\Program Files\Google\Chrome\Application\chrome.exe")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


def browser_path() -> str | None:
    """The Chromium or Chrome of this machine."""
    return next((found for name in CANDIDATES if (found := shutil.which(name))), next((place for place in PLACES if Path(place).exists()), None))


@contextlib.contextmanager
def server(root: Path):
    """JupyterLab on a folder, with settings and state of its own; gives its address."""
    env = {**os.environ, "JUPYTER_CONFIG_PATH": str(ROOT / ".jupyter"), "JUPYTER_CONFIG_DIR": str(root / "config"), "JUPYTER_DATA_DIR": str(root / "data"),
           "JUPYTER_RUNTIME_DIR": str(root / "runtime"), "IPYTHONDIR": str(root / "ipython"), "PYTHONPATH": str(ROOT / "lib")}
    with (root / "log.txt").open("w") as log:
        running = subprocess.Popen([sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--port=0", "--ServerApp.port_retries=0", "--IdentityProvider.token=", "--expose-app-in-browser",
                                    "--ServerApp.disable_check_xsrf=True", "--notebook-dir", str(root)], env=env, stdout=log, stderr=subprocess.STDOUT)
    try:
        yield _address(running, root)
    finally:
        running.terminate()
        try:
            running.wait(timeout=20)
        except subprocess.TimeoutExpired:
            running.kill()


def _address(running: subprocess.Popen, root: Path) -> str:
    until = time.monotonic() + 60
    while time.monotonic() < until and running.poll() is None:
        if found := re.search(r"http://(?:localhost|127\.0\.0\.1):(\d+)/", (root / "log.txt").read_text(encoding="utf-8")):
            return f"http://127.0.0.1:{found[1]}"
        time.sleep(0.1)
    raise RuntimeError((root / "log.txt").read_text(encoding="utf-8")[-2000:])


PATIENCE = 180_000  # milliseconds; a machine may be slow, and no test is about how fast it is
KERNEL = "window.jupyterapp.shell.currentWidget.sessionContext.session.kernel"
PROCESS = f"""async () => {{ const kernel = {KERNEL};
  if (kernel.connectionStatus !== 'connected') return 0;
  const asked = kernel.requestExecute({{ code: '', silent: true, user_expressions: {{ process: '__import__("os").getpid()' }} }});
  const answer = asked.done.then((reply) => Number(reply.content.user_expressions.process.data['text/plain']), () => 0);
  return Promise.race([answer, new Promise((late) => setTimeout(() => late(0), 3000))]); }}"""


FIND = """async (words) => { for (const made of document.querySelectorAll('.sx-transcript .sx-words')) { const node = made.firstChild, at = node.data.indexOf(words);
  if (at < 0) continue;
  const range = new Range(), box = () => [...range.getClientRects()];
  range.setStart(node, at); range.setEnd(node, at + words.length);
  made.scrollIntoView({ block: 'center' });
  for (let before = '', now = ' ', tries = 0; before !== now && tries < 25; tries++) { before = now; await new Promise((still) => setTimeout(still, 80)); now = JSON.stringify(box()); }
  const first = box()[0], last = box()[box().length - 1];
  return [first.left, first.top + first.height / 2, last.right, last.top + last.height / 2]; } }"""


def eventually(look, wanted):
    """What is there once it is as wanted, or after a while."""
    until = time.monotonic() + PATIENCE / 1000
    while (found := look()) != wanted and time.monotonic() < until:
        time.sleep(0.1)
    return found


class Lab:
    """A notebook open in JupyterLab, and what a person does in its pane."""

    def __init__(self, page, address: str, root: Path, name: str = "work"):
        self.page, self.address, self.root, self.name, self.study = page, address, root, name, Path()
        page.set_default_timeout(PATIENCE)

    def open(self, *cells: str, name: str = "") -> None:
        """Open a notebook and run these code cells in it, in the kernel that is there; two windows on one notebook share its kernel."""
        name = name or self.name
        if "/lab/" not in self.page.url:
            made = [{"cell_type": "code", "id": f"c{n}", "metadata": {}, "source": "", "outputs": [], "execution_count": None} for n in range(3)]
            notebook = {"cells": made, "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}, "nbformat": 4, "nbformat_minor": 5}
            (self.root / f"{name}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
            self.page.goto(f"{self.address}/lab/workspaces/{name}/tree/{name}.ipynb?reset")
            self.page.wait_for_selector(".jp-Notebook .jp-Cell")
            self.page.wait_for_function("window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'")
        self.page.evaluate("() => document.querySelectorAll('.sx-pane').forEach((pane) => { pane.dataset.ready = ''; })")  # of the cell before
        self.page.evaluate("""(sources) => { const notebook = window.jupyterapp.shell.currentWidget.content;
          notebook.widgets.forEach((cell, place) => { cell.model.sharedModel.setSource(sources[place] ?? ''); cell.model.clearExecution?.(); cell.model.outputs?.clear(); }); }""", list(cells))
        self.run_all()

    def run_all(self) -> None:
        """Start every cell; does not wait, for a kernel that dies meanwhile never answers."""
        self.page.evaluate("() => { window.jupyterapp.commands.execute('notebook:run-all-cells'); }")

    def coder(self, source: str = "P01-1", by: str = "am", *, how: str = "coder", more: str = "", name: str = "") -> None:
        """Open a pane over the study and wait until it is ready."""
        self.open(f"import sixphase as sp\nstudy = sp.open_study({str(self.study)!r})", f"sp.show.{how}(sp.files.desk(study, by={by!r}{more}), {source!r})", name=name)
        self.ready(source)

    def ready(self, source: str = "P01-1") -> None:
        """Wait until the pane shows an interview."""
        self.page.wait_for_selector(f'.sx-pane[data-ready="{source}"]')

    def saved(self) -> None:
        """Wait until nothing is on its way any more."""
        self.page.wait_for_selector('.sx-pane[data-pending="0"]')

    def process(self) -> int:
        """The process id of the kernel, asked of the kernel itself; 0 while it does not answer."""
        return self.page.evaluate(PROCESS)

    def kill_kernel(self) -> int:
        """Kill the kernel's process without a word, as a crash does; JupyterLab starts another. Gives the dead one's id."""
        process = self.process()
        os.kill(process, getattr(signal, "SIGKILL", signal.SIGTERM))
        return process

    def wait_for_another_kernel(self, dead: int) -> None:
        """Wait until another kernel answers; its status alone may still be the dead one's. Closes what JupyterLab says about it."""
        until = time.monotonic() + PATIENCE / 1000
        while self.process() in (0, dead):
            assert time.monotonic() < until, "no other kernel answered"
            time.sleep(0.2)
        while self.page.locator(".jp-Dialog").count():
            self.page.locator(".jp-Dialog .jp-mod-accept").first.click()

    def run_again(self, dead: int, ready: str = "P01-1") -> None:
        """Run the cells in the kernel that came after a dead one, as a person does, until a pane says it is ready."""
        for _ in range(5):  # JupyterLab may lose what is run while it connects anew
            self.wait_for_another_kernel(dead)
            self.page.evaluate("() => document.querySelectorAll('.sx-pane').forEach((pane) => { pane.dataset.ready = ''; })")
            self.run_all()
            with contextlib.suppress(_too_late()):
                self.page.wait_for_selector(f'.sx-pane[data-ready="{ready}"]', timeout=60_000)
                return
        raise AssertionError("the pane did not come back")

    def close(self) -> None:
        """Close the window and end its kernel."""
        with contextlib.suppress(Exception):
            self.page.request.delete(f"{self.address}/api/kernels/" + self.page.evaluate(f"() => {KERNEL}.id"))
        self.page.context.close()

    def read_what_is_in_sight(self) -> None:
        """Wait until every turn in sight counts as read."""
        self.page.wait_for_function("""() => { const box = document.querySelector('.sx-transcript').getBoundingClientRect();
          const turns = [...document.querySelectorAll('.sx-turn')].filter((turn) => { const own = turn.getBoundingClientRect(); return own.top < box.bottom && own.bottom > box.top; });
          return Number(document.querySelector('.sx-pane').dataset.read) >= turns.length; }""")

    def select(self, words: str) -> None:
        """Drag the mouse over words of the transcript."""
        left, top, right, bottom = self.page.evaluate(FIND, words)
        self.page.mouse.move(left + 1, top)
        self.page.mouse.down()
        self.page.mouse.move((left + right) / 2, (top + bottom) / 2, steps=3)
        self.page.mouse.move(right - 0.5, bottom, steps=3)
        self.page.mouse.up()

    def click_on(self, words: str, count: int = 1) -> None:
        """Click in the middle of words of the transcript."""
        left, top, right, _ = self.page.evaluate(FIND, words)
        self.page.mouse.click((left + right) / 2, top, click_count=count)

    def keys(self, *pressed: str) -> None:
        """Press keys in the transcript."""
        self.page.locator(".sx-transcript").first.focus()
        for key in pressed:
            self.page.keyboard.press(key)

    def give(self, code: str) -> None:
        """Choose a code for what is selected, by keyboard."""
        self.keys("c")
        self.page.keyboard.type(code)
        self.page.keyboard.press("Enter")
        self.saved()

    def codings(self, source: str = "P01-1"):
        """The codings of a source as they stand on the disk."""
        from sixphase.files import open_study

        given = open_study(self.study).given
        return given[given["source_id"] == source]

    def given(self, source: str = "P01-1", by: str = "am") -> list[tuple[str, str]]:
        """Code and words of each coding of one coder, in the order of the text."""
        rows = self.codings(source)
        return list(rows.loc[rows["coder_id"] == by, ["code_id", "quotation"]].itertuples(index=False, name=None))


def _too_late() -> type[Exception]:
    """What playwright raises when a wait ends; named late, since this module is also read where no playwright is."""
    from playwright.sync_api import TimeoutError as TooLate

    return TooLate


def new_page(chromium):
    """A window of the browser; `said` collects what it complains of."""
    page = chromium.new_context(viewport={"width": 1500, "height": 1000}).new_page()
    page.said = []
    page.on("console", lambda message: page.said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.said.append(str(error)))
    return page
