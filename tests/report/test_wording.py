"""Words that do not fit the declared approach are asked about; words of participants never are."""

import pytest
from sixphase import report
from sixphase.files import append_decision, open_study
from sixphase.problems import StudyError

FAMILIES = ("waiting", "allotment", "kitchen")  # reflexive, codebook, coding reliability


def write(folder, text, answers=""):
    (folder / "manuscript").mkdir(exist_ok=True)
    (folder / "manuscript" / "manuscript.md").write_text(text, encoding="utf-8")
    (folder / "manuscript" / "answers.yaml").write_text(answers, encoding="utf-8")
    return open_study(folder)


def prompts(study):
    return set(report.wording(study)["prompt"])


@pytest.mark.parametrize(("text", "prompt"), [
    ("Three themes emerged from the data.", "themes that emerge"),
    ("The pattern that had surfaced was clear.", "themes that emerge"),
    ("Two themes were discovered in the interviews.", "themes that emerge"),
    ("Data saturation was reached after two interviews.", "saturation claimed"),
    ("This minimised researcher bias.", "bias removed"),
    ("Our views were bracketed out.", "bias removed"),
    ("Coding was objective.", "bias removed"),
    ("We coded until we had consensus.", "agreement as accuracy"),
    ("Inter-rater agreement was high.", "agreement as accuracy"),
    ("All interviews were double-coded for accuracy.", "agreement as accuracy"),
    ("The themes were validated by participants.", "validated by participants"),
    ("The findings cannot be generalised.", "small samples cannot speak"),
    ("Most participants were tired.", "quantity words"),
    ("Some of the participants were tired.", "quantity words"),
    ("We used constant comparison.", "grounded theory words"),
    ("## Results\n\nA call was made by 50 % of them.", "percentages of few people"),
    ("## Results\n\nLong waits led to anger.", "causes claimed"),
    ("## Results\n\n14 of 23 participants said so.", "counts beside themes"),
    ("## Results\n\nThree of the four people waited.", "counts beside themes"),
    ("## Abstract\n\nThree of them waited alone.", "counts beside themes"),
    ("## Discussion\n\nFour participants told of it.", "counts beside themes"),
])
def test_each_wording_is_asked_about_in_a_reflexive_study(waiting, text, prompt):
    found = report.wording(write(waiting, f"# A title\n\n{text}\n"))

    assert list(found["prompt"]) == [prompt]
    line = 3 + text.count("\n")
    assert found.loc[0, ["where", "strictness"]].tolist() == [f"manuscript/manuscript.md, line {line}", found.loc[0, "strictness"]]
    assert found.loc[0, "why"] and found.loc[0, "instead"] and found.loc[0, "because"] == ""


@pytest.mark.parametrize("text", [
    "We developed three themes.",
    "An emergency arose at noon.",
    "## Methods\n\nFour of the seven people we wrote to took part; four participants spoke twice.",
    "## Results\n\nTwo participants told of it, one of them twice.",
    "The objective of the study was modest. Its objectives were three.",
    "Few words were spoken.",
    "Some words were spoken.",
    "## Methods\n\nThe rate rose by 50 %.",
    "## Results\n\nThey told of waits that led to anger.",
    "“Most” means more than half.\n\nMost participants were tired.",
])
def test_wording_that_fits_is_left_alone(waiting, text):
    assert report.wording(write(waiting, f"# A title\n\n{text}\n")).empty


@pytest.mark.parametrize("text", [
    "She said “the themes emerged” and laughed.",
    "> Data saturation was reached.",
    "[](quote:urn:test:3)",
])
def test_nothing_is_asked_about_inside_a_quotation(waiting, text):
    assert report.wording(write(waiting, f"# A title\n\n{text}\n")).empty


def test_an_edited_quotation_is_not_looked_at(waiting):
    study = write(waiting, "# T\n\n[consensus was [themes emerged] reached](quote:urn:test:3)\n")

    assert report.wording(study).empty


def test_how_strictly_is_asked_depends_on_the_family(waiting, allotment, kitchen):
    text = "# T\n\nThe themes emerged. There was consensus. Agreement was high.\n"

    found = {folder.name: report.wording(write(folder, text)) for folder in (waiting, allotment, kitchen)}

    assert {name: dict(zip(f["prompt"], f["strictness"], strict=True)) for name, f in found.items()} == {
        "waiting": {"themes that emerge": "high", "agreement as accuracy": "high"}, "allotment": {"themes that emerge": "medium"}, "kitchen": {"themes that emerge": "low"}}


def test_a_coding_reliability_study_is_asked_for_its_agreement(kitchen, waiting):
    assert "agreement not reported" in prompts(write(kitchen, "# T\n\nWe coded.\n"))
    assert "agreement not reported" not in prompts(write(kitchen, "# T\n\nAlpha was 0.8.\n"))
    assert "agreement not reported" not in prompts(write(waiting, "# T\n\nWe coded.\n"))


def test_braun_and_clarke_of_2006_alone_do_not_carry_a_reflexive_analysis(waiting):
    works = '[{"id": "bc06", "type": "book", "author": [{"family": "Braun"}], "issued": {"date-parts": [[2006]]}},' \
            '{"id": "bc19", "type": "book", "author": [{"family": "Braun"}], "issued": {"date-parts": [[2019]]}}]'
    (waiting / "manuscript").mkdir()
    (waiting / "manuscript" / "references.json").write_text(works, encoding="utf-8")

    assert prompts(write(waiting, "# T\n\nWe followed @bc06.\n")) == {"the 2006 paper alone"}
    assert prompts(write(waiting, "# T\n\nWe followed @bc06 and @bc19.\n")) == set()


