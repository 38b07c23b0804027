"""The map is laid out by order alone."""

import itertools

import pandas as pd
from sixphase import tables, themes


def board(*rows):
    return pd.DataFrame([{"theme_id": theme, "name": theme, "status": status, "parent": parent, "codes": []} for theme, parent, status in rows]).astype({"parent": "str"})


FOUR = board(("a", None, "final"), ("a1", "a", "final"), ("a2", "a", "final"), ("b", None, "final"), ("c", None, "final"), ("d", None, "let go"))
NONE = tables.empty(tables.RELATIONS)


def test_themes_stand_two_abreast_and_subthemes_outside():
    nodes = themes.thematic_map(FOUR, NONE).nodes.set_index("id")

    assert nodes["column"].to_dict() == {"a": 1, "a1": 0, "a2": 0, "b": 2, "c": 1}
    assert nodes.loc["c", "y"] > nodes.loc["a2", "y"]


def test_a_theme_let_go_is_not_on_the_map():
    assert "d" not in set(themes.thematic_map(FOUR, NONE).nodes["id"])


def test_no_two_boxes_lie_on_each_other():
    nodes = themes.thematic_map(FOUR, NONE).nodes

    for one, other in itertools.combinations(nodes.itertuples(), 2):
        assert one.column != other.column or abs(one.y - other.y) >= 1


def test_relations_between_codes_or_to_what_is_gone_are_not_drawn():
    relations = tables.frame(tables.RELATIONS, [{"from": "a", "to": "b", "label": "feeds"}, {"from": "a", "to": "d", "label": "x"}, {"from": "k", "to": "l", "label": "opposes"}])

    assert themes.thematic_map(FOUR, relations).lines[["from", "to", "label", "opposes"]].values.tolist() == [["a", "b", "feeds", False]]


def test_a_study_without_themes_has_an_empty_map():
    assert themes.thematic_map(FOUR.iloc[:0], NONE).nodes.empty
