"""Where a study is looked for."""

import os

import pytest
from sixphase.places import find_study
from sixphase.problems import StudyError


def test_a_study_is_found_by_its_folder(waiting):
    assert find_study(str(waiting)) == waiting


def test_a_study_is_found_by_name_in_the_folders_listed(waiting, monkeypatch, tmp_path):
    monkeypatch.setenv("SIXPHASE_STUDIES", os.pathsep.join([str(tmp_path / "none"), str(waiting.parent)]))

    assert find_study("waiting") == waiting


def test_a_missing_study_is_told_with_the_nearest_name(waiting, monkeypatch):
    monkeypatch.setenv("SIXPHASE_STUDIES", str(waiting.parent))

    with pytest.raises(StudyError, match="did you mean “waiting”"):
        find_study("wating")


def test_a_folder_without_study_yaml_is_no_study(tmp_path):
    with pytest.raises(StudyError, match="no study here"):
        find_study(tmp_path)
