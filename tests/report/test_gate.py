"""The gate before print, and what a hostile reviewer would try on a manuscript."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile

import pandas as pd
import pytest
from sixphase import report
from sixphase.files import append_quotation, open_study
from sixphase.problems import StudyError
from where import ROOT

EXAMPLE = ROOT / "data" / "ics_leadership"
QUOTED = "[](quote:urn:test:3)"


def write(folder, text, **beside):
    (folder / "manuscript").mkdir(exist_ok=True)
    (folder / "manuscript" / "manuscript.md").write_text(text, encoding="utf-8")
    for name, content in beside.items():
        (folder / "manuscript" / name.replace("_", ".")).write_text(content, encoding="utf-8")
    return folder


def refused(folder):
    with pytest.raises(StudyError) as error:
        report.manuscript(open_study(folder))
    return str(error.value)


def peopled(folder, roles):
    """The tiny study with further participants, one for each role, each with a short interview."""
    people, sources = (folder / "participants.csv").read_text(encoding="utf-8"), (folder / "sources.csv").read_text(encoding="utf-8")
    head, one = sources.splitlines()[0].split(","), sources.splitlines()[1].split(",")
    for number, role in enumerate(roles, start=3):
        person, file = f"P{number:02}", f"transcripts/P{number:02}-1.txt"
        people += f"{person},{role},yes,yes,role,\n"
        row = dict(zip(head, one, strict=True)) | {"source_id": f"{person}-1", "participants": person, "file": file, "occasion": "1", "second_reason": ""}
        sources += ",".join(row[name] for name in head) + "\n"
        (folder / file).write_text(f"{row['interviewers']}: Well?\n\n{person}: Yes.\n", encoding="utf-8")
    (folder / "participants.csv").write_text(people, encoding="utf-8")
    (folder / "sources.csv").write_text(sources, encoding="utf-8")
    return folder


def test_1_a_changed_character_of_a_quoted_transcript_stops_the_build(waiting):
    transcript = waiting / "transcripts" / "P01-1.txt"
    transcript.write_text(transcript.read_text(encoding="utf-8").replace("nuisance", "nuisence"), encoding="utf-8")

    with pytest.raises(StudyError) as error:
        open_study(write(waiting, QUOTED))

    changed = [problem for problem in error.value.problems if "the quotation is not what the transcript says there" in problem.what]
    assert {(problem.file, problem.line) for problem in changed} == {("codings/P01-1.am.jsonl", 3)}  # the one coding that has the changed word


def test_2_a_coding_that_supports_a_quoted_claim_cannot_go_unnoticed(waiting):
    codings = waiting / "codings" / "P01-1.am.jsonl"
    kept = [line for line in codings.read_text(encoding="utf-8").splitlines() if "urn:test:3\"" not in line]
    codings.write_text("\n".join(kept) + "\n", encoding="utf-8")
    themes = waiting / "themes.yaml"
    themes.write_text(themes.read_text(encoding="utf-8").replace("urn:test:3", "urn:test:1"), encoding="utf-8")

    told = refused(write(waiting, f"Something else. They are left to wait.\n\n{QUOTED}\n"))

    assert "manuscript/manuscript.md, line 3: no coding “urn:test:3” stands in this study; a claim rests on it: “They are left to wait.”" in told


def test_3_people_and_interviews_mixed_up_in_one_place_stop_the_build(waiting):
    told = refused(write(waiting, "{participants} people in {interviews} interviews.\n\nThe 3 participants were kind."))

    assert "line 3: “3 participants” contradicts the study\n    expected  2 participants\n    found     3" in told


def test_4_a_reflexive_paper_of_the_worked_example_has_no_word_of_another_logic():
    page = report.manuscript(open_study(EXAMPLE)).html.lower()

    assert not [word for word in ("kappa", "krippendorff", "saturation reached", "saturation was", "emerged") if word in page]


def test_4_nothing_a_reflexive_study_shows_has_a_measure_of_another_logic():
    """Read in the notebooks as they are kept, which hold what the worked example shows."""
    shown = ""
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            shown += json.dumps([output.get("data", output.get("text", "")) for output in cell.get("outputs", [])], ensure_ascii=False)

    assert len(shown) > 100_000
    assert not re.findall(r"kappa|krippendorff|\balpha\b|saturation (?:was )?reached|themes? emerged", re.sub(r"base64,[^\"]*", "", shown), re.I)


def test_9_a_theme_called_final_without_a_search_against_it_is_not_finished(opened):
    from sixphase import themes

    tops = themes.tops(opened.themes)["theme_id"].tolist()

    gaps = themes.gaps(opened.themes, opened.reviews)

    without = gaps[gaps["look_at"].str.startswith("no search for evidence against it is recorded")]["theme_id"].tolist()
    assert without == tops
    assert report.pack(opened, "COREQ").set_index("item").loc["32", "found"].startswith("No search for evidence against a theme is recorded.")


def test_9_a_theme_without_a_search_against_it_is_listed_as_not_finished(opened):
    from sixphase import themes

    gaps = themes.gaps(opened.themes.assign(counter_evidence=pd.NA))

    assert "what was looked for against it is not written (counter_evidence)" in gaps["look_at"].tolist()


def test_12_a_role_that_one_person_holds_is_never_printed(waiting):
    frame = "frame:\n  - {role: chief executive, holders: 1}\n  - {role: patient, holders: 400}\n"

    assert "line 2: “chief executive” is a role that one person in this case holds" in refused(write(waiting, "Words.\nThe chief executive said.", publishing_yaml=frame))


def test_12_a_group_of_two_beside_an_id_is_not_printed(waiting):
    assert "line 1: all that is published of P01 fits 1 person: role = patient" in refused(write(waiting, "As one said (P01, patient)."))


def test_12_a_label_that_enough_share_is_printed_and_counts_people_not_interviews(waiting):
    write(peopled(waiting, ["patient"] * 4), QUOTED)  # with P01, who gave two interviews, 5 people

    assert "(P01, patient; " in report.manuscript(open_study(waiting)).html


def test_12_four_people_in_five_interviews_are_four(waiting):
    write(peopled(waiting, ["patient"] * 3), QUOTED)

    assert "(P01; " in report.manuscript(open_study(waiting)).html


def test_13_words_of_who_withdrew_leave_the_manuscript(waiting):
    people = waiting / "participants.csv"
    people.write_text(people.read_text(encoding="utf-8").replace("P01,patient,yes,yes,role,", "P01,patient,yes,yes,role,2024-05-01"), encoding="utf-8")

    assert "may not be quoted" in refused(write(waiting, QUOTED))


def test_14_words_of_who_did_not_agree_are_refused(waiting):
    assert "“urn:test:6” may not be quoted\n    do        P02 did not agree" in refused(write(waiting, "[](quote:urn:test:6)"))


def test_a_quotation_that_a_second_person_withheld_is_refused(waiting):
    reviewed = "quotations:\n  'urn:test:3': {state: withhold, by: bo, on: 2024-05-01}\n"

    assert "may not be printed as it is: its review says “withhold”" in refused(write(waiting, QUOTED, publishing_yaml=reviewed))


def test_a_transcript_that_may_not_be_archived_is_not_linked(waiting):
    people = waiting / "participants.csv"
    people.write_text(people.read_text(encoding="utf-8").replace("P01,patient,yes,yes,", "P01,patient,yes,no,"), encoding="utf-8")

    page = report.manuscript(open_study(write(waiting, QUOTED))).html

    assert "2_transcripts" not in page
    assert "(P01; P01-1, line 3)" in page


def test_20_each_of_the_files_of_a_synthetic_study_says_so(waiting):
    from sixphase.report import finished

    files = report.manuscript(open_study(write(waiting, f"# T\n\n{QUOTED}\n\n[](table:themes)\n"))).files()

    assert b"SYNTHETIC" in zipfile.ZipFile(io.BytesIO(files["manuscript.docx"])).read("word/footer1.xml")
    assert files["manuscript.html"].decode().count("SYNTHETIC – not research data") >= 2
    assert "SYNTHETIC – not research data" in finished.pdf_text(files["manuscript.pdf"])


def test_12_what_stands_in_two_places_counts_together(waiting):
    people = ["patient"] * 5  # six people share the role; only P01 shares both
    folder = peopled(waiting, people)
    (folder / "study.yaml").write_text((folder / "study.yaml").read_text(encoding="utf-8").replace(
        "attributes:\n", "attributes:\n  ward: {label: Ward, publish: yes}\n"), encoding="utf-8")
    rows = (folder / "participants.csv").read_text(encoding="utf-8").splitlines()
    wards = ["ward"] + [("north" if row.startswith("P01") else "south") for row in rows[1:]]
    (folder / "participants.csv").write_text("\n".join(f"{row},{ward}" for row, ward in zip(rows, wards, strict=True)) + "\n", encoding="utf-8")

    report.manuscript(open_study(write(folder, f"A claim.\n\n{QUOTED}\n")))  # the label alone fits six
    told = refused(write(folder, f"A claim.\n\n{QUOTED}\n\nOn the same day P01 (north) rang.\n"))

    assert "all that is published of P01 fits 1 person" in told


def test_21_a_second_interview_makes_nobody_two(opened):
    from sixphase import cases, codings

    assert opened.counts["participants"] == 2 and opened.counts["interviews"] == 3
    assert codings.reach(opened.codings)["participants"].max() <= 2
    assert cases.groups(opened.participants, opened.sources, "role")["participants"].sum() == 2
    assert report.speakers(opened)["participant_id"].is_unique


def test_21_a_table_of_participants_counts_each_person_once():
    from sixphase.report.parts import part

    table = part(open_study(EXAMPLE), "table:participants").data

    assert table.iloc[-1].tolist() == ["all", 23, 28]
    assert table["participants (people)"].iloc[:-1].sum() == 23
    assert (table["participants (people)"] >= 5).all()


def test_edited_quotations_are_printed_from_the_transcript(waiting):
    page = report.manuscript(open_study(write(waiting, "[You feel you are a nuisance […] so you [all] stop asking.](quote:urn:test:3)"))).html

    assert 'You feel you are a nuisance <span class="edit">[…]</span> so you <span class="edit">[all]</span> stop asking.' in page


def test_an_unknown_work_an_unknown_table_and_one_that_is_nowhere_are_named_with_their_lines(waiting):
    told = refused(write(waiting, "As @nobody2020 says.\n\n[](table:people)\n\nSee {table:participants}."))

    assert "line 1: “@nobody2020” is not in manuscript/references.json" in told
    assert "line 3: “table:people” means nothing" in told
    assert "line 5: “{table:participants}” refers to a table that stands nowhere" in told


def test_works_are_cited_in_the_style_of_the_journal(waiting):
    works = '[{"id": "knight2025", "type": "article-journal", "title": "Challenges", "author": [{"family": "Knight"}], "issued": {"date-parts": [[2025]]}}]'
    text = "As @knight2025 says [@knight2025].\n\n## References\n"

    assert "As Knight (2025) says (Knight, 2025)." in report.manuscript(open_study(write(waiting, text, references_json=works))).html
    write(waiting, text, references_json=works, publishing_yaml="journal: bmj_open\n")
    assert "[1]" in report.manuscript(open_study(waiting)).html


def test_numbers_can_be_words_and_have_their_denominator(waiting):
    page = report.manuscript(open_study(write(waiting, "{participants in words}; {theme:silence-teaches interviews of all}."))).html

    assert "<p>two; 2 of 3 interviews.</p>" in page


def test_tables_and_figures_are_numbered_captioned_and_described(waiting):
    made = report.manuscript(open_study(write(waiting, "# T\n\n{table:themes} and {figure:course}.\n\n[](table:participants)\n\n[](table:themes)\n\n[](figure:course)\n")))
    document = zipfile.ZipFile(io.BytesIO(made.files()["manuscript.docx"])).read("word/document.xml").decode()

    assert '<a href="#table-themes">Table 2</a> and <a href="#figure-course">Figure 1</a>' in made.html
    assert document.count("<w:tbl>") == 2
    assert document.count('w:val="TableCaption"') == 2
    assert 'w:val="ImageCaption"' in document
    assert re.search(r'descr="\d+ decisions and \d+ memos over time', document)


BUILD = """
import hashlib, sys
from sixphase.files import append_quotation, open_study
from sixphase import report
for name, content in report.manuscript(open_study(sys.argv[1])).files().items(): print(name, hashlib.sha256(content).hexdigest())
"""


@pytest.mark.slow
def test_two_builds_in_different_environments_are_the_same_byte_for_byte(tmp_path):
    said = []
    for number, (seed, zone, locale, mask) in enumerate([("1", "Pacific/Kiritimati", "tr_TR.UTF-8", 0o077), ("77", "America/Anchorage", "C", 0o000)]):
        study = shutil.copytree(EXAMPLE, tmp_path / f"a place {number}" / "ics_leadership")
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "SOURCE_DATE_EPOCH": str(number), "PYTHONPATH": str(ROOT / "lib")}
        done = subprocess.run([sys.executable, "-c", BUILD, str(study)], env=environment, cwd=tmp_path, umask=mask, capture_output=True, text=True, encoding="utf-8")
        assert done.returncode == 0, done.stderr
        said.append(done.stdout)

    assert said[0] == said[1]
    assert len(said[0].splitlines()) == 3


def test_a_study_that_lists_no_cases_has_no_table_of_them(opened):
    assert report.case_fit(opened).empty


def test_the_worked_example_fits_more_cases_than_five():
    assert report.case_fit(open_study(EXAMPLE))["fit"].tolist() == [42, 15]


def seen_twice(folder, people):
    """Further interviews with these participants, each short."""
    sources = (folder / "sources.csv").read_text(encoding="utf-8")
    head, one = sources.splitlines()[0].split(","), sources.splitlines()[1].split(",")
    for person in people:
        row = dict(zip(head, one, strict=True)) | {"source_id": f"{person}-2", "participants": person, "file": f"transcripts/{person}-2.txt", "occasion": "2", "second_reason": "asked"}
        sources += ",".join(row[name] for name in head) + "\n"
        (folder / f"transcripts/{person}-2.txt").write_text(f"{row['interviewers']}: Again?\n\n{person}: Yes.\n", encoding="utf-8")
    (folder / "sources.csv").write_text(sources, encoding="utf-8")
    return folder


def later_coding(folder):
    """A coding on the second interview of P01, quoted."""
    study = open_study(folder)
    append_quotation(study, "P01-2", "giving-up", "It was fine in the end.", coder_id="am")
    return open_study(folder).codings.query("source_id == 'P01-2'")["coding_id"].iloc[-1]


def test_21_an_interview_that_tells_of_an_earlier_one_counts_towards_k(waiting):
    folder = seen_twice(peopled(waiting, ["patient"] * 8), ["P03", "P04", "P05", "P06"])  # 9 patients; with P01, 5 were seen twice
    coding = later_coding(folder)

    exposed = report.exposures(open_study(write(folder, f"[](quote:{coding})"))).iloc[0]
    page = report.manuscript(open_study(folder)).html

    assert (exposed["published"], exposed["k"]) == ("role = patient; times interviewed = 2", 5)
    assert "(P01, patient; " in page


def test_21_who_was_interviewed_twice_loses_the_group_that_would_give_them_away(waiting):
    folder = seen_twice(peopled(waiting, ["patient"] * 8 + ["carer"] * 4), ["P03", "P11", "P12", "P13"])  # five seen twice, two of them patients
    coding = later_coding(folder)

    page = report.manuscript(open_study(write(folder, f"[](quote:urn:test:3)\n\n[](quote:{coding})"))).html

    assert "(P01; " in page and "P01, patient" not in page  # beside the first quotation too: the id links the two
    assert "P01-2, line 3" in page


def test_21_where_few_were_interviewed_twice_the_interview_is_not_named(waiting):
    folder = peopled(waiting, ["patient"] * 8)  # only P01 was seen twice
    coding = later_coding(folder)

    page = report.manuscript(open_study(write(folder, f"[](quote:{coding})"))).html

    assert "(P01, patient)" in page
    assert "P01-2" not in page


@pytest.mark.parametrize("told", ["In the second interview they thought otherwise.\n\n[](quote:urn:test:3)", "P01 said so when interviewed again.", "See P01-2."])
def test_21_words_that_tell_of_a_second_interview_are_refused_where_few_had_one(waiting, told):
    folder = peopled(waiting, ["patient"] * 8)

    assert "fits 1 person: times interviewed = 2\n    expected  at least 5\n    do        do not tell that somebody was interviewed more than once" in refused(write(folder, told)).replace(
        "role = patient; ", "")


def test_12_voluntary_sector_is_never_a_label_since_two_people_are_of_it():
    study = open_study(EXAMPLE)
    theirs = study.participants.loc[study.participants["sector"] == "voluntary sector", "participant_id"].tolist()

    named = report.attributions(study)

    assert len(theirs) == 2
    assert not [person for person, label in named.items() if re.search(r", voluntary sector$", label)]  # “place, primary care and voluntary sector” has 8
    assert "line 1: all that is published of " + theirs[0] in refused_text(study, f"As one said ({theirs[0]}, voluntary sector).")


def refused_text(study, text):
    from dataclasses import replace

    with pytest.raises(StudyError) as error:
        report.manuscript(replace(study, manuscript=text))
    return str(error.value)


def test_who_tried_to_recognise_somebody_is_kept_and_told_in_the_audit_trail(waiting):
    log = "intruder:\n  - {on: 2024-05-02, by: bo, minutes: 45, used: the paper and board papers, found: one guess}\n"

    study = open_study(write(waiting, "Words.", publishing_yaml=log))

    assert report.intruder_log(study).values.tolist() == [["2024-05-02", "bo", 45, "the paper and board papers", "one guess"]]
    assert "bo tried for 45 minutes to recognise somebody (2024-05-02), with the paper and board papers; found: one guess" in report.audit_trail(study).html
