"""Agreement on fixed units, against the figures that others printed."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sixphase.measures import agreement
from where import ROOT, SHARED

REFERENCE, EXPORTS = SHARED / "agreement_reference", SHARED / "atlasti_exports"
published = pytest.mark.skipif(not REFERENCE.exists(), reason="the published tables do not lie beside the repository")
_ = None
FOUR = pd.DataFrame({  # Krippendorff (2011), section C: 4 observers, 12 units, values missing
    "A": [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _], "B": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
    "C": [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _], "D": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _]}, dtype="object")
THREE = pd.DataFrame({  # the computational example of 3 coders and 15 units that Wikipedia gives for Krippendorff's alpha
    "A": [_, _, _, _, _, 3, 4, 1, 2, 1, 1, 3, 3, _, 3], "B": [1, _, 2, 1, 3, 3, 4, 3, _, _, _, _, _, _, _],
    "C": [_, _, 2, 1, 3, 4, 4, _, 2, 1, 1, 3, 3, _, 4]}, dtype="object")
KEYS = {  # what the tables call it: how we work it out, and what of it
    "percent": lambda r: agreement.percent(r).value, "scott_pi": lambda r: agreement.fleiss(r).value, "fleiss_kappa": lambda r: agreement.fleiss(r).value,
    "fleiss_Pe": lambda r: agreement.fleiss(r).expected, "cohen_kappa": lambda r: agreement.cohen(r).value, "cohen_Pe": lambda r: agreement.cohen(r).expected,
    "gwet_ac1": lambda r: agreement.gwet(r).value, "gwet_Pe": lambda r: agreement.gwet(r).expected,
    "bennett_s": lambda r: agreement.brennan_prediger(r).value, "brennan_prediger": lambda r: agreement.brennan_prediger(r).value,
    "alpha_nominal": lambda r: agreement.alpha(r).value, "alpha_nominal_exact_nltk": lambda r: agreement.alpha(r).value,
    "alpha_ordinal": lambda r: agreement.alpha(r, level="ordinal").value, "alpha_interval": lambda r: agreement.alpha(r, level="interval").value,
    "alpha_ratio": lambda r: agreement.alpha(r, level="ratio").value,
    "Do": lambda r: agreement.alpha(r).observed, "Do_nominal": lambda r: agreement.alpha(r).observed,
    "De": lambda r: agreement.alpha(r).expected, "De_nominal": lambda r: agreement.alpha(r).expected,
    "percent_dkpro": lambda r: 1 - agreement.alpha(r).observed,  # DKPro weights a unit by its coders, as alpha does
    "weighted_alpha": lambda r: agreement.alpha(r, distance=lambda a, b: 1 - HALF.loc[a, b]).value,
    "weighted_kappa": lambda r: agreement.cohen(r, weights=HALF).value,
    "per_category_kappa": lambda r: {str(k): agreement.fleiss(r == k).value for k in range(1, 6)}}
HALF = pd.DataFrame([[1, 0, .5], [0, 1, .5], [.5, .5, 1]], index=["STAT", "IReq", "Chck"], columns=["STAT", "IReq", "Chck"])
LISTED = (ROOT / "lib" / "sixphase" / "measures" / "README.md").read_text(encoding="utf-8").split("## What does not")[1].split("## Gamma")[0]


def from_table(rows):
    """Ratings of two coders from the table that crosses them."""
    return pd.DataFrame([(i, j) for i, row in enumerate(rows) for j, times in enumerate(row) for _ in range(times)], columns=["A", "B"])


def frame(rows):
    return pd.DataFrame(rows).astype("object")


def load(name):
    return json.loads((REFERENCE / name).read_text(encoding="utf-8")) if REFERENCE.exists() else {}


def test_alpha_is_the_one_krippendorff_printed():
    values = {level: agreement.alpha(FOUR, level=level).value for level in ("nominal", "ordinal", "interval", "ratio")}

    assert values == {"nominal": pytest.approx(.743, abs=.0005), "ordinal": pytest.approx(.815, abs=.0005),
                      "interval": pytest.approx(.849, abs=.0005), "ratio": pytest.approx(.797, abs=.0005)}
    assert agreement.alpha(FOUR).value == pytest.approx(.7434, abs=.00005)
    assert agreement.gwet(FOUR).value == pytest.approx(.7754, abs=.00005)  # Gwet (2014), as irrCAC gives it


def test_alpha_of_three_coders_and_fifteen_units():
    assert agreement.alpha(THREE).value == pytest.approx(.6914, abs=.00005)
    assert agreement.alpha(THREE, level="interval").value == pytest.approx(.8108, abs=.00005)


def test_a_table_of_two_by_two():
    # 20 + 15 of 50 agree; coders say yes 25 and 30 times, so chance gives .5 * .6 + .5 * .4 = .5
    ratings = from_table([[20, 5], [10, 15]])

    assert agreement.percent(ratings).value == pytest.approx(.70)
    assert agreement.cohen(ratings).value == pytest.approx(.400)
    assert agreement.gwet(ratings).value == pytest.approx(.4059, abs=.00005)


def test_three_abstractors_as_the_vignette_of_irrcac_prints_them():
    ratings = from_table([[13, 0, 0], [0, 20, 7], [0, 4, 56]])

    assert agreement.cohen(ratings).value == pytest.approx(.79641, abs=.000005)
    assert agreement.gwet(ratings).value == pytest.approx(.84933, abs=.000005)


def test_where_one_category_is_rare_kappa_falls_below_chance_and_ac1_does_not():
    ratings = from_table([[118, 5], [2, 0]])

    assert agreement.percent(ratings).value == pytest.approx(.944)
    assert agreement.cohen(ratings).value == pytest.approx(-.0234, abs=.00005)
    assert agreement.gwet(ratings).value == pytest.approx(.9408, abs=.00005)


def test_fleiss_of_ten_subjects_and_fourteen_raters():
    rows = ["0 0 0 0 14", "0 2 6 4 2", "0 0 3 5 6", "0 3 9 2 0", "2 2 8 1 1", "7 7 0 0 0", "3 2 6 3 0", "2 5 3 2 2", "6 5 2 1 0", "0 2 2 3 7"]
    ratings = pd.DataFrame([np.repeat(range(1, 6), [int(n) for n in row.split()]) for row in rows])

    found = agreement.fleiss(ratings)

    assert (found.observed, found.expected, found.value) == pytest.approx((.3780, .2128, .2099), abs=.00005)


def test_masi_takes_exact_thirds():
    assert 1 - agreement.masi(frozenset({1, 2}), frozenset({1, 2, 3, 4})) == pytest.approx(1 / 3)  # J 1/2, M 2/3
    assert agreement.masi(frozenset({1, 2}), frozenset({1, 2, 3, 4})) == pytest.approx(.6667, abs=.00005)
    assert agreement.masi(frozenset(), frozenset()) == agreement.jaccard(frozenset(), frozenset()) == 0
    assert agreement.masi(frozenset({1}), frozenset({2})) == 1


@published
@pytest.mark.parametrize("name", [name for name in load("coding_agreement_reference.json") if name != "__meta__"])
def test_the_published_tables_come_out_as_printed(name):
    example = load("coding_agreement_reference.json")[name]
    ratings, tolerance = frame(example["data"]), example["tolerance"]

    for key, printed in example["expected"].items():
        near = .005 if key == "per_category_kappa" else tolerance
        assert KEYS[key](ratings) == pytest.approx(printed, abs=near), key


@published
@pytest.mark.parametrize("name", load("gwet_irrcac_reference.json"))
def test_coders_who_left_units_out_count_as_in_irrcac(name):
    example = load("gwet_irrcac_reference.json")[name]
    ratings = frame(example["data"]) if "data" in example else from_table(example["table"])
    ours = {"gwet": agreement.gwet, "fleiss": agreement.fleiss, "scott": agreement.fleiss, "conger": agreement.conger, "cohen": agreement.cohen,
            "bp": agreement.brennan_prediger, "krippendorff": agreement.alpha}

    for key, printed in example["result"].items():
        assert ours[key](ratings).value == pytest.approx(printed["coef"], abs=.000006), key


@published
@pytest.mark.parametrize("path", sorted((REFERENCE / "dkpro_gwet_fixtures").glob("*.json")) if REFERENCE.exists() else [], ids=lambda path: path.stem)
def test_ac1_and_ac2_come_out_as_in_r(path):
    example = json.loads(path.read_text(encoding="utf-8"))
    ratings, place = from_table(example["table"]), np.arange(len(example["categories"]))
    quadratic = pd.DataFrame(1 - (place[:, None] - place[None, :]) ** 2 / (len(place) - 1) ** 2)

    found = [agreement.gwet(ratings), agreement.gwet(ratings, weights=quadratic)]

    for ours, printed in zip(found, example["cases"], strict=True):
        assert (ours.value, ours.observed, ours.expected) == pytest.approx((printed["coefficient"], printed["pa"], printed["pe"]), abs=.000006)


@published
def test_distances_of_sets_come_out_as_in_dkpro():
    example = load("set_valued_agreement_reference.json")["dkpro_set_example"]
    ratings = pd.DataFrame([[frozenset(codes) for codes in row] for row in example["data"]])

    def passonneau(a, b):  # Passonneau (2004): a third, two thirds, one
        return 0 if a == b else 1 / 3 if a <= b or b <= a else 2 / 3 if a & b else 1

    plain = agreement.alpha(ratings, distance=passonneau)
    theirs = agreement.alpha(ratings, distance=lambda a, b: agreement.jaccard(a, b) * passonneau(a, b))  # what DKPro calls MASI

    assert (plain.value, plain.observed, plain.expected) == pytest.approx((.186, .333, .409), abs=.001)
    assert (theirs.value, theirs.observed, theirs.expected) == pytest.approx((.252, .253, .338), abs=.001)
    assert agreement.percent(ratings).value == pytest.approx(.333, abs=.001)


@pytest.mark.skipif(not EXPORTS.exists(), reason="the published ratings do not lie beside the repository")
def test_the_nine_kappas_of_a_published_study_are_reproduced():
    data = pd.read_csv(EXPORTS / "data_analisys" / "dataset" / "Capabilities.csv", keep_default_na=False)
    printed = pd.read_csv(EXPORTS / "data_analisys" / "kappa_results.csv").set_index("capability")

    for number in (1, 2, 3):  # 103 items, three raters; a blank cell is a category of its own in that study
        coders = [f"iso_mapping_cap_{number} - [{who}]" for who in ("research_1", "research_2", "referee")]
        pairs = [(coders[0], coders[1]), (coders[0], coders[2]), (coders[1], coders[2])]
        assert [agreement.cohen(data[list(pair)]).value for pair in pairs] == pytest.approx(printed.loc[f"capability_{number}"].tolist(), abs=1e-12)


def test_one_category_leaves_every_coefficient_undefined_and_never_one_or_nought():
    same = pd.DataFrame({"A": ["x"] * 5, "B": ["x"] * 5})

    for found in (agreement.cohen(same), agreement.fleiss(same), agreement.alpha(same), agreement.gwet(same), agreement.brennan_prediger(same, categories=2)):
        assert found.value is None
        assert str(found) == "undefined: only one category occurs, so agreement cannot be told from chance"
    assert agreement.percent(same).value == 1


def test_coders_who_never_met_have_no_coefficient():
    apart = pd.DataFrame({"A": ["x", None], "B": [None, "y"]})

    table = agreement.table(apart)

    assert table["value"].isna().all()
    assert set(table["undefined"]) == {"no unit was coded by two coders"}


def test_the_table_of_two_coders_names_cohen_and_of_three_conger():
    assert agreement.table(FOUR[["A", "B"]])["coefficient"].tolist()[1] == "Cohen's kappa"
    assert agreement.table(FOUR)["coefficient"].tolist()[1] == "Conger's kappa"


def test_kappa_of_three_coders_is_refused_with_what_to_take_instead():
    with pytest.raises(ValueError, match="compares two coders, not 3; for more take conger, fleiss or alpha"):
        agreement.cohen(THREE)


LABELS = st.sampled_from(["a", "b", "c", None])
RATINGS = st.integers(2, 4).flatmap(lambda coders: st.lists(st.lists(LABELS, min_size=coders, max_size=coders), min_size=2, max_size=12))


@settings(deadline=None, max_examples=60)
@given(RATINGS, st.randoms(use_true_random=False))
def test_exchanging_coders_units_or_labels_changes_nothing(rows, random):
    ratings = pd.DataFrame(rows, dtype="object")
    coders, units = list(ratings.columns), list(ratings.index)
    random.shuffle(coders)
    random.shuffle(units)
    others = ratings.loc[units, coders].replace({"a": "zebra", "b": "ant", "c": "b"})

    for coefficient in (agreement.percent, agreement.fleiss, agreement.conger, agreement.alpha, agreement.gwet, agreement.brennan_prediger):
        ours, theirs = coefficient(ratings), coefficient(others)
        assert ours.undefined == theirs.undefined
        assert ours.value == (None if theirs.value is None else pytest.approx(theirs.value, abs=1e-12))


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from("abc"), min_size=2, max_size=10))
def test_coders_who_say_the_same_agree_perfectly_or_not_at_all_measurably(given_codes):
    ratings = pd.DataFrame({coder: given_codes for coder in "ABC"})

    found = [agreement.conger(ratings), agreement.fleiss(ratings), agreement.alpha(ratings), agreement.gwet(ratings)]

    assert {None if c.value is None else round(c.value, 12) for c in found} == ({1.0} if len(set(given_codes)) > 1 else {None})


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(st.sampled_from([1, 2, 3, 5, None]), min_size=3, max_size=3), min_size=3, max_size=12),
       st.sampled_from(["nominal", "ordinal", "interval", "ratio"]))
def test_alpha_is_that_of_the_library_krippendorff(rows, level):
    krippendorff = pytest.importorskip("krippendorff")
    ratings = pd.DataFrame(rows, dtype="object")
    found = agreement.alpha(ratings, level=level)
    assume(found.value is not None)

    theirs = krippendorff.alpha(reliability_data=ratings.T.astype("float64").to_numpy(), level_of_measurement=level)

    assert found.value == pytest.approx(theirs, abs=1e-9)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=3, max_size=20))
def test_kappa_is_that_of_scikit_learn(pairs):
    metrics = pytest.importorskip("sklearn.metrics")
    ratings = pd.DataFrame(pairs, columns=["A", "B"])
    found = agreement.cohen(ratings)
    assume(found.value is not None)

    assert found.value == pytest.approx(metrics.cohen_kappa_score(ratings["A"], ratings["B"]), abs=1e-12)


def test_limits_hold_the_seed_and_draw_interviews_not_units():
    # ten units alike in each of two interviews: perfect in one, never in the other; draws are SS, ST or TT
    ratings = pd.DataFrame({"A": ["x", "y"] * 10, "B": ["x", "y"] * 5 + ["y", "x"] * 5})
    interviews = pd.Series(["S"] * 10 + ["T"] * 10)

    assert agreement.interval(agreement.percent, ratings, interviews, resamples=200, seed=1) == (0, 1)
    assert agreement.interval(agreement.alpha, ratings, interviews, resamples=50, seed=1) == pytest.approx(agreement.alpha_interval(ratings, interviews, resamples=50, seed=1))
    assert agreement.interval(agreement.percent, ratings, pd.Series(["S"] * 20), seed=1) == (None, None)


def leaves(expected, names):
    """The figures of an example, by the last of their names that is in words."""
    for name, value in expected.items():
        if isinstance(value, dict) and name not in KEYS:
            yield from leaves(value, [*names, name])
        else:
            yield name if len(name) > 1 else names[-1]


@published
def test_every_printed_figure_is_worked_out_or_listed_in_the_docs_with_the_reason():
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in LISTED.splitlines() if line.startswith("| ") and not line.startswith("| table")]
    listed = {(table, figure.strip()) for table, figures, why in rows if why for figure in figures.split(",")}
    worked_out = {*KEYS, "alpha_set_distance", "Do_set", "De_set", "alpha_masi", "Do_masi", "De_masi", "percent_exact"}  # the last are tried by name above
    printed = {(path.stem, figure) for path in REFERENCE.glob("*_reference.json") for example in load(path.name).values() if isinstance(example, dict)
               for figure in leaves(example.get("expected", {}), [])}
    printed |= {("real_study_reference", name) for name in load("real_study_reference.json") if name != "icsa26_edgeai"}

    assert len(printed) > 30
    assert sorted((table, figure) for table, figure in printed if figure not in worked_out and (table, figure) not in listed) == []
    assert sorted((table, figure) for table, figure in listed if table in ("set_valued_agreement_reference", "unitizing_agreement_reference") and (table, figure) not in printed) == []
