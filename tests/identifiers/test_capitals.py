import pytest
from sixphase.identifiers.capitals import capitals


def names(said: str, **more) -> list[str]:
    return [said[start:end] for start, end, _ in capitals(said, **more)]


@pytest.mark.parametrize(("said", "expected"), [
    ("When I rang Margaret she was out.", ["Margaret"]),
    ("Honest, she said. Margaret was out.", ["Margaret"]),
    ("We asked Anna and Ben about it.", ["Anna", "Ben"]),
    ("He works at the University of Hull now.", ["University of Hull"]),
    ("That is Aldermere and Kestrel Council for you.", ["Aldermere and Kestrel Council"]),
    ("I told Dr. Mbeki and Mr O’Neill.", ["Dr. Mbeki", "Mr O’Neill"]),
    ("She lives at 14 Sycamore Avenue.", ["14 Sycamore Avenue"]),
    ("Sunrise Lodge took her.", ["Sunrise Lodge"]),
    ("Mark said no. I will mark it.", ["Mark"]),
    ("The form goes to Stoke-on-Trent.", ["Stoke-on-Trent"]),
])
def test_a_name_is_found_by_its_capitals(said, expected):
    assert names(said) == expected


@pytest.mark.parametrize("said", ["The ward was full.", "I said, No, I can't.", "On Monday in June the NHS was on TV.", "[laughs] She did.", "Will you? May I? Mark my words."])
def test_a_capital_that_says_nothing_is_passed_over(said):
    assert names(said) == []


def test_a_word_the_study_writes_small_is_no_name_when_it_begins_a_sentence():
    assert names("Wombles are tidy.") == ["Wombles"]
    assert names("Wombles are tidy.", everyday={"wombles"}) == []


@pytest.mark.parametrize(("said", "kind"), [("I rang Margaret.", "person"), ("He left Hull University.", "organisation"), ("It is on Salt Street.", "place"), ("She lives in Goole.", "place"),
                                            ("The Green Wellies scheme closed.", "programme")])
def test_its_words_suggest_a_kind(said, kind):
    assert [suggested for *_, suggested in capitals(said)] == [kind]
