"""Who withdrew is in no result; what was recorded stays in the files, and is said where."""

import shutil

import pytest

from sixphase import report
from sixphase.files import append_decision, append_quotation, check_study, desk, open_study, withdraw
from sixphase.files.studies import read_study
from sixphase.problems import StudyError
from sixphase.withdrawals import without_withdrawn


def manuscript(folder, text):
    (folder / "manuscript").mkdir()
    (folder / "manuscript" / "manuscript.md").write_text(text, encoding="utf-8")


def test_13_nothing_of_who_withdrew_is_in_the_study_that_results_are_made_from(waiting):
    before = open_study(waiting)

    withdraw(waiting, "P02", because="she asked us to", on="2024-05-01")

    after = open_study(waiting)
    assert "P02-1" in before.texts
    assert not any("P02" in name for name in after.texts)
    assert "P02" not in set(after.participants["participant_id"]) | set(after.turns["participant_id"].dropna()) | set(after.all_codings["participant_id"].dropna())
    assert not [table for table in (after.reading, after.reviews, after.sources) if table["source_id"].astype("str").str.startswith("P02").any()]
    assert after.counts["participants"] == before.counts["participants"] - 1
    assert after.withdrawn == {"P02": "2024-05-01"}


def test_13_no_file_of_a_run_holds_a_word_or_the_id_of_who_withdrew(waiting, tmp_path):
    from sixphase.running import RunFailed, run_study
    said = open_study(waiting).given.query("source_id == 'P02-1'")["quotation"].tolist()
    withdraw(waiting, "P02", because="asked by letter", on="2024-05-01")
    decisions = (waiting / "decisions.jsonl")
    decisions.write_text("".join(line for line in decisions.read_text(encoding="utf-8").splitlines(keepends=True) if "asked by letter" not in line), encoding="utf-8")

    with pytest.raises(RunFailed, match="All notebooks were run"):  # a theme rests on nobody else, and the run says so
        run_study(waiting, outputs=tmp_path / "out")

    held = {path.name for path in (tmp_path / "out").rglob("*") if path.is_file() and path.suffix in (".csv", ".html", ".svg", ".ipynb")
            for words in [path.read_text(encoding="utf-8")] if any(quotation in words for quotation in said) or "P02-1" in words}
    assert said
    assert held == set()


def test_the_withdrawal_is_a_day_in_the_table_and_a_decision_and_nothing_is_deleted(waiting):
    names = {path.name for path in waiting.rglob("*")}

    withdraw(waiting, "P02", because="she asked us to", on="2024-05-01")

    decision = open_study(waiting).decisions.iloc[-1]
    assert decision[["on", "because", "about"]].tolist() == ["2024-05-01", "she asked us to", ["participant:P02"]]
    assert names <= {path.name for path in waiting.rglob("*")}
    assert check_study(waiting) == []


def test_what_leaves_and_where_words_still_lie_is_said(waiting):
    manuscript(waiting, "# T\n\nA claim.\n\n[](quote:urn:test:3)\n")

    told = "\n".join(withdraw(waiting, "P01", because="she asked us to", on="2024-05-01"))

    assert "Out of the analysis: 1 participant, 2 interviews, " in told
    assert "“Silence teaches people not to ask”" in told
    assert "until line 5 of manuscript/manuscript.md is written without who withdrew" in told
    assert "transcripts and codings of P01-1, P01-2" in told
    assert "the history of git" in told


def test_decisions_that_name_who_withdrew_are_counted_for_a_person_to_look_at(waiting):
    append_decision(open_study(waiting), "Read P02 again", by="am", phase=2, because="P02-1 is short", on="2024-03-01")

    told = "\n".join(withdraw(waiting, "P02", because="she asked us to", on="2024-05-01"))

    assert "Still told by your own account, which stays: 1 decision" in told


def test_the_manuscript_that_quotes_or_names_who_withdrew_is_refused_with_the_lines(waiting):
    manuscript(waiting, "# T\n\n[](quote:urn:test:3)\n\nAs P01 said.\n")
    withdraw(waiting, "P01", because="she asked us to", on="2024-05-01")

    with pytest.raises(StudyError) as refused:
        report.manuscript(open_study(waiting))

    assert "manuscript/manuscript.md, line 3: “urn:test:3” may not be quoted\n    do        P01 withdrew on 2024-05-01; choose another extract" in str(refused.value)
    assert "manuscript/manuscript.md, line 5: P01 withdrew on 2024-05-01" in str(refused.value)


