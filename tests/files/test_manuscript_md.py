"""What lies beside the manuscript: literature, and what is needed to publish it."""

import pytest
from sixphase.files.manuscript_md import read_beside_manuscript


def beside(folder, name, text):
    (folder / "manuscript").mkdir()
    (folder / "manuscript" / name).write_text(text, encoding="utf-8")
    problems = []
    return read_beside_manuscript(folder, problems), [str(problem) for problem in problems]


def test_a_study_without_them_has_none(tmp_path):
    assert read_beside_manuscript(tmp_path, []) == {"references": [], "publishing": {}, "answers": {}, "standards": {}}


def test_works_and_settings_are_read(tmp_path):
    assert beside(tmp_path, "references.json", '[{"id": "a"}]') == ({"references": [{"id": "a"}], "publishing": {}, "answers": {}, "standards": {}}, [])


def test_answers_and_standards_know_the_lines_of_their_keys(tmp_path):
    answers = beside(tmp_path, "answers.yaml", "# a note\nnever quoted:\n")[0]["answers"]

    assert (dict(answers), answers.lc.key("never quoted")[0]) == ({"never quoted": None}, 1)


@pytest.mark.parametrize(("name", "text", "told"), [
    ("references.json", '[\n{"id": "a",}]', "manuscript/references.json, line 2: cannot be read"),
    ("references.json", '[{"title": "a"}]', "a list of items, each with an id"),
    ("publishing.yaml", "journal: [", "manuscript/publishing.yaml, line 1: not YAML that can be read"),
    ("publishing.yaml", "- a", "manuscript/publishing.yaml, line 1: no keys are in this file"),
    ("answers.yaml", "a: 1\na: 2", "manuscript/answers.yaml, line 2: not YAML that can be read"),
    ("standards.yaml", "- a", "manuscript/standards.yaml, line 1: no keys are in this file"),
])
def test_what_cannot_be_read_is_named_with_its_line(tmp_path, name, text, told):
    assert told in "\n".join(beside(tmp_path, name, text)[1])
