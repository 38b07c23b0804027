"""Earlier versions of a codebook are worked out from what stands now and from its history."""

import pandas as pd
import pytest
from sixphase import codebook, tables
from sixphase.files import desk, open_study


def codes(*rows):
    return tables.frame(tables.CODES, [{"name": row["code_id"], "created": "2024-01-01", **row} for row in rows])


def entry(on, what, why="so", **was):
    return {"on": on, "by": "am", "what": what, "because": why, **({"was": was} if was else {})}


GROWN = codes(
    {"code_id": "a", "definition": "now", "history": [entry("2024-01-05", "redefined", "too wide", definition="first"), entry("2024-01-09", "redefined", "still too wide", definition="second")]},
    {"code_id": "b", "name": "B new", "parent": "a", "history": [entry("2024-01-05", "renamed", "plainer", name="B old", parent=None)]},
    {"code_id": "c", "status": "merged", "merged_into": "a", "because": "the same", "history": [entry("2024-01-09", "merged into a", "the same")]},
    {"code_id": "d", "created": "2024-01-09"},
    {"code_id": "e", "status": "retired", "because": "empty", "history": [entry("2024-01-05", "retired", "empty", status=None)]},
    {"code_id": "f", "history": [entry("2024-01-05", "retired", "rare", status=None), entry("2024-01-09", "stands again", "not so rare", status="retired")]})


def test_a_day_has_the_words_places_and_states_of_then():
    then = codebook.as_of(GROWN, "2024-01-05").set_index("code_id")

    assert list(then.index) == ["a", "b", "c", "e", "f"]
    assert then.loc["a", "definition"] == "second"
    assert then.loc["b", ["name", "parent"]].tolist() == ["B new", "a"]
    assert pd.isna(then.loc["c", "status"]) and pd.isna(then.loc["c", "merged_into"])
    assert then.loc[["e", "f"], "status"].tolist() == ["retired", "retired"]
    assert codebook.as_of(GROWN, "2024-01-01").set_index("code_id").loc[["a", "b"], ["name", "definition"]].fillna("").values.tolist() == [["a", "first"], ["B old", ""]]


def test_now_is_what_codebook_yaml_says():
    assert codebook.as_of(GROWN).equals(GROWN)


def test_each_change_is_told_with_what_stood_there_and_why():
    found = codebook.all_changes(GROWN, ["2024-01-01", "2024-01-05", "2024-01-09"])

    assert found[["version", "code_id", "what", "was", "now", "because"]].values.tolist() == [
        ["v1", "a", "re-scoped", "definition: first", "definition: second", "too wide"],
        ["v1", "b", "renamed", "B old", "B new", "plainer"],
        ["v1", "b", "re-levelled", "under the top", "under a", "plainer"],
        ["v1", "e", "deleted", "", "", "empty"],
        ["v1", "f", "deleted", "", "", "rare"],
        ["v2", "a", "re-scoped", "definition: second", "definition: now", "still too wide"],
        ["v2", "c", "merged", "", "a", "the same"],
        ["v2", "d", "inserted", "", "", ""],
        ["v2", "f", "taken up again", "", "", "not so rare"]]


def test_a_change_whose_earlier_words_were_not_kept_is_told_in_its_own():
    silent = codes({"code_id": "a", "history": [entry("2024-01-01", "created"), entry("2024-01-05", "redefined", "too wide")]})

    assert codebook.all_changes(silent, ["2024-01-01", "2024-01-05"])[["what", "was", "now", "because"]].values.tolist() == [["redefined", "", "", "too wide"]]


def test_versions_count_codes_levels_and_changes():
    counted = codebook.versions(GROWN, tables.empty(tables.DECISIONS), ["2024-01-01", "2024-01-05", "2024-01-09"]).set_index("version")

    assert counted[["codes", "levels", "inserted", "deleted", "re_levelled", "re_scoped", "renamed"]].values.tolist() == [
        [5, 1, 0, 0, 0, 0, 0], [3, 2, 0, 2, 1, 1, 1], [4, 2, 2, 1, 0, 1, 0]]


def test_a_picture_shows_each_code_beside_each_version():
    fates = codebook.fates(GROWN, ["2024-01-01", "2024-01-05", "2024-01-09"]).set_index("code_id")

    assert list(fates.index) == ["a", "b", "c", "d", "e", "f"]
    assert fates["level"].tolist() == [0, 1, 0, 0, 0, 0]
    assert fates[["v0", "v1", "v2"]].values.tolist() == [["·", "~", "~"], ["·", "n ↕", "·"], ["·", "·", "→"], ["", "", "+"], ["·", "×", ""], ["·", "×", "+"]]


def test_days_are_those_before_pauses_the_last_and_those_on_which_it_was_held_stable(allotment):
    study = open_study(allotment)

    assert codebook.version_days(study.codes, study.decisions, most=2) == ["2024-05-02", "2024-05-28", "2024-06-02"]
    assert codebook.version_days(study.codes.iloc[:0], study.decisions) == []


def test_what_became_of_codes_that_were_set_before_coding(allotment):
    study = open_study(allotment)

    assert codebook.a_priori(study.codes, study.all_codings)[["code_id", "codings", "became"]].values.tolist() == [
        ["inherited", 1, "stands as it was set"], ["waited", 1, "limits drawn (2024-05-20, am)"], ["bought", 0, "retired: nobody bought one"]]


@pytest.mark.parametrize(("act", "before", "told"), [
    ({"do": "change code", "changes": {"definition": "Another."}, "what": "redefined", "because": "wider"}, {"definition": "A reason to give the plot up."}, "re-scoped"),
    ({"do": "change code", "changes": {"parent": "given"}, "what": "moved", "because": "nearer"}, {"parent": None}, "re-levelled"),
    ({"do": "merge codes", "into": "staying", "because": "one thing"}, {"status": None, "merged_into": None, "because": None}, "merged"),
    ({"do": "retire code", "because": "rare"}, {"status": None, "because": None}, "deleted")])
def test_what_is_done_in_the_pane_keeps_what_stood_there(allotment, act, before, told):
    sent = {"id": "urn:uuid:00000000-0000-4000-8000-000000000001", "created": "2024-07-01T10:00:00Z", "code_id": "leaving", **act}
    at = desk(open_study(allotment), by="am")
    at.record(sent)
    at.record(sent)  # sent again, as after a reply that was lost

    study = open_study(allotment)
    history = study.codes.set_index("code_id").loc["leaving", "history"]
    assert [dict(one["was"]) for one in history] == [before]
    assert codebook.all_changes(study.codes, ["2024-06-02", "2024-07-01"])[["code_id", "what", "because"]].values.tolist() == [["leaving", told, act["because"]]]