def test_in_a_group_interview_only_the_words_of_who_withdrew_go_and_offsets_stay(waiting):
    sources = waiting / "sources.csv"
    sources.write_text(sources.read_text(encoding="utf-8").replace("P02-1,P02,", "P02-1,P02;P01,"), encoding="utf-8")
    transcript = waiting / "transcripts" / "P02-1.txt"
    transcript.write_text(transcript.read_text(encoding="utf-8").rstrip("\n") + "\n\nP01: I was there as well.\n", encoding="utf-8")
    for file in (waiting / "codings").glob("P02-1*"):
        file.unlink()
    shutil.rmtree(waiting / "memos")
    (waiting / "memos").mkdir()
    study, _ = read_study(waiting)
    study.participants["withdrawn"] = ["2024-05-01" if person == "P02" else None for person in study.participants["participant_id"]]

    after = without_withdrawn(study)

    assert len(after.texts["P02-1"]) == len(study.texts["P02-1"])
    assert "P02" not in after.texts["P02-1"]
    spoken = after.turns[(after.turns["source_id"] == "P02-1") & after.turns["participant_id"].notna()]
    assert spoken["participant_id"].tolist() == ["P01"]
    assert [after.texts["P02-1"][turn.start:turn.end] for turn in spoken.itertuples()] == ["I was there as well."]


def test_who_stays_in_a_group_interview_can_still_be_coded_in_the_pane_and_in_a_sheet(waiting):
    sources = waiting / "sources.csv"
    sources.write_text(sources.read_text(encoding="utf-8").replace("P02-1,P02,", "P02-1,P02;P01,"), encoding="utf-8")
    transcript = waiting / "transcripts" / "P02-1.txt"
    transcript.write_text(transcript.read_text(encoding="utf-8").rstrip("\n") + "\n\nP01: I was there as well.\n", encoding="utf-8")
    for file in (waiting / "codings").glob("P02-1*"):
        file.unlink()
    (waiting / "themes.yaml").write_text((waiting / "themes.yaml").read_text(encoding="utf-8").replace("urn:test:6", "urn:test:1"), encoding="utf-8")
    append_quotation(open_study(waiting), "P02-1", "unanswered", "It said wait.", coder_id="am")  # words of who withdraws
    withdraw(waiting, "P02", because="asked", on="2024-05-01")
    study = open_study(waiting)
    pane, start = desk(study, by="am"), study.texts["P02-1"].index("I was there")

    shown = pane.codings("P02-1")
    pane.record({"do": "give", "by": "am", "id": "urn:test:kept", "source_id": "P02-1", "code_id": "giving-up", "start": start, "end": start + 11, "exact": "I was there", "created": "2024-06-01T10:00:00Z"})
    append_quotation(open_study(waiting), "P02-1", "nuisance", "as well", coder_id="bo")

    assert shown.empty
    assert check_study(waiting) == []
    assert set(open_study(waiting).codings.query("source_id == 'P02-1'")["quotation"]) == {"I was there", "as well"}


@pytest.mark.parametrize(("person", "on", "told"), [("P09", "", "no participant “P09”"), ("P02", "yesterday", "--on")])
def test_what_cannot_be_recorded_is_refused_and_nothing_is_written(waiting, person, on, told):
    before = (waiting / "participants.csv").read_bytes()

    with pytest.raises(StudyError, match=told):
        withdraw(waiting, person, because="x", on=on)

    assert (waiting / "participants.csv").read_bytes() == before


def test_nobody_withdraws_twice(waiting):
    withdraw(waiting, "P02", because="x", on="2024-05-01")

    with pytest.raises(StudyError, match="P02 withdrew on 2024-05-01"):
        withdraw(waiting, "P02", because="x", on="2024-05-02")


def test_a_study_from_which_nobody_withdrew_is_left_as_it_is(opened):
    assert without_withdrawn(opened) is opened
