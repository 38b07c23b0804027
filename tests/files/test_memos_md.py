import pytest

from sixphase.files.memos_md import read_memos, write_memo

TOP = {"on": "2024-03-01", "by": "am", "kind": "analytic", "about": ["code:nuisance"]}


def test_a_memo_is_read_back_as_it_was_written(tmp_path):
    path = write_memo(tmp_path, "On nuisance", "# On “nuisance” 😀\n\nשלום\n\n---\n\nand after a rule.", **TOP)
    problems = []

    memo = read_memos(tmp_path, problems).iloc[0]

    assert (path.name, problems) == ("2024-03-01-on-nuisance.md", [])
    assert {name: memo[name] for name in TOP} == TOP
    assert memo["title"] == "On “nuisance” 😀"
    assert memo["text"] == "# On “nuisance” 😀\n\nשלום\n\n---\n\nand after a rule."


@pytest.mark.parametrize("two", [("שלום", "תודה"), ("Zoë", "Zoé"), ("a" * 70, "a" * 71)], ids=["no Latin letter", "accents", "long"])
def test_two_memos_of_one_day_with_different_names_are_two_files(tmp_path, two):
    paths = [write_memo(tmp_path, name, f"about {name}", **TOP) for name in two]

    assert len(set(paths)) == 2
    assert all(path.name.isascii() and len(path.name) < 100 for path in paths)
    assert set(read_memos(tmp_path, [])["text"]) == {f"about {name}" for name in two}


def test_a_memo_of_an_unknown_kind_is_refused_and_not_written(tmp_path):
    with pytest.raises(ValueError, match="kind is none of the choices: did you mean “analytic”?"):
        write_memo(tmp_path, "x", "words", **{**TOP, "kind": "analytical"})

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("content", "told"), [
    (b"just words\n", "memos/x.md, line 1: the lines at the top are missing"),
    (b"---\non: 2024-02-30\n---\nwords\n", "memos/x.md, line 2: the lines at the top cannot be read: day is out of range"),
    (b"---\non: [\n---\nwords\n", "memos/x.md, line 2: the lines at the top cannot be read"),
    (b"---\non: 2024-02-01\nkind: analytic\n---\nwords\n", "memos/x.md, line 2: by is missing"),
    (b"---\non: 2024-02-01\non: 2024-02-02\n---\nwords\n", "memos/x.md, line 2: the lines at the top cannot be read"),
    ("---\nby: é\n---\n".encode("cp1252"), "memos/x.md: not UTF-8"),
], ids=["no top", "no such day", "not YAML", "no author", "a key twice", "cp1252"])
def test_a_memo_that_cannot_be_read_is_told(tmp_path, content, told):
    (tmp_path / "memos").mkdir()
    (tmp_path / "memos" / "x.md").write_bytes(content)
    problems = []

    memos = read_memos(tmp_path, problems)

    assert memos.empty
    assert len(problems) == 1 and str(problems[0]).startswith(told)


def test_a_memo_saved_by_an_editor_of_windows_is_read(tmp_path):
    (tmp_path / "memos").mkdir()
    (tmp_path / "memos" / "x.md").write_bytes("\ufeff---\r\non: 2024-02-01\r\nby: am\r\nkind: method\r\n---\r\n\r\nCafé\r\n".encode())
    problems = []

    memos = read_memos(tmp_path, problems)

    assert (list(memos["text"]), list(memos["title"]), problems) == (["Café"], ["x"], [])
