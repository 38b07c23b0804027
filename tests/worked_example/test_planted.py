"""Every planted trap of the worked example is surfaced by a notebook that should surface it (data/ics_leadership/authoring.md).

A row of that sealed plan, and the result of a run in which a reader meets it.
"""

import html
import re

import pandas as pd
import pytest
from where import ROOT

from sixphase.running import run_study

pytestmark = pytest.mark.slow
PLAN = (ROOT / "data" / "ics_leadership" / "authoring.md").read_text(encoding="utf-8")
WITHIN = "P01-1 P05-1 P06-1 P08-1 P10-1 P11-1 P13-1 P14-1 P15-1 P16-1 P17-1 P18-1 P19-1 P20-1 P21-1 P22-1 P23-1".split()
SLIPS = {("P01-1", "partnership-and-board"), ("P02-2", "grants-sum"), ("P02-2", "grants-mail"), ("P03-1", "hewitt-review"), ("P04-1", "who-decided"),
         ("P05-1", "places-delegated"), ("P11-2", "junior-rounds"), ("P16-1", "grants-groups"), ("P20-1", "system-budget")}


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    folder, _ = run_study(ROOT / "data" / "ics_leadership", outputs=tmp_path_factory.mktemp("planted") / "outputs")
    return folder


@pytest.fixture
def table(outputs):
    return lambda name: pd.read_csv(outputs / "tables" / f"{name}.csv", dtype="str")


@pytest.fixture
def pairs(outputs):
    """The places of the pairs on a page, as (first, second)."""
    def found(name):
        rows = re.findall(r"<tr>(<td style=\"text-align:left;vertical-align:top.*?)</tr>", (outputs / "pages" / f"{name}.html").read_text(encoding="utf-8"), re.S)
        return [tuple(re.findall(r"([A-Z]\d\d-\d), line \d+", row)) for row in rows]
    return found


def sources_of(table):
    return set(table["source_id"])


def test_contented_people_are_coded_and_a_search_met_them(table):
    codings = table("3_without_theme")
    searches = " ".join(table("4_negative_cases")[["how", "what"]].fillna("").agg(" ".join, axis=1))

    assert "better-than-said" in set(codings["code_id"])
    assert all(source in searches for source in ("P10-1", "P18-1", "P05-1"))


def test_those_whose_autonomy_is_sufficient_stand_against_the_theme(table, pairs):
    said = table("1_opposites").query("first == 'room-enough'")

    assert "room-enough" in set(table("3_theme_codes")["code_id"])
    assert "P12" in set(said["participant_id"])  # as much rope as he needs, and many signatures
    assert ("P09-1", "P10-1") in pairs("4_contrasts")


def test_control_that_makes_autonomy_possible_is_seen_as_a_reversal(table, pairs):
    register = table("4_negative_cases")
    turned = register[register["what"].fillna("").str.contains("other way about")]

    assert turned["contrary"].tolist() == ["P09-1, line 139; P09-1, line 147; P09-2, line 161"]
    assert ("P10-1", "P09-1") in pairs("4_contrasts") and ("P10-1", "P09-2") in pairs("4_contrasts")


def test_several_meanings_of_inequality_are_several_codes_and_meet_the_search(table, pairs):
    assert {"fence-or-main-meal", "map-misses", "folk-with-a-graph"} <= set(table("3_theme_codes")["code_id"])
    assert ("P04-1", "P16-1") in pairs("4_contrasts")
    assert "P03-1" in table("4_negative_cases").query("theme_id == 'fairness-within-reach'")["what"].iloc[0]


def test_one_meeting_is_told_side_by_side_by_those_who_were_there(table):
    told = table("4_one_event")

    assert {"P09-2", "P16-1", "P14-1", "P11-2", "P02-2", "P04-1"} <= sources_of(told)
    assert told["said"].str.contains("said nowt").any() and told["said"].str.contains("I said it twice|I said it again|came back round").any()


def test_contradictions_within_one_interview_are_laid_side_by_side(pairs):
    assert {(source, source) for source in WITHIN} <= set(pairs("1_within_person"))


def test_contradictions_across_two_interviews_are_laid_side_by_side(pairs, table):
    across = {f"P{n}" for n in ("01", "02", "09", "11", "13")}

    assert {(f"{person}-1", f"{person}-2") for person in across} <= set(pairs("1_within_person"))
    assert set(table("1_two_interviews")["participant_id"]) == across


