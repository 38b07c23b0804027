import stat

import pandas as pd
import pytest
from sixphase import files
from sixphase.identifiers import FORMS
from sixphase.problems import StudyError


def forms(*rows) -> pd.DataFrame:
    return pd.DataFrame([dict(zip(FORMS, row, strict=True)) for row in rows], columns=list(FORMS))


ANN = ("person 1", "Ann", "person", "capitals", 2, 1, "ask Ann", "replace", "[person 1]")


def test_it_reads_back_what_it_wrote_and_only_its_owner_can(waiting, tmp_path):
    files.write_key(tmp_path / "key.csv", waiting, forms(ANN))

    assert files.read_key(tmp_path / "key.csv", waiting).to_dict("records") == forms(ANN).to_dict("records")
    assert stat.S_IMODE((tmp_path / "key.csv").stat().st_mode) == 0o600


def test_it_is_refused_inside_the_study(waiting):
    with pytest.raises(StudyError, match="must not lie inside the study"):
        files.write_key(waiting / "key.csv", waiting, forms(ANN))

    assert not (waiting / "key.csv").exists()


def test_all_that_is_wrong_is_told_at_once(waiting, tmp_path):
    (tmp_path / "key.csv").write_text("form,kind,decision,replacement\nAnn,person,replace,a nurse\nBen,persn,replac,[b]\nCal,person,replace,[Cal's boss]\n", encoding="utf-8")

    with pytest.raises(StudyError) as told:
        files.read_key(tmp_path / "key.csv", waiting)

    said = str(told.value)
    assert "line 2: “a nurse” cannot stand for a name" in said
    assert "line 3: the decision “replac” is none of the choices" in said and "line 3: the kind “persn”" in said
    assert "line 4: the description “[Cal's boss]” holds the name itself" in said


def test_there_need_not_be_one_yet(waiting, tmp_path):
    assert files.read_key(tmp_path / "none.csv", waiting) is None
