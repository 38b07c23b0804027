"""Disclosure: whom everything published about a person fits, and what totals give away."""

import pandas as pd
import pytest
from sixphase import disclosure

# 8 people; “voluntary” has 2, the NHS 6; three of the NHS are clinicians in the north
PEOPLE = pd.DataFrame({
    "participant_id": [f"P0{n}" for n in range(1, 9)],
    "sector": ["NHS"] * 6 + ["voluntary"] * 2,
    "place": ["north", "north", "north", "south", "south", "south", "north", "south"],
    "group": ["all"] * 8,
    "attribution": ["sector"] * 8})


def published(*rows):
    return pd.DataFrame(rows, columns=["participant_id", "attribute", "value", "where"])


def test_a_label_that_enough_share_is_ok_and_one_of_two_people_is_never_printed():
    found = disclosure.exposure(published(("P01", "sector", "NHS", "label"), ("P07", "sector", "voluntary", "label")), PEOPLE)

    assert found[["participant_id", "k", "state"]].values.tolist() == [["P01", 6, "ok"], ["P07", 2, "never"]]


def test_two_safe_things_published_in_two_places_count_together():
    # the NHS has 6 and the north 4, but the NHS in the north 3
    found = disclosure.exposure(published(("P01", "sector", "NHS", "label of a quotation"), ("P01", "place", "north", "table 1")), PEOPLE)

    assert found[["k", "state", "where"]].values.tolist() == [[3, "needs a justification", "label of a quotation, table 1"]]


def test_the_role_holders_of_the_case_count_where_they_are_fewer():
    frame = pd.DataFrame({"role": ["executive", "chair"], "sector": ["NHS", "NHS"], "holders": [3, 1]})

    found = disclosure.exposure(published(("P01", "sector", "NHS", "label")), PEOPLE, frame=frame).iloc[0]

    assert (found["k_sample"], found["k_case"], found["k"]) == (6, 4, 4)


def test_a_frame_that_does_not_know_an_attribute_fits_all():
    frame = pd.DataFrame({"sector": ["NHS", None], "holders": [3, 4]})

    assert disclosure.exposure(published(("P01", "sector", "NHS", "label")), PEOPLE, frame=frame)["k_case"].item() == 7


def test_a_label_becomes_coarser_until_enough_share_it():
    found = disclosure.labels(PEOPLE, ["sector", "group"]).set_index("participant_id")

    assert found.loc["P01", ["attribute", "value", "coarser"]].tolist() == ["sector", "NHS", False]
    assert found.loc["P07", ["attribute", "value", "k", "coarser"]].tolist() == ["group", "all", 8, True]


def test_who_chose_a_coarse_label_never_gets_a_finer_one():
    found = disclosure.labels(PEOPLE.assign(attribution="group"), ["sector", "group"])

    assert set(found["attribute"]) == {"group"}


def test_where_nothing_is_shared_by_enough_only_the_id_stands():
    found = disclosure.labels(PEOPLE.head(3), ["sector"])

    assert found["value"].isna().all()


def test_a_role_of_one_person_is_found_in_a_text_and_a_role_of_many_is_not():
    frame = pd.DataFrame({"role": ["chief executive", "director"], "holders": [1, 9]})

    found = disclosure.unique_roles_named("A director.\nThe Chief Executive said.", frame)

    assert found.values.tolist() == [[2, "chief executive"]]


def test_one_hidden_cell_would_follow_from_its_totals_so_others_are_hidden_too():
    counts = pd.DataFrame({"north": [2, 9, 8], "south": [7, 6, 9], "west": [8, 7, 9]}, index=["a", "b", "c"])

    hidden = disclosure.suppressed(counts)

    assert pd.isna(hidden.loc["a", "north"])
    assert int(hidden.isna().sum().sum()) == 4  # a rectangle: the fewest that do not give each other away
    assert disclosure.recoverable(disclosure._margins(hidden.isna().to_numpy())) == []


def test_a_table_without_small_cells_stays_as_it_is():
    counts = pd.DataFrame({"north": [5, 0], "south": [7, 6]})

    assert disclosure.suppressed(counts).astype("int64").equals(counts)


def test_a_cell_in_two_tables_is_recovered_from_their_difference():
    # a + b is a total of one table, a + b + c of another: neither tells a cell, together they tell c
    one = pd.DataFrame([[1, 1, 0]], columns=["a", "b", "c"])
    both = pd.concat([one, pd.DataFrame([[1, 1, 1]], columns=["a", "b", "c"])])

    assert disclosure.recoverable(one) == []
    assert disclosure.recoverable(both) == ["c"]


@pytest.mark.parametrize("seed", range(20))
def test_no_hidden_cell_of_any_table_can_be_worked_out(seed):
    import numpy as np

    counts = pd.DataFrame(np.random.default_rng(seed).integers(0, 12, (4, 5)))
    hidden = disclosure.suppressed(counts).isna().to_numpy()
    cells = np.argwhere(hidden)
    system = np.array([[float(place[axis] == number) for place in cells] for axis in (0, 1) for number in range(hidden.shape[axis])]).reshape(-1, len(cells))

    # an independent check: a cell can be worked out just when no vector of the null space moves it
    if len(cells):
        _, sizes, rows = np.linalg.svd(system)
        null = rows[(sizes > 1e-9).sum():]
        assert (np.abs(null).max(axis=0) > 1e-9).all()
    assert not ((counts.to_numpy() > 0) & (counts.to_numpy() < 5) & ~hidden).any()


def test_a_quotation_is_let_through_by_its_last_review_only():
    reviews = pd.DataFrame([("a", "ok"), ("b", "ok"), ("b", "withhold"), ("c", "participant approved")], columns=["coding_id", "state"])

    assert disclosure.quotations_to_review(["a", "b", "c", "d"], reviews).values.tolist() == [["b", "withhold"], ["d", "not reviewed"]]


def test_two_versions_that_differ_by_one_withdrawn_person_are_flagged():
    before, after = pd.DataFrame({"people": [8, 7]}, index=["NHS", "ICB"]), pd.DataFrame({"people": [7, 7]}, index=["NHS", "ICB"])

    assert disclosure.told_by_difference({"table 1": before}, {"table 1": after}).values.tolist() == [["table 1", "NHS", "people", 8, 7, 1]]
    assert disclosure.told_by_difference({"table 1": before}, {"table 1": before}).empty


def test_a_case_is_told_by_everything_that_is_said_of_it_together():
    cases = pd.DataFrame([("large", "yes", 6), ("large", "no", 3), ("small", None, 33)], columns=["size", "coast", "cases"])

    assert disclosure.cases_that_fit(cases, {"size": "large", "coast": "no"}).values.tolist() == [["size", "large", 9, "ok"], ["coast", "no", 3, "say less"]]
    assert disclosure.cases_that_fit(cases, {"coast": "no"})["fit"].tolist() == [36]  # of the small ones nobody knows


def test_what_is_told_of_a_person_anyway_makes_their_label_coarser():
    # the NHS has 6, but only three of them were interviewed twice; of the 8 there are five
    people = PEOPLE.assign(times=["2", "2", "2", "1", "1", "1", "2", "2"])
    told = published(("P01", "times", "2", "interview beside a quotation"))

    found = disclosure.labels(people, ["sector", "group"], told=told).set_index("participant_id")

    assert found.loc["P01", ["attribute", "k"]].tolist() == ["group", 5]
    assert found.loc["P02", ["attribute", "k"]].tolist() == ["sector", 6]  # of whom it is not told
