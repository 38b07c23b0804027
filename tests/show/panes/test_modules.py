"""The panes' JavaScript: joined as it is, each name once, nothing from elsewhere."""

import collections
import re

from sixphase.show.panes import modules

FILES = sorted(path.name for path in modules.HERE.glob("*.js"))


def test_every_file_is_part_of_the_pane_and_comes_after_what_it_needs():
    order = modules.needed("coder.js")

    assert sorted(order) == FILES
    for name in order:
        assert all(order.index(found["name"]) < order.index(name) for found in modules.IMPORT.finditer((modules.HERE / name).read_text(encoding="utf-8")))


def test_no_name_is_defined_by_two_files():
    names = re.findall(r"^(?:async )?(?:function|class|const|let) (\w+)", modules.joined("coder.js"), re.M)

    assert [name for name, times in collections.Counter(names).items() if times > 1] == []


def test_what_is_joined_imports_nothing_and_exports_one_thing():
    joined = modules.joined("coder.js")

    assert not re.search(r"^import ", joined, re.M)
    assert re.findall(r"^export .*", joined, re.M) == ["export default {"]


def test_nothing_is_fetched_and_no_words_become_markup():
    text = modules.joined("coder.js") + modules.style()

    assert not re.search(r"https?://|innerHTML|insertAdjacentHTML|document\.write|eval\(|localStorage|sessionStorage|fetch\(|@import|url\(", text)
