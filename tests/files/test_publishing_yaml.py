"""What is needed to publish: read as it is stated, every slip with its line."""

import pytest

from sixphase.files import check_study, open_study
from sixphase.files.publishing_yaml import NAME, read_publishing


def read(folder, text):
    (folder / "manuscript").mkdir(exist_ok=True)
    (folder / NAME).write_text(text, encoding="utf-8")
    problems = []
    return read_publishing(folder, problems), [str(problem) for problem in problems]


def test_what_is_there_is_read_with_days_as_text(tmp_path):
    assert read(tmp_path, "journal: bjhcm\nquotations:\n  urn:a: {state: ok, by: dk, on: 2024-04-16}\nframe:\n- {role: nurse, sector: NHS, holders: 4}\n") == ({
        "journal": "bjhcm", "frame": [{"role": "nurse", "holders": 4, "sector": "NHS"}],
        "quotations": {"urn:a": {"state": "ok", "by": "dk", "on": "2024-04-16", "because": None}}}, [])


@pytest.mark.parametrize(("text", "told"), [
    ("jornal: bjhcm", "line 1: jornal is not a column of publishing: did you mean “journal”?"),
    ("frame:\n- {role: nurse, holders: 4}\n- {role: lead}\n", "line 3: frame, entry 2: holders is missing"),
    ("frame:\n- {role: nurse, holders: many}\n", "line 2: frame, entry 1: holders"),
    ("frame: nurses", "line 1: frame is “nurses”"),
    ("quotations:\n  urn:a: {state: okay}\n", "line 2: urn:a: state"),
    ("quotations:\n  urn:a: ok\n", "line 2: urn:a: these are no keys with values"),
    ("deposit:\n  date: yesterday\n", "line 2: deposit: date"),
    ("case:\n  all:\n  - {country: England}\n", "line 3: all, entry 1: cases is missing"),
    ("intruder:\n- {minutes: long}\n", "line 2: intruder, entry 1: minutes"),
])
def test_a_slip_is_told_with_its_line(tmp_path, text, told):
    problems = read(tmp_path, text)[1]

    assert len(problems) == 1
    assert f"{NAME}, {told}" in problems[0]


def test_check_tells_them_beside_all_others(waiting):
    read(waiting, "frame:\n- {role: lead}\n")

    assert [problem.file for problem in check_study(waiting)] == [NAME]


def test_the_worked_example_has_none():
    assert open_study("ics_leadership").beside["publishing"]["frame"][0]["holders"] == 1
