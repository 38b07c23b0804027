"""The worked example: fictional, complete, and true to its own facts."""

import csv
import json
import random
import re
import statistics
from collections import defaultdict
from pathlib import Path

import pytest
from where import ROOT, SHARED

from sixphase import codings, report
from sixphase.files import check_study, open_study
from sixphase.show.results import SYNTHETIC

EXAMPLE = ROOT / "data" / "ics_leadership"
HERE = Path(__file__).parent
FACTS = list(csv.DictReader((EXAMPLE / "facts.csv").open(encoding="utf-8")))
NAMES = [line for line in (HERE / "gazetteer.txt").read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


@pytest.fixture(scope="module")
def study():
    return open_study(EXAMPLE)


def spoken(study, participant=None):
    """Participants' words, turn by turn."""
    theirs = study.turns[study.turns["participant_id"].notna()]
    if participant:
        theirs = theirs[theirs["participant_id"] == participant]
    return [study.texts[turn.source_id][turn.start:turn.end] for turn in theirs.itertuples()]


def anachronisms(text: str, date: str) -> list[str]:
    """The facts a text speaks of before anybody could know them."""
    return [fact["fact_id"] for fact in FACTS if fact["known_from"] > date and re.search(fact["pattern"], text, re.I)]


def words_of(text: str) -> list[str]:
    return re.findall(r"[\w'’-]+", re.sub(r"\[[^\]]*\]", " ", text).lower())


# --- its shape

def test_it_has_no_problems():
    assert check_study(EXAMPLE) == []


def test_there_are_28_interviews_with_23_leaders_five_of_them_seen_twice(study):
    second = study.sources[study.sources["occasion"] == 2]

    assert (study.counts["interviews"], study.counts["participants"], len(second)) == (28, 23, 5)
    assert second["second_reason"].notna().all()


def test_the_role_groups_are_those_of_the_sampling_matrix(study):
    assert study.participants["role_group"].value_counts().to_dict() == {
        "ICB executive": 5, "NHS provider": 4, "local government": 4, "place": 3, "primary care": 3, "ICB non-executive": 2,
        "voluntary sector and public voice": 2}
    assert sorted(study.participants["publication_group"].value_counts()) == [7, 8, 8]


def test_interviews_were_held_from_june_to_september_2023(study):
    assert study.sources["date"].between("2023-06-01", "2023-09-30").all()


def test_each_transcript_has_3000_words_and_all_have_110000(study):
    words = {source: len(text.split()) for source, text in study.texts.items()}

    assert min(words.values()) >= 3_000
    assert sum(words.values()) >= 110_000


def test_the_analysis_is_as_large_as_it_says(study):
    by_am = study.given[study.given["coder_id"] == "am"]

    assert len(by_am) >= 1_200
    assert set(by_am["source_id"]) == set(study.texts)
    assert set(by_am["pass"]) == {1, 2}
    assert study.given[study.given["coder_id"] == "dk"]["source_id"].nunique() == 6
    assert 45 <= study.counts["codes"] <= 70
    assert study.counts["memos"] >= 60
    assert len(report.numbers(study)) and int(report.numbers(study)["moves back"]) >= 3


def test_every_code_has_its_definition_its_limits_and_an_example(study):
    active = study.codes[~study.codes["status"].isin(["merged", "retired"])]

    assert active[["definition", "use_when", "not_when", "example"]].notna().all(axis=None)
    assert {"merged", "retired"} <= set(study.codes["status"])


def test_every_interview_has_its_familiarisation_memo(study):
    first = study.memos[study.memos["kind"] == "familiarisation"]["about"].explode()

    assert {f"source:{source}" for source in study.texts} <= set(first)


def test_positionality_was_written_before_the_first_coding(study):
    assert study.memos[study.memos["kind"] == "positionality"]["on"].min() < study.given["created"].min()


def test_no_coding_was_made_before_its_interview_or_its_code(study):
    held = study.given["source_id"].map(study.sources.set_index("source_id")["date"])
    made = study.given["code_id"].map(study.codes.set_index("code_id")["created"])

    assert (study.given["created"].str[:10] > held).all()
    assert (study.given["created"].str[:10] >= made).all()


def test_four_themes_are_final_and_others_were_let_go_with_a_reason(study):
    tops = study.themes[study.themes["parent"].isna()]

    assert (tops["status"] == "final").sum() == 4
    assert (tops["status"] == "let go").sum() >= 2
    assert study.themes["parent"].isin(tops[tops["status"] == "final"]["theme_id"]).sum() >= 4


def test_no_theme_repeats_a_heading_of_the_topic_guide(study):
    for name in study.themes.loc[study.themes["status"] == "final", "name"]:
        for question in study.settings["guide"].values():
            a, b = set(words_of(name)), set(words_of(question))
            assert len(a & b) / len(a | b) < 0.5, (name, question)


# --- its voices

def test_nobody_speaks_of_what_was_not_yet_known(study):
    dates = study.sources.set_index("source_id")["date"]

    early = {source: found for source, text in study.texts.items() if (found := anachronisms(text, dates[source]))}

    assert not early


@pytest.mark.parametrize(("said", "fact"), [
    ("Well, since the grants were reinstated we have breathed again.", "grants-reversed"),
    ("You will have seen the Darzi thing.", "change-of-government"), ("The resident doctors were out.", "resident-doctors"),
    ("That eight hundred million and the reset letter.", "finance-reset-national"), ("The list is seven point six million.", "waiting-list-7-6")])
def test_a_planted_anachronism_is_caught(said, fact):
    assert fact in anachronisms(said, "2023-06-14")


def test_two_people_never_share_a_sentence_of_eight_words(study):
    guide = {tuple(words) for question in study.settings["guide"].values() for words in _runs(words_of(question))}
    who = defaultdict(set)
    for person in study.participants["participant_id"]:
        for turn in spoken(study, person):
            for run in _runs(words_of(turn)):
                who[run].add(person)

    shared = {" ".join(run) for run, people in who.items() if len(people) > 1 and run not in guide}

    assert not shared


def _runs(words, length=8):
    return zip(*(words[n:] for n in range(length)), strict=False)


def variety(words: list[str], window: int = 250) -> float:
    """Different words in a window of the text, as a share of it, over all windows (moving-average type-token ratio).

    Covington & McFall (2010), Journal of Quantitative Linguistics 17(2).
    """
    return statistics.mean(len(set(words[n:n + window])) / window for n in range(0, max(1, len(words) - window + 1), 25))


@pytest.mark.skipif(not (SHARED / "interviews_250").exists(), reason="the real interviews are not beside this repository (../shared/data)")
def test_each_speaker_is_as_varied_as_real_people_are(study):
    csv.field_size_limit(10**8)
    real = []
    for path in sorted((SHARED / "interviews_250").glob("*.csv")):
        for row in csv.DictReader(path.open(encoding="utf-8", newline="")):
            said = words_of(" ".join(re.findall(r"^User:(.*?)(?=^(?:AI|User|Assistant):|\Z)", row["text"], re.M | re.S)))
            if len(said) >= 300:
                real.append(variety(said))

    ours = {person: variety(words_of(" ".join(spoken(study, person)))) for person in study.participants["participant_id"]}

    assert len(real) > 200
    assert all(min(real) <= value <= max(real) for value in ours.values()), (min(real), max(real), ours)


def test_no_real_name_stands_in_any_transcript(study):
    found = [(source, name) for source, text in study.texts.items() for name in NAMES if re.search(rf"\b{re.escape(name)}\b", text, re.I)]
    roads = [(source, road) for source, text in study.texts.items() for road in re.findall(r"\b(?:M\d{1,2}|A\d{2,4})\b", text)]

    assert not found
    assert not roads


# --- the care taken in coding

def test_every_interview_was_given_equal_attention(study):
    by_am = study.codings[study.codings["coder_id"] == "am"]
    coverage = codings.coverage(by_am, study.turns).set_index("source_id")
    order = codings.order_coded(by_am)

    assert coverage["codings"].min() >= 25
    first, last = (coverage.loc[part] for part in (order[:10], order[-10:]))
    assert last["codings"].sum() / last["participant_words"].sum() >= 0.8 * first["codings"].sum() / first["participant_words"].sum()


def test_only_participants_words_are_coded(study):
    assert study.codings["participant_id"].notna().all()


# --- what the manuscript shows

@pytest.fixture(scope="module")
def page(study):
    return report.manuscript(study).html


def test_every_reference_of_the_manuscript_resolves(study, page):
    assert study.manuscript
    assert "{" not in re.sub(r"<style>.*?</style>", "", page, flags=re.S)


def test_the_manuscript_has_the_parts_of_its_journal_and_its_length(study):
    prose = re.sub(r"\[\]\(quote:[^)]*\)", "", study.manuscript)
    headings = re.findall(r"^## (.+)$", study.manuscript, re.M)

    assert 4_000 <= len(words_of(prose)) <= 5_000
    assert {"Abstract", "Introduction", "Methods", "Results", "Discussion", "Conclusions"} <= set(headings)
    for part in ("Background/Aims", "Methods", "Results", "Conclusions", "Implications for practice"):
        assert f"**{part}" in study.manuscript


def test_no_number_of_people_or_interviews_is_typed_by_hand(study):
    assert not re.search(r"\b(23|28|twenty-three|twenty-eight)\b (people|leaders|participants|interviews)", study.manuscript, re.I)


def test_nobody_is_quoted_who_refused_and_groups_are_large_enough_to_hide_in(study, page):
    refused = set(study.participants.loc[~study.participants["quotation"].fillna(False), "participant_id"])
    sizes = study.participants["publication_group"].value_counts().to_dict() | study.participants["sector"].value_counts().to_dict()
    labels = re.findall(r'<span class="where">\((P\d\d), ([^;]+);', page)

    assert len(refused) == 1
    assert labels
    assert not {person for person, _ in labels} & refused
    assert all(sizes[label.replace("&amp;", "&")] >= 5 for _, label in labels), {label for _, label in labels}


def test_no_role_that_one_person_holds_is_named_beside_what_they_said(study):
    assert not re.search(r"(chief executive|chair|finance director|director of public health|medical director|Healthwatch lead|alliance lead) (said|told|described|recalled)",
                         study.manuscript, re.I)


def test_themes_do_not_emerge(study):
    assert not re.search(r"\b(theme|pattern)s? (that )?(emerged|arose|surfaced|were (found|discovered|uncovered))|saturation was|inter-?rater|kappa", study.manuscript, re.I)


# --- it says what it is

@pytest.mark.parametrize("file", ["study.yaml", "README.md", "transcripts/README.txt", "manuscript/manuscript.md", "codebook.yaml", "themes.yaml", "authoring.md", "consent/consent_form.md", "consent/information_sheet.md"])
def test_each_part_says_that_it_is_synthetic(file):
    text = (EXAMPLE / file).read_text(encoding="utf-8")

    assert re.search("SYNTHETIC", text)


def test_every_result_of_a_run_carries_the_label_and_a_stripped_one_is_seen(study, tmp_path, monkeypatch):
    from sixphase.show import keep, table

    monkeypatch.setenv("SIXPHASE_OUTPUTS", str(tmp_path))
    keep(study, "1_speech", table(study.participants[["participant_id"]], "Table."))
    kept = tmp_path / "tables" / "1_speech.csv"

    assert not unlabelled(tmp_path)
    kept.write_text(kept.read_text(encoding="utf-8").replace(SYNTHETIC, ""), encoding="utf-8")
    assert unlabelled(tmp_path) == [kept]


@pytest.mark.slow
def test_whatever_a_run_leaves_behind_says_that_it_is_synthetic(tmp_path):
    from sixphase.running import run_study

    outputs, ran = run_study(EXAMPLE, outputs=tmp_path / "outputs")

    assert len(ran) == 6
    assert len(list(outputs.rglob("*.svg"))) == len(list(outputs.rglob("*.png"))) >= 11
    assert not unlabelled(outputs)
    for page, anchor in re.findall(r'href="([^"#]+)#([^"]+)"', (outputs / "pages" / "6_manuscript.html").read_text(encoding="utf-8")):
        assert f'<a id="{anchor}"></a>' in (outputs / "pages" / page).read_text(encoding="utf-8")  # each quotation leads to its words


def unlabelled(folder: Path) -> list[Path]:
    """Results that do not carry the label; pictures as PNG carry it as pixels, beside the SVG that is read here."""
    return [path for path in sorted(folder.rglob("*")) if path.suffix in (".svg", ".csv", ".html", ".ipynb", ".json") and SYNTHETIC not in path.read_text(encoding="utf-8").replace("\\u2013", "–")]


# --- the raw variant, for those who try pseudonymisation

def test_the_identifiers_of_the_raw_variant_are_in_it_and_nowhere_in_the_canonical_text(study):
    everything = "\n".join(study.texts.values())
    for row in csv.DictReader((HERE / "raw_variant" / "identifiers.csv").open(encoding="utf-8")):
        raw = (HERE / "raw_variant" / f"{row['source_id']}.txt").read_text(encoding="utf-8")

        assert row["identifier"] in raw
        assert row["identifier"] not in everything


def test_ten_random_codings_can_be_followed_back_to_their_words(study):
    for place in random.Random(10).sample(range(len(study.given)), 10):
        coding = study.given.iloc[place]

        assert study.texts[coding["source_id"]][coding["start"]:coding["end"]] == coding["quotation"]


def test_the_picture_in_the_readme_is_the_figure_of_this_study():
    shown = "".join("".join(output["data"]["image/svg+xml"]) for cell in json.loads((ROOT / "notebooks" / "4_reviewing_themes.ipynb").read_text(encoding="utf-8"))["cells"]
                    for output in cell.get("outputs", []) if "Figure 4.1" in "".join(output["data"].get("text/plain", [])))

    assert (EXAMPLE / "picture.svg").read_text(encoding="utf-8") == shown