def test_people_who_change_their_mind_are_heard_taking_back_in_the_second_interview(table):
    changed = table("1_two_interviews").set_index("participant_id")

    assert "taking-it-back" in changed.loc["P02", "only_later"] + changed.loc["P02"].fillna("").get("in_both", "")
    assert "taking-it-back" in changed.loc["P09", "only_later"]


def test_the_dominating_voice_is_seen_in_words_in_quotations_and_in_what_rests_on_it(table):
    words = table("1_participants").assign(words=lambda t: t["words"].astype(int)).sort_values("words")
    asked = table("4_left_out").query("left_out == 'P13'")

    assert words["participant_id"].iloc[-1] == "P13"
    assert "short-money" in set(asked["theme_id"])
    assert "P13" in set(table("5_balance")["participant_id"])


def test_a_role_group_silent_on_oversight_is_named(table):
    silent = table("2_silent_groups").set_index("code_id")["silent"]

    assert "primary care" in silent["region-rings"]


def test_the_pattern_on_three_people_is_seen_as_small_and_whose_it_is(table):
    thin = table("4_thin").set_index("part").loc["corridor-lost"]

    assert thin["participants"] == "3"
    assert all(person in thin["carried_by"] for person in ("P07", "P17", "P22"))
    assert "corridor-lost" in set(table("4_left_out").query("look_at.str.startswith('it rests on 2')")["theme_id"])


def test_the_striking_but_untypical_sentence_was_let_go_with_its_reason(table):
    assert table("3_let_go").set_index("theme_id")["because"]["blame-kept-local"].startswith("Rests on four people and truly on one late passage of P14-1")


def test_a_topic_that_is_big_in_one_interview_only_is_asked_about(table):
    asked = table("4_left_out").query("theme_id == 'new-name-same-corridor'")

    assert asked["left_out"].tolist() == ["P12"]


def test_dull_and_evasive_speakers_were_given_attention_that_can_be_seen(table):
    given = table("2_attention_table").set_index("source_id")["codings"].astype(int)

    assert (given.loc[["P05-1", "P07-1", "P11-1", "P17-1", "P19-1", "P21-1", "P22-1"]] >= 25).all()


def test_the_refusal_of_quotation_is_seen_before_anybody_quotes(outputs, table):
    page = (outputs / "pages" / "6_manuscript.html").read_text(encoding="utf-8")

    assert "P06" not in set(table("5_shortlist").query("may_be_quoted == 'True'")["participant_id"])
    assert not re.search(r'<span class="where">\(P06', page)


def test_unique_roles_are_never_an_attribution(outputs):
    page = html.unescape((outputs / "pages" / "6_manuscript.html").read_text(encoding="utf-8"))

    assert not re.search(r"\(P\d\d, (chief executive|chair|ambulance[^;]*|voluntary sector[^;]*|Healthwatch[^;]*);", page)


def test_talk_about_nothing_is_listed_among_what_nobody_coded(table):
    passed_over = table("2_uncoded").set_index(["source_id", "line"])["begins"]

    # badminton, pork scratchings, choir, lambing and, four turns in, deckchairs
    assert {("P02-1", "255"), ("P15-1", "173"), ("P06-1", "159"), ("P18-1", "179"), ("P10-1", "179")} <= set(passed_over.index)
    assert "badminton" in passed_over["P02-1", "255"] and "pork scratchings" in passed_over["P15-1", "173"] and "choir" in passed_over["P06-1", "159"]
    assert ("P15-1", "173") in list(passed_over.index[:20])  # what the notebook shows at once


def test_factual_slips_stand_beside_what_is_known(table):
    told = pd.concat([table("4_claims"), table("4_one_event").assign(fact_id="item-nine")])
    met = set(zip(told["source_id"], told["fact_id"], strict=True))

    assert SLIPS <= met
    assert ("P09-2", "item-nine") in met  # the silence that was none


def test_the_plan_has_no_row_that_nothing_here_speaks_of():
    rows = re.findall(r"^\| ([^|]+) \|", PLAN.split("## Found afterwards")[0], re.M)

    assert [row.strip() for row in rows if row.strip() not in ("what is planted", "---")] == [
        "contented people", "autonomy is sufficient", "control makes autonomy possible", "inequalities work is better than before",
        "finance director v director of public health on the SAME meeting (7 August, item 9, twelve minutes)",
        "contradiction in one interview, noticed by some of the speakers and not by others", "contradiction across two interviews", "people who change their mind",
        "one dominating voice", "a role group silent on a would-be theme", "a pattern resting on exactly three people", "striking but untypical quotation",
        "one merger at length", "dull, evasive, jargon, tired or clipped speakers", "quotation refused", "small attribution traps", "talk that is about nothing", "factual slips"]
