"""Arithmetic on spans, checked against counting code points one by one."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from sixphase import spans


def table(*rows):
    return pd.DataFrame(rows, columns=["source_id", "start", "end"]).astype({"source_id": "str", "start": "int64", "end": "int64"})


some_spans = st.lists(st.tuples(st.sampled_from(["A", "B"]), st.integers(0, 30), st.integers(1, 12)).map(lambda s: (s[0], s[1], s[1] + s[2])), max_size=12)


def points(rows):
    return {(source, place) for source, start, end in rows for place in range(start, end)}


def test_spans_that_touch_are_joined_but_do_not_meet():
    first, second = table(("A", 0, 5)), table(("A", 5, 9))

    assert spans.union(pd.concat([first, second])).values.tolist() == [["A", 0, 9]]
    assert spans.meetings(first, second).empty


def test_spans_of_two_sources_never_meet():
    assert spans.meetings(table(("A", 0, 5)), table(("B", 0, 5))).empty


def test_a_long_span_meets_what_lies_inside_it():
    met = spans.meetings(table(("A", 0, 100)), table(("A", 3, 4), ("A", 50, 60), ("A", 99, 120)))

    assert met.values.tolist() == [[0, 0, 1], [0, 1, 10], [0, 2, 1]]


@given(some_spans, some_spans)
def test_meetings_are_those_that_share_a_code_point(first, second):
    met = spans.meetings(table(*first), table(*second))

    expected = [[i, j, len(points([a]) & points([b]))] for i, a in enumerate(first) for j, b in enumerate(second) if points([a]) & points([b])]
    assert met.values.tolist() == expected


@given(some_spans)
def test_a_union_covers_the_same_code_points_once(rows):
    joined = spans.union(table(*rows))

    assert points(joined.values.tolist()) == points(rows)
    assert spans.length(table(*rows)) == len(points(rows))


@given(st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from("xy"), st.integers(0, 30), st.integers(1, 12)), max_size=12))
def test_a_union_within_codes_joins_each_code_by_itself(rows):
    given_ = pd.DataFrame([(s, c, a, a + n) for s, c, a, n in rows], columns=["source_id", "code_id", "start", "end"]).astype({"start": "int64", "end": "int64"})

    joined = spans.union(given_, by=("source_id", "code_id"))

    assert [tuple(row) for row in joined[["source_id", "code_id"]].drop_duplicates().values] == sorted({(s, c) for s, c, _, _ in rows})
    for (source, code), found in joined.groupby(["source_id", "code_id"]):
        assert points(found[["source_id", "start", "end"]].values.tolist()) == points([(s, a, a + n) for s, c, a, n in rows if (s, c) == (source, code)])
        assert (found["start"].to_numpy()[1:] > found["end"].to_numpy()[:-1]).all()
