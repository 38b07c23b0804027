import pytest

from sixphase.files import durable, new_study, open_study
from sixphase.files.yaml_files import change_entry, read_codes, read_settings, read_themes, with_interviewers
from sixphase.problems import StudyError
from sixphase.tables import CODES, THEMES

CODEBOOK = """\
# what we keep, and why
codes:
  no:  # Norway
    name: no
    definition: “Refusing” is 😀 not שלום   # their word
    created: 2024-02-03

  # not sure about this one
  later:
    name: 'Later: perhaps'
    history:
      - {on: 2024-02-10, by: am, what: split off, because: two ideas}
"""


def codebook(folder, text=CODEBOOK):
    (folder / "codebook.yaml").write_text(text, encoding="utf-8", newline="")
    return folder


def test_codes_are_read_in_their_order_with_the_lines_they_begin_on(tmp_path):
    problems = []

    codes, lines = read_codes(codebook(tmp_path), problems)

    assert problems == []
    assert list(codes["code_id"]) == ["no", "later"]  # “no” is text
    assert list(codes["name"]) == ["no", "Later: perhaps"]
    assert codes.loc[0, "definition"] == "“Refusing” is 😀 not שלום"
    assert lines == {"no": 3, "later": 9}


def test_settings_are_read_as_their_table_states_them(waiting):
    problems = []

    read = read_settings(waiting, problems)

    assert problems == []
    assert (read["format"], read["synthetic"], read["approach"]["family"], list(read["coders"])) == (1, True, "reflexive", ["am", "bo"])


def test_a_wrong_setting_is_told_with_its_line(waiting):
    path = waiting / "study.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("family: reflexive", "family: reflexiv"), encoding="utf-8")
    problems = []

    read_settings(waiting, problems)

    assert [str(problem) for problem in problems] == ["study.yaml, line 7: approach: family is none of the choices: did you mean “reflexive”?"]


def test_a_change_leaves_every_other_line_as_it_is(tmp_path):
    change_entry(codebook(tmp_path), CODES, "no", {"name": "Refusing"})

    assert (tmp_path / "codebook.yaml").read_text(encoding="utf-8") == CODEBOOK.replace("name: no", "name: Refusing")


def test_history_is_added_to_and_a_column_of_none_is_taken_away(tmp_path):
    change_entry(codebook(tmp_path), CODES, "later", {"history": [{"on": "2024-03-01", "by": "am", "what": "kept", "because": "it fits"}]})
    change_entry(tmp_path, CODES, "no", {"definition": None})

    codes = read_codes(tmp_path, [])[0].set_index("code_id")
    assert [entry["what"] for entry in codes.loc["later", "history"]] == ["split off", "kept"]
    assert codes["definition"].isna().all()


@pytest.mark.parametrize("before", [None, "codes: {}\n", "codes:\n", "codes:\n  waiting:\n"], ids=["no file", "{}", "nothing", "no columns"])
def test_the_first_code_can_be_added(tmp_path, before):
    if before is not None:
        codebook(tmp_path, before)

    change_entry(tmp_path, CODES, "waiting", {"name": "Waiting", "definition": "no"})

    assert (tmp_path / "codebook.yaml").read_text(encoding="utf-8") == "codes:\n  waiting:\n    name: Waiting\n    definition: no\n"


def test_a_new_study_keeps_its_notes_when_its_first_code_is_added(tmp_path):
    study = new_study("waits", tmp_path)
    notes = (study / "codebook.yaml").read_text(encoding="utf-8").replace("codes: {}\n", "")

    change_entry(study, CODES, "waiting", {"name": "Waiting"})

    assert (study / "codebook.yaml").read_text(encoding="utf-8") == notes + "codes:\n  waiting:\n    name: Waiting\n"


@pytest.mark.parametrize(("table", "changes", "told"), [
    (CODES, {"definition": "a code without a name"}, "waiting: name is missing"),
    (CODES, {"name": "x", "status": "gone"}, "waiting: status is none of the choices"),
    (CODES, {"name": "x", "shade": "red"}, "waiting: shade is not a column of codes"),
    (THEMES, {"name": "x"}, "waiting: status is missing"),
])
def test_a_change_that_would_not_be_read_again_is_refused_and_not_written(tmp_path, table, changes, told):
    with pytest.raises(ValueError, match=told):
        change_entry(codebook(tmp_path), table, "waiting", changes)

    assert (tmp_path / "codebook.yaml").read_text(encoding="utf-8") == CODEBOOK
    assert not (tmp_path / "themes.yaml").exists()


def test_a_codebook_that_cannot_be_read_is_not_changed(tmp_path):
    codebook(tmp_path, "codes:\n  a: {name: x}\n  a: {name: y}\n")

    with pytest.raises(ValueError, match="codebook.yaml, line 3.*duplicate key"):
        change_entry(tmp_path, CODES, "b", {"name": "z"})

    assert (tmp_path / "codebook.yaml").read_text(encoding="utf-8") == "codes:\n  a: {name: x}\n  a: {name: y}\n"


def test_a_theme_changes_its_status_and_the_study_opens(waiting):
    change_entry(waiting, THEMES, "shrinking", {"status": "let go", "because": "part of the other"})

    themes = open_study(waiting).themes.set_index("theme_id")
    assert themes.loc["shrinking", "status"] == "let go"
    assert read_themes(waiting, [])[1]["others-know"] == 24  # one line further down than before


def test_new_interviewers_are_added_and_known_ones_left(waiting):
    before = (waiting / "study.yaml").read_bytes()

    assert with_interviewers(waiting, ["INT"]) == before
    added = with_interviewers(waiting, ["INT", "1", "Zoë"])
    (waiting / "study.yaml").write_bytes(added)
    assert read_settings(waiting, [])["interviewers"] == {"INT": "I. N. T.", "1": "1", "Zoë": "Zoë"}


def test_interviewers_cannot_be_added_to_a_file_that_cannot_be_read(waiting):
    (waiting / "study.yaml").write_bytes(b"title: a: b\n")

    with pytest.raises(StudyError, match="study.yaml, line 1: not YAML that can be read"):
        with_interviewers(waiting, ["ANN"])


def test_a_change_made_in_an_editor_meanwhile_is_not_written_over(tmp_path, monkeypatch):
    replace, edited = durable.replace, CODEBOOK + "  third: {name: x}\n"

    def after_the_editor(path, content, *, read):
        codebook(tmp_path, edited)
        replace(path, content, read=read)

    monkeypatch.setattr(durable, "replace", after_the_editor)
    with pytest.raises(durable.ChangedOnDisk):
        change_entry(codebook(tmp_path), CODES, "no", {"name": "Refusing"})

    assert (tmp_path / "codebook.yaml").read_text(encoding="utf-8") == edited
