"""One entry of codebook.yaml or themes.yaml is changed by itself, and the file means what it would mean had it been read and written whole."""

import pytest
from sixphase.files import entries
from sixphase.files.yaml_files import change_entry, read_codes, read_relations, read_themes
from sixphase.tables import CODES, THEMES

FILE = """# before all
themes:
  # above one
  one:
    name: One   # at its end
    status: candidate
    concept: "said over
two lines: with
  a colon"
    is: |
      kept
        as it is

      # no comment
    codes: [b, a]

  # above two
  two:
    name: 'Two: it''s'
    status: candidate
    history:
    - on: '2024-01-01'
      by: am
      what: created
  # below two

# above the lines
relations:
  - {from: one, to: two, label: feeds}   # why not
"""


@pytest.fixture(autouse=True)
def _forgotten():
    entries._known.clear()


def written(folder, text, key, changes, *, known):
    """The file after a change, when it was read before and when it was not; what it means; and its comments."""
    entries._known.clear()
    (folder / "themes.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    problems = []
    if known:
        read_themes(folder, problems)
    change_entry(folder, THEMES, key, changes)
    entries._known.clear()
    (table, lines), relations = read_themes(folder, problems), read_relations(folder, problems)
    assert problems == []
    content = (folder / "themes.yaml").read_text(encoding="utf-8-sig")
    return content, (table.astype("object").fillna("").to_dict("records"), relations.to_dict("records")), sorted(line.split("# ")[1] for line in content.splitlines() if "# " in line)


@pytest.mark.parametrize("changes", [{"name": "Another"}, {"codes": []}, {"concept": None}, {"codes": ["a", "b", "c"], "history": [{"on": "2024-02-02", "by": "bo", "what": "x: y # z"}]}])
@pytest.mark.parametrize("key", ["one", "two", "three"])
@pytest.mark.parametrize("text", [FILE, FILE.split("# above the lines")[0], FILE.replace("\n", "\r\n"), "\ufeff" + FILE, FILE.rstrip("\n"), FILE.replace("    concept", "    is_not: a\u2028b\n    concept"),
                                  "themes: {one: {name: One, status: candidate}, two: {name: Two, status: candidate}}\n"], ids=range(7))
def test_it_means_the_same_as_when_the_file_is_read_and_written_whole(tmp_path, text, key, changes):
    changes = {"name": "Three", "status": "candidate", **changes} if key == "three" else changes

    _, alone, comments = written(tmp_path, text, key, changes, known=True)
    _, whole, comments_whole = written(tmp_path, text, key, changes, known=False)

    assert alone == whole and comments == comments_whole


def test_every_other_byte_stays(tmp_path):
    content, _, _ = written(tmp_path, FILE, "two", {"name": "Second"}, known=True)

    assert content.split("    name: 'Second'")[0] == FILE.split("    name: 'Two")[0]
    assert content.split("      what: created\n")[1] == FILE.split("      what: created\n")[1]


def test_what_was_written_is_known_and_has_its_lines(tmp_path):
    (tmp_path / "themes.yaml").write_text(FILE, encoding="utf-8")
    read_themes(tmp_path, [])
    change_entry(tmp_path, THEMES, "one", {"history": [{"on": "2024-02-02", "by": "bo", "what": "looked at"}]})

    content = (tmp_path / "themes.yaml").read_bytes()
    known = entries.recall("themes.yaml", content)
    entries._known.clear()

    assert known is not None and known.content == content
    assert known.lines == read_themes(tmp_path, [])[1]


def test_a_file_with_a_problem_is_not_remembered(tmp_path):
    (tmp_path / "codebook.yaml").write_text("codes:\n  a:\n    name: A\n    colour_of: red\n", encoding="utf-8")
    problems = []
    read_codes(tmp_path, problems)
    read_codes(tmp_path, problems)

    assert len(problems) == 2


def test_what_does_not_fit_is_refused_and_nothing_is_written(tmp_path):
    (tmp_path / "codebook.yaml").write_text("codes:\n  a:\n    name: A\n", encoding="utf-8")
    read_codes(tmp_path, [])

    with pytest.raises(ValueError, match="a: status is none of the choices"):
        change_entry(tmp_path, CODES, "a", {"status": "gone"})
    assert (tmp_path / "codebook.yaml").read_text(encoding="utf-8") == "codes:\n  a:\n    name: A\n"


def test_a_file_that_somebody_changed_meanwhile_is_read_anew(tmp_path):
    path = tmp_path / "themes.yaml"
    path.write_text(FILE, encoding="utf-8")
    read_themes(tmp_path, [])
    path.write_text(FILE.replace("codes: [b, a]", "codes: [c]"), encoding="utf-8")

    change_entry(tmp_path, THEMES, "one", {"name": "Anew"})

    assert read_themes(tmp_path, [])[0].set_index("theme_id").loc["one", ["name", "codes"]].tolist() == ["Anew", ["c"]]
