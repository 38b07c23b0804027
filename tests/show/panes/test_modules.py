"""The panes' JavaScript: joined as it is, each name once, nothing from elsewhere."""

import collections
import re

import pytest
from sixphase.show.panes import modules

FILES = sorted(path.relative_to(modules.HERE).as_posix() for path in modules.HERE.rglob("*.js"))
ENTRIES = ["names.js", "coder.js", "board.js", "reviewer.js", "definer.js", "charter.js"]
every = pytest.mark.parametrize("entry", ENTRIES)


def ours(entry: str) -> str:
    """What is joined, without what others wrote."""
    text = modules.joined(entry)
    for name in modules.VENDORED:
        text = text.replace((modules.HERE / name).read_text(encoding="utf-8"), "")
    return text


def test_every_file_is_part_of_a_widget():
    assert sorted({name for entry in ENTRIES for name in modules.needed(entry)}) == FILES


@every
def test_every_file_comes_after_what_it_needs(entry):
    order = modules.needed(entry)

    for name in order:
        assert all(order.index(found["name"]) < order.index(name) for found in modules.IMPORT.finditer((modules.HERE / name).read_text(encoding="utf-8")))


@every
def test_no_name_is_defined_by_two_files(entry):
    names = re.findall(r"^(?:async )?(?:function|class|const|let) (\w+)", ours(entry), re.M)

    assert [name for name, times in collections.Counter(names).items() if times > 1] == []


@every
def test_what_is_joined_imports_nothing_and_exports_one_thing(entry):
    joined = modules.joined(entry)

    assert not re.search(r"^import ", joined, re.M)
    assert re.findall(r"^export .*", joined, re.M) == ["export default {"]


def test_what_others_wrote_lies_there_with_its_licence():
    assert "MIT License" in (modules.HERE / "vendored" / "LICENSE").read_text(encoding="utf-8")
    assert "Sortable 1.15.7 - MIT" in modules.joined("board.js")


@every
def test_nothing_is_fetched_and_no_words_become_markup(entry):
    text = ours(entry) + modules.style("pane.css", "board.css")

    assert not re.search(r"https?://|innerHTML|insertAdjacentHTML|document\.write|eval\(|localStorage|sessionStorage|fetch\(|@import|url\(", text)
