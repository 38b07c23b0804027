"""Tiny studies of the other two families go through all six notebooks."""

import pandas as pd
import pytest

from sixphase.files import check_study
from sixphase.running import run_study


def tables_of(outputs):
    return {path.stem: pd.read_csv(path, dtype="str") for path in sorted((outputs / "tables").glob("*.csv"))}


@pytest.mark.slow
def test_a_study_coded_for_reliability_runs_through_all_six_notebooks(kitchen, tmp_path):
    outputs, ran = run_study(kitchen, outputs=tmp_path / "outputs")
    tables = tables_of(outputs)

    assert len(ran) == 6
    assert "4_matrix" not in tables and "4_chart_sheet" not in tables
    assert tables["4_negative_cases"]["found"].tolist() == ["found", "not searched yet"]
    assert tables["2_double_coded"]["counted"].tolist() == ["yes"] * 8 and tables["2_changed_since"].empty
    # doing rests on P01 and P02 (work), ruling on all four (rules, silence)
    assert tables["4_distribution"][["theme_id", "participants"]].values.tolist() == [["doing", "2"], ["ruling", "4"]]


@pytest.mark.slow
def test_a_framework_study_runs_through_all_six_notebooks(allotment, tmp_path):
    outputs, ran = run_study(allotment, outputs=tmp_path / "outputs")
    tables = tables_of(outputs)

    assert len(ran) == 6
    assert tables["1_two_interviews"][["participant_id", "only_later"]].values.tolist() == [["P01", "staying"]]
    assert tables["4_absent"].query("theme_id == 'coming'")[["participant_id", "looked_on"]].values.tolist() == [["P03", "2024-06-08"]]
    # three people, P01 twice, by three categories; six cells are charted
    assert tables["4_matrix"]["state"].value_counts().to_dict() == {"not yet charted": 6, "summary": 4, "not asked": 2}
    assert tables["4_matrix"]["look_at"].isna().all()
    assert tables["2_versions"][["version", "codes", "re_scoped", "renamed", "re_levelled", "deleted"]].values.tolist() == [
        ["v0", "7", "0", "0", "0", "0"], ["v1", "7", "1", "1", "0", "0"], ["v2", "6", "0", "0", "1", "1"], ["v3", "6", "0", "0", "0", "0"]]
    assert tables["2_gone_through"]["since"].tolist() == ["yes"] * 4 and (outputs / "figures" / "2_codebook_versions.svg").exists()
    page = (outputs / "pages" / "6_audit_trail.html").read_text(encoding="utf-8")
    assert "v3, 2024-06-02: 6 codes on 2 levels" in page and "held stable by am: two talks read with it" in page
    assert (outputs / "pages" / "4_matrix.html").exists() and (outputs / "tables" / "4_chart_sheet.csv").exists()
    assert (outputs / "figures" / "3_map.drawio").exists() and (outputs / "figures" / "3_map.graphml").exists()


def test_neither_has_a_problem(kitchen, allotment):
    assert check_study(kitchen) == check_study(allotment) == []


@pytest.mark.slow
def test_a_theme_called_final_without_a_search_is_told(kitchen, tmp_path):
    from sixphase.running import RunFailed

    (kitchen / "reviews.jsonl").unlink()

    with pytest.raises(RunFailed, match="no search for evidence against it is recorded"):
        run_study(kitchen, only=["5"], outputs=tmp_path / "outputs")