def test_a_theme_named_like_a_question_or_like_a_setting_is_told_with_its_line(waiting):
    themes = waiting / "themes.yaml"
    first = next(line for line in themes.read_text(encoding="utf-8").splitlines() if line.strip().startswith("name:"))
    for name, prompt in (("The context of waiting", "a first theme that is context"), ("What the waiting has been like", "themes that echo the guide")):
        changed = themes.read_text(encoding="utf-8").replace(first, f"{first.split('name:')[0]}name: {name}")
        (waiting / "themes.yaml").write_text(changed, encoding="utf-8")
        first = f"{first.split('name:')[0]}name: {name}"

        found = report.wording(write(waiting, "# T\n\nWe read.\n"))

        assert list(found["prompt"]) == [prompt]
        assert found.loc[0, "where"].startswith("themes.yaml, line ")


def test_an_answer_with_a_reason_is_kept_beside_its_prompt_and_takes_nothing_away(waiting):
    answers = "themes that emerge:\n  - {words: emerged from a talk, because: here the word is about a talk among us}\n"

    found = report.wording(write(waiting, "# T\n\nThe theme\nemerged from a\ntalk. A second theme emerged.\n", answers))

    assert list(found["because"]) == ["here the word is about a talk among us", ""]


def test_an_answer_that_fits_nothing_any_more_is_told_with_its_line(waiting):
    answers = "themes that emerge:\n  - {words: emerged from the sea, because: x}\nnever quoted:\n  - {words: P99, because: y}\n"

    found = report.wording(write(waiting, "# T\n\nWe read.\n", answers))

    assert found[["where", "words", "why", "because"]].values.tolist() == [["manuscript/answers.yaml, line 2", "emerged from the sea", "this answer fits nothing now", "x"]]
    assert "manuscript/answers.yaml, line 4" in report.balance(open_study(waiting))["where"].tolist()


@pytest.mark.parametrize(("answers", "told"), [
    ("themes that emerg:\n  - {because: x}\n", "no prompt is called “themes that emerg”"),
    ("\nthemes that emerge:\n  - {words: x}\n", "line 2: an answer to “themes that emerge” has no reason"),
    ("themes that emerge: yes\n", "has no reason"),
])
def test_an_answer_that_cannot_be_used_is_told_with_its_line(waiting, answers, told):
    with pytest.raises(StudyError, match=told):
        report.wording(write(waiting, "# T\n\nWe read.\n", answers))


def test_a_study_without_a_manuscript_is_asked_nothing(opened):
    assert report.wording(opened).empty


@pytest.mark.parametrize("reference", ["{theme:THEME participants}", "{theme:THEME participants of all}", "{code:helpers interviews}"])
def test_a_count_by_reference_is_asked_about_too_and_its_reason_is_kept(waiting, reference):
    theme = open_study(waiting).themes["theme_id"].iloc[0]
    text = f"# T\n\nIt is heard from {reference.replace('THEME', theme)}.\n"

    found = report.wording(write(waiting, text, "counts beside themes:\n  - {words: It is heard from, because: the funder asked for it}\n"))

    assert found[["where", "prompt", "strictness", "because"]].values.tolist() == [["manuscript/manuscript.md, line 3", "counts beside themes", "high", "the funder asked for it"]]


def test_no_other_family_is_asked_about_counts(allotment, kitchen):
    text = "# T\n\nAgreement was high.\n\n## Results\n\nTwo of three participants said so.\n"

    assert "counts beside themes" not in prompts(write(allotment, text)) | prompts(write(kitchen, text))


def test_a_measure_that_was_asked_for_has_to_be_told_by_the_author_word_for_word(waiting):
    append_decision(open_study(waiting), "report agreement", by="am", phase=2, because="the journal wants it, says P01", about=["measure:agreement"], on="2024-06-01")
    sentence = ("Agreement does not fit a reflexive study; it was reported because am asked for it on 2024-06-01: the journal wants it, says [a participant]. "
                "It says nothing about the worth of the interpretation.")

    told = report.wording(write(waiting, "# T\n\nWe read.\n\n## Strengths and limitations\n\nIt is small.\n"))
    nowhere = report.wording(write(waiting, "# T\n\nWe read.\n"))
    done = report.wording(write(waiting, f"# T\n\n## Limitations\n\nIt is small. {sentence}\n"))

    assert told[["where", "words", "prompt", "instead"]].values.tolist() == [
        ["manuscript/manuscript.md, line 5", sentence, "an override untold", "put this sentence into the limitations as it stands here"]]
    assert nowhere["where"].tolist() == ["manuscript/manuscript.md: there is no section on limitations"]
    assert "an override untold" not in set(done["prompt"])


def test_the_first_draft_tells_it_so_that_nothing_is_asked(waiting):
    append_decision(open_study(waiting), "report agreement", by="am", phase=2, because="the journal wants it", about=["measure:agreement"], on="2024-06-01")
    draft = report.draft(open_study(waiting))

    assert "an override untold" not in prompts(write(waiting, draft))
