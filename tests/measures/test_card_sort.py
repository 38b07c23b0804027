"""A blind card sort: dealt without themes, and told in counts and extracts."""

import pandas as pd
from sixphase import tables
from sixphase.measures import card_sort

EXTRACTS = pd.DataFrame({"theme_id": ["a"] * 3 + ["b"] * 2, "coding_id": ["1", "2", "3", "4", "5"], "quotation": ["eins", "zwei", "drei", "vier", "fünf"]})


def cards(*rows):
    return tables.frame(tables.CARDS, [dict(zip(("card_id", "on", "by", "coding_id", "into"), row, strict=True)) for row in rows])


SORTED = cards(("c1", "2024-01-01", "dk", "1", ["a"]), ("c2", "2024-01-01", "dk", "2", ["b"]), ("c3", "2024-01-01", "dk", "3", ["a", "b"]),
               ("c4", "2024-01-01", "dk", "4", ["none"]), ("c5", "2024-01-02", "dk", "2", ["a"]))


def test_the_sheet_shows_no_theme_and_draws_alike_from_each():
    dealt = card_sort.sheet(EXTRACTS, each=2, seed=4)

    assert list(dealt.columns) == ["card", "coding_id", "quotation", "into", "because"]
    assert sorted(EXTRACTS.set_index("coding_id").loc[dealt["coding_id"], "theme_id"]) == ["a", "a", "b", "b"]
    assert dealt.equals(card_sort.sheet(EXTRACTS.iloc[::-1], each=2, seed=4))


def test_an_extract_of_two_themes_is_dealt_once():
    both = pd.concat([EXTRACTS, EXTRACTS.head(1).assign(theme_id="b")])

    assert card_sort.sheet(both, each=9, seed=1)["coding_id"].is_unique


def test_the_last_answer_counts_and_several_and_none_are_answers():
    found = card_sort.confusion(SORTED, EXTRACTS, ["a", "b"])

    assert found.loc["a"].to_dict() == {"a": 2, "b": 0, "several": 1, "none": 0}  # 1 and, after a second look, 2; 3 fits both
    assert found.loc["b"].to_dict() == {"a": 0, "b": 0, "several": 0, "none": 1}


def test_what_moved_is_listed_with_its_words():
    assert card_sort.moved(SORTED, EXTRACTS)[["theme_id", "quotation", "sorted_into"]].values.tolist() == [["a", "drei", "a, b"], ["b", "vier", "none"]]


def test_nothing_sorted_gives_nothing():
    assert card_sort.confusion(SORTED.head(0), EXTRACTS, ["a", "b"]).empty
    assert card_sort.moved(SORTED.head(0), EXTRACTS).empty
