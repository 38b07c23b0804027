"""Do the tables of a study agree? Each way to disagree is told in words, with its line."""

import pytest
from sixphase.files import check_study, open_study
from sixphase.problems import StudyError


def broken(folder, file, old, new):
    """The problems of the study once `old` in a file reads `new`."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")
    return [(p.file, p.line, p.what) for p in check_study(folder)]


def test_the_tiny_study_has_no_problems(waiting):
    assert check_study(waiting) == []


def test_a_count_names_its_unit(opened):
    assert opened.counts == {"participants": 2, "interviews": 3, "participant words": 80, "codings": 8, "codes": 4, "themes": 2, "memos": 2, "decisions": 2}
    assert "2 participants, 3 interviews" in repr(opened)
    assert "SYNTHETIC" in repr(opened)


@pytest.mark.parametrize(("file", "old", "new", "where", "told"), [
    ("sources.csv", "P02-1,P02,", "P02-1,P03,", ("sources.csv", 3), "no participant “P03” in participants.csv"),
    ("participants.csv", "P02,carer", "P09,carer", ("participants.csv", 3), "P09 has no interview in sources.csv"),
    ("sources.csv", "video,INT", "video,INN", ("sources.csv", 3), "no interviewer “INN” in study.yaml"),
    ("codebook.yaml", "  nuisance:", "  nuissance:", ("codings/P01-1.am.jsonl", 3), "no code “nuisance” in codebook.yaml"),
    ("codebook.yaml", "    merged_into: unanswered\n", "", ("codebook.yaml", 20), "no-reply is merged, but merged_into is missing"),
    ("codebook.yaml", "merged_into: unanswered", "merged_into: unanswerd", ("codebook.yaml", 20), "no-reply is merged into “unanswerd”, which is no code"),
    ("codebook.yaml", "    because: The same thing under two names.\n", "", ("codebook.yaml", 20), "no-reply is merged without a reason"),
    ("themes.yaml", "codes: [helpers]", "codes: [helper]", ("themes.yaml", 23), "others-know: no code “helper” in codebook.yaml"),
    ("themes.yaml", "parent: silence-teaches", "parent: silence", ("themes.yaml", 16), "shrinking has the parent “silence”, which is no other entry here"),
    ("themes.yaml", "urn:test:3", "urn:test:7", ("themes.yaml", 2), "silence-teaches: its extract “urn:test:7” is no coding that stands"),
    ("themes.yaml", "    because: One letter is no pattern.\n", "", ("themes.yaml", 28), "letters-theme was let go without a reason"),
    ("study.yaml", "group_by: role", "group_by: rolle", ("study.yaml", None), "group_by names “rolle”, which is no column of participants.csv"),
    ("memos/2024-02-02-first-reading.md", "source:P01-1", "source:P09-1", ("memos/2024-02-02-first-reading.md", 2), "about “source:P09-1”, which is not in this study"),
])
def test_a_disagreement_is_told_with_its_line(waiting, file, old, new, where, told):
    assert (*where, told) in broken(waiting, file, old, new)


def test_one_changed_character_of_a_transcript_is_told_with_where_the_words_stand_now(waiting):
    path = waiting / "transcripts" / "P01-1.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("They never", "So they never", 1), encoding="utf-8", newline="\n")

    with pytest.raises(StudyError) as error:
        open_study(waiting)

    told = str(error.value)
    assert "codings/P01-1.am.jsonl, line 2: the quotation is not what the transcript says there." in told
    assert "the transcript changed by +3 characters before them" in told


def test_all_problems_of_a_study_come_at_once(waiting):
    broken(waiting, "sources.csv", "2024-02-01", "01.02.2024")
    found = broken(waiting, "codebook.yaml", "definition: Seeing", "definitoin: Seeing")

    assert [file for file, _, _ in found] == ["codebook.yaml", "sources.csv"]


def test_codes_merged_in_a_circle_are_a_problem(waiting):
    text = (waiting / "codebook.yaml").read_text(encoding="utf-8")
    (waiting / "codebook.yaml").write_text(text.replace("    name: Calling into silence", "    name: Calling into silence\n    merged_into: no-reply"), encoding="utf-8")

    assert any("codes merged in a circle" in p.what for p in check_study(waiting))


def test_the_analysis_rests_on_the_coders_it_names_and_the_others_stay_beside_it(waiting):
    text = (waiting / "study.yaml").read_text(encoding="utf-8")
    (waiting / "study.yaml").write_text(f"{text}analysis_by: [am]\n", encoding="utf-8")

    study = open_study(waiting)

    assert (len(study.codings), len(study.all_codings)) == (7, 8)  # 11 is by bo


def test_a_reflexive_study_has_no_theme_that_is_older_than_its_coding(waiting):
    told = broken(waiting, "themes.yaml", "codes: [helpers]\n    created: 2024-02-12", "codes: [helpers]\n    created: 2024-02-02")

    assert told == [("themes.yaml", 23, "others-know was written down before anything was coded")]


@pytest.mark.parametrize("family", ["codebook", "coding reliability"])
def test_other_families_may_begin_with_themes(waiting, family):
    broken(waiting, "study.yaml", "family: reflexive", f"family: {family}")

    assert broken(waiting, "themes.yaml", "codes: [helpers]\n    created: 2024-02-12", "codes: [helpers]\n    created: 2024-02-02") == []


def test_a_transcript_that_changed_without_moving_a_coded_word_is_told(waiting):
    told = broken(waiting, "transcripts/P01-1.txt", "My sister. She said ring again, so I rang again. They never rang back.", "My sister. She said ring again, so I rang again. They never rang back.\n\nINT: Mm.")

    assert told == [("transcripts/P01-1.txt", None, "the transcript was changed after it was coded, though no coded word moved")]


def test_an_approach_that_was_changed_needs_a_reason_and_a_memo_of_that_day(allotment):
    told = broken(allotment, "study.yaml", "  declared_by: am", "  declared_by: am\n  changed_from: reflexive")

    assert [what for _, _, what in told] == ["approach: changed from reflexive on 2024-05-01, and no memo tells of it", "approach: changed from reflexive without a reason"]


def test_a_study_whose_approach_was_changed_says_so_on_every_first_page(allotment):
    from sixphase.show import summary

    (allotment / "memos" / "2024-05-01-approach.md").write_text("---\non: 2024-05-01\nby: am\nkind: method\nabout: []\n---\n\n# Why we changed\n", encoding="utf-8")

    assert broken(allotment, "study.yaml", "  declared_by: am", "  declared_by: am\n  changed_from: reflexive\n  change_reason: The funder set the categories.") == []
    assert "Before that it was reflexive; it was changed because: The funder set the categories." in summary(open_study(allotment)).html
