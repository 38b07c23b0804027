"""A measure is shown with its statement, or not at all."""

import pandas as pd
import pytest
from sixphase.approaches import Gate
from sixphase.show import Hidden, keep, measured

DATA = pd.DataFrame({"code_id": ["x"], "kappa": [0.5]})


def test_what_it_counts_and_how_it_misleads_stand_beside_it(opened, tmp_path, monkeypatch):
    monkeypatch.setenv("SIXPHASE_OUTPUTS", str(tmp_path))

    shown = keep(opened, "2_compared", measured(DATA, "Table.", measure="agreement by code", gate=Gate("shown", "It fits.")))

    assert "High agreement shows a shared rule, not a true reading." in shown._repr_html_()
    assert "It fits." in repr(shown)
    assert "all that they said in interviews both coded" in (tmp_path / "tables" / "2_compared.txt").read_text(encoding="utf-8")


def test_a_hidden_measure_leaves_a_sentence_and_no_file(opened, tmp_path, monkeypatch):
    monkeypatch.setenv("SIXPHASE_OUTPUTS", str(tmp_path))

    shown = keep(opened, "2_compared", measured(DATA, "Table.", measure="agreement by code", gate=Gate("hidden", "Not <shown>.")))

    assert isinstance(shown, Hidden)
    assert (shown._repr_html_(), repr(shown)) == ('<p class="note">Not &lt;shown&gt;.</p>', "Not <shown>.")
    assert not (tmp_path / "tables").exists()


def test_several_measures_in_one_table_are_told_by_name():
    note = measured(DATA, "Table.", measure=("coverage", "density")).note

    assert note.startswith("Coverage: Counts code points") and "Density: Counts codings, of 1,000 participant words." in note


def test_an_unknown_measure_is_refused():
    with pytest.raises(ValueError, match="no measure “kapa”"):
        measured(DATA, "Table.", measure="kapa")
