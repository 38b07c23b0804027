"""What a manuscript refers to: numbers by name, quotations by coding."""

import pytest
from sixphase import report
from sixphase.files import open_study
from sixphase.problems import StudyError


def written(folder, text):
    (folder / "manuscript").mkdir(exist_ok=True)
    (folder / "manuscript" / "manuscript.md").write_text(text, encoding="utf-8")
    return report.manuscript(open_study(folder)).html


def test_numbers_come_from_the_study(waiting):
    page = written(waiting, "We spoke with {participants} people in {interviews} talks; {second interviews} was a second one.")

    assert "We spoke with 2 people in 3 talks; 1 was a second one." in page


def test_numbers_of_a_theme_a_subtheme_and_a_code_are_its_own(waiting):
    # silence-teaches: 7 extracts of P01; its subtheme shrinking: 2, 3, 4, 9; the code nuisance: 3
    page = written(waiting, "{theme:silence-teaches extracts} {theme:shrinking extracts} {code:nuisance extracts} {code:giving-up interviews}")

    assert "<p>7 4 1 2</p>" in page


def test_a_quotation_is_the_words_of_its_coding_whatever_markdown_makes_of_them(waiting):
    page = written(waiting, "Before.\n\n[](quote:urn:test:3)\n\nAfter.")

    assert "<p>You feel you are a nuisance 😀 so you stop asking. <span" in page
    assert '(P01; <a href="2_transcripts/P01-1.html#urn:test:3">P01-1, line 3</a>)' in page  # two people: no role is shared by enough


@pytest.mark.parametrize(("text", "told"), [
    ("{participant}", "“{participant}” means nothing\n    do        did you mean “participants”?"),
    ("{theme:silense-teaches participants}", "means nothing"),
    ("x\n\n[](quote:urn:test:99)", "manuscript/manuscript.md, line 3: no coding “urn:test:99” stands in this study"),
    ("[](quote:urn:test:7)", "no coding “urn:test:7” stands"),  # it was withdrawn
    ("[](quote:urn:test:6)", "may not be quoted\n    do        P02 did not agree"),
])
def test_a_reference_that_means_nothing_stops_the_manuscript_with_its_line(waiting, text, told):
    with pytest.raises(StudyError) as error:
        written(waiting, text)

    assert told in str(error.value)


def test_all_wrong_references_come_at_once(waiting):
    with pytest.raises(StudyError, match="2 problems in the manuscript"):
        written(waiting, "{a}\n{b}")


def test_what_an_author_types_as_html_stays_words(waiting):
    assert "<script>" not in written(waiting, "<script>alert(1)</script>")
