"""Units of offsets are told apart by what fits; places move with their words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sixphase.exchange.arrivals import tidied
from sixphase.exchange.projects.offsets import READINGS, Moved, Reading, Ruler, choose, stored, tidy

TEXT = "Wait 😀 and wait.\r\nNobody 𝒞alls “back”.\r\nI gave up, é.\r\n"  # two characters beyond the basic plane, three CRLF
WORDS = ["Wait", "Nobody", "back", "gave up", "wait"]


def counted(words: str, unit: str, crlf: int, mark: bool, inclusive: bool = False) -> tuple[int, int]:
    """Where words stand in TEXT, as a program would count that works in this way."""
    before = TEXT[:TEXT.index(words)]
    size = {"code points": len, "UTF-16 units": lambda t: len(t.encode("utf-16-le")) // 2, "UTF-8 bytes": lambda t: len(t.encode())}[unit]
    start = size(before if crlf == 2 else before.replace("\r\n", "\n")) + (size("\ufeff") if mark else 0)
    return start, start + size(words) - inclusive


@pytest.mark.parametrize("unit", ["code points", "UTF-16 units", "UTF-8 bytes"])
@pytest.mark.parametrize("crlf", [1, 2])
@pytest.mark.parametrize("mark", [False, True])
@pytest.mark.parametrize("inclusive", [False, True])
def test_each_way_of_counting_is_told_by_the_names_of_selections(unit, crlf, mark, inclusive):
    texts = {"a": stored("\ufeff" + TEXT if mark else TEXT)}
    selections = [("a", *counted(words, unit, crlf, mark, inclusive), words) for words in WORDS]

    reading, [said], doubts = choose(texts, selections)

    assert [texts["a"].text[slice(*Ruler(texts["a"], reading).span(start, end))] for _, start, end, _ in selections] == WORDS
    assert (reading.unit, reading.crlf, reading.mark, reading.inclusive) == (unit, crlf, mark, inclusive)
    assert "5 of 5 selections tried give the words the selection is named by" in said
    assert doubts == []


def test_without_names_the_borders_of_words_decide():
    texts = {"a": stored(TEXT * 4)}
    places = [(TEXT * 4).index("gave up", n * len(TEXT)) for n in range(4)]
    selections = [("a", len((TEXT * 4)[:p].encode("utf-16-le")) // 2, len((TEXT * 4)[:p + 7].encode("utf-16-le")) // 2, "") for p in places]

    reading, [said], _ = choose(texts, selections)

    assert (reading.unit, reading.crlf) == ("UTF-16 units", 2)
    assert "4 of 4 selections tried begin and end at the borders of words (as code points: " in said


def test_one_text_with_an_emoji_among_hundreds_without_is_not_missed():
    texts = {f"{n}": stored("They wait – here.") for n in range(900)} | {"last": stored("😀 They wait – here.")}
    selections = [*((f"{n}", 5, 9, "wait") for n in range(900)), ("last", 8, 12, "wait")]

    assert choose(texts, selections)[0].unit == "UTF-16 units"


def test_where_nothing_fits_a_person_is_told():
    _, _, doubts = choose({"a": stored("abcdefghijklmnop é " * 9)}, [("a", n, n + 4, "") for n in range(1, 9)])

    assert "only 0 of 8 selections tried" in doubts[0]


@given(st.text(alphabet=st.sampled_from("ab 😀𝒞é\n\r")), st.sampled_from([r for r in READINGS if not r.doubled]), st.data())
def test_an_offset_counted_in_any_unit_is_found_again(raw, reading, data):
    text = stored("\ufeff" + raw if reading.mark else raw)
    place = data.draw(st.integers(0, len(text.text)))
    before = "".join("\r\n" if n in set(text.crlf) and reading.crlf == 2 else c for n, c in enumerate(text.text[:place]))
    size = {"code points": len, "UTF-16 units": lambda t: len(t.encode("utf-16-le")) // 2, "UTF-8 bytes": lambda t: len(t.encode())}[reading.unit]

    assert Ruler(text, reading)(size(before) + (size("\ufeff") if reading.mark else 0)) == place


@given(st.text(alphabet=st.characters(exclude_characters="\ufeff", exclude_categories=["Cs"])))
def test_a_tidied_text_is_that_of_any_other_import(text):
    text = text.replace("\r\n", "\n").replace("\r", "\n")

    assert tidy(text).text == tidied(text)[0]


@given(st.lists(st.sampled_from(["wait", "e\u0301", "\u0627\u0644", "한", "\u1112\u1161\u11ab", "\x07", "😀", "a\u0328\u0301", "\n", " "]), min_size=1, max_size=12), st.data())
def test_a_span_moves_with_its_words_when_a_text_is_tidied(pieces, data):
    import unicodedata

    first = data.draw(st.integers(0, len(pieces) - 1))
    last = data.draw(st.integers(first + 1, len(pieces)))
    text, start, end = "".join(pieces), len("".join(pieces[:first])), len("".join(pieces[:last]))

    moved = tidy(text)

    assert moved.text[moved.start(start):moved.end(end)] == unicodedata.normalize("NFC", text[start:end].replace("\x07", ""))


def test_what_is_put_in_before_a_span_is_not_part_of_it():
    moved = Moved("Interviewer: How?", [(0, 12, "INT:"), (17, 17, "!")])

    assert moved.text == "INT: How?!"
    assert moved.text[moved.start(13):moved.end(17)] == "How?"
    assert (moved.start(0), moved.end(12)) == (0, 4)


def test_the_standards_own_way_is_taken_where_all_agree():
    assert choose({"a": stored("plain")}, [("a", 0, 5, "")]) == (Reading(), ["offsets read as code points: all units agree on these texts"], [])
