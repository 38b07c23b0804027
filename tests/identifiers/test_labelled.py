"""How much is found, and how much there is to look at, on interviews in which every identifier was marked by hand."""

from collections import Counter

import pytest
from labelled import marked, spoken
from sixphase.identifiers import found, proposals
from sixphase.tables import TURNS, frame


@pytest.fixture(scope="module")
def set_():
    texts, marks, rows = marked()
    turns = frame(TURNS, rows)
    return texts, marks, rows, turns, found(texts, turns)


def recall(marks, spans) -> dict[str, float]:
    """The share of marked identifiers of each kind that one found span covers whole, whatever kind it was taken for."""
    by_source = {source: list(zip(own["start"], own["end"], strict=True)) for source, own in spans.groupby("source_id")}
    covered = Counter(kind for source, start, end, kind in marks if any(first <= start and end <= last for first, last in by_source.get(source, [])))
    return {kind: covered[kind] / marked for kind, marked in Counter(kind for *_, kind in marks).items()}


def test_the_set_is_as_large_as_we_say(set_):
    texts, marks, rows, *_ = set_

    assert len(texts) == 11
    assert 9_500 < spoken(rows, texts) < 10_500
    assert len(marks) >= 400


def test_people_organisations_and_places_are_found(set_):
    _, marks, _, _, spans = set_

    share = recall(marks, spans)

    assert share["person"] >= 0.97
    assert share["organisation"] >= 0.90
    assert share["place"] >= 0.90


def test_a_transcript_without_capitals_is_searched_too(set_):
    _, marks, _, _, spans = set_

    share = recall([mark for mark in marks if mark[0].startswith("10_")], spans)

    assert share["person"] >= 0.97
    assert share["place"] >= 0.90


def test_a_reader_is_not_buried(set_):
    texts, marks, rows, turns, spans = set_
    of_marks = {source: [(start, end) for where, start, end, _ in marks if where == source] for source in texts}

    nothing = [span for span in spans.itertuples() if not any(start < span.end and span.start < end for start, end in of_marks[span.source_id])]

    assert len(nothing) / spoken(rows, texts) * 1000 < 3  # places that identify nobody, for each 1,000 words
    assert len(proposals(texts, turns)) / spoken(rows, texts) * 1000 < 45  # forms to decide about; 46 of each 1,000 words are marked identifiers
