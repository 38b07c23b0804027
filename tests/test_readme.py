"""What the README and its neighbours say is so."""

import re
import subprocess

import pytest
from where import ROOT
from typer.main import get_command

from sixphase import approaches, cli, report, tables
from sixphase.files.publishing_yaml import read_publishing
from sixphase.report.parts import PARTS

PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "data/README.md", "lib/sixphase/measures/README.md")]
README = PAGES[0].read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page):
    links = re.findall(r"\]\((?!https?:|quote:|table:|figure:)([^)#]*)(#[^)]*)?\)", page.read_text(encoding="utf-8"))

    missing = [link for link, _ in links if link and not (page.parent / link).exists()]

    assert not missing


def test_the_commands_named_are_the_commands_there_are():
    commands = set(get_command(cli.app).commands)
    named = set(re.findall(r"python run\.py (\w+)", README)) - {"test", "lab"}

    assert named <= commands
    assert {f"`{command}`" for command in commands} <= set(re.findall(r"`\w+`", README + (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").replace("sixphase new", "new")))


def test_every_module_of_the_library_is_on_the_map():
    there = {path.stem for path in (ROOT / "lib" / "sixphase").iterdir() if not path.name.startswith("__") and path.suffix in (".py", "")} - {"schemas"}

    drawn = set(re.findall(r"\w+", README.split("## The map of the house")[1]))

    assert there <= drawn


def test_the_table_of_approaches_has_the_families_the_code_knows():
    assert f"| | {' | '.join(approaches.FAMILIES.columns)} |" in README


def test_every_stored_file_is_described():
    described = (ROOT / "data" / "README.md").read_text(encoding="utf-8")

    assert all(table.file.split("/")[0] in described for table in tables.STORED)


def test_what_a_manuscript_may_refer_to_is_what_there_is(opened):
    described = (ROOT / "data" / "README.md").read_text(encoding="utf-8")

    assert f"There are: {', '.join(report.numbers(opened))} |" in described
    assert f"There are: {', '.join(PARTS)} |" in described


def test_what_publishing_needs_is_shown_as_it_is_read(tmp_path):
    shown = (ROOT / "data" / "README.md").read_text(encoding="utf-8").split("every part is optional:\n\n```\n")[1].split("```")[0]
    (tmp_path / "manuscript").mkdir()
    (tmp_path / "manuscript" / "publishing.yaml").write_text(shown, encoding="utf-8")
    problems = []

    assert (list(read_publishing(tmp_path, problems)), problems) == (["journal", "deposit", "case", "frame", "quotations", "intruder"], [])


def test_the_project_speaks_of_itself_alone():
    tracked = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    told = [name for name in tracked if name.endswith((".md", ".py", ".ipynb", ".yaml", ".yml", ".toml")) and name != "tests/test_readme.py"
            and re.search(r"/work/|/root/|helper session|claude|chatgpt", (ROOT / name).read_text(encoding="utf-8"), re.I)]

    assert not told
