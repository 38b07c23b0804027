from sixphase.files import acts, check_study, open_study
from sixphase.files import repairs
from sixphase.files.repairs import repair_acts


def test_a_sound_study_is_left_alone(waiting):
    before = {path: path.read_bytes() for path in waiting.rglob("*") if path.is_file()}

    assert repair_acts(waiting) == []
    assert {path: path.read_bytes() for path in waiting.rglob("*") if path.is_file()} == before


def test_damaged_lines_are_set_aside_and_the_file_as_it_was_is_kept(waiting):
    path = waiting / "codings" / "P01-1.am.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    damaged = lines[2].replace("You feel".encode(), "You fell".encode())
    path.write_bytes(b"".join([*lines[:2], damaged, *lines[3:]]))
    themes = waiting / "themes.yaml"  # an extract names the coding that is damaged
    themes.write_text(themes.read_text(encoding="utf-8").replace("urn:test:3", "urn:test:2"), encoding="utf-8")

    said = repair_acts(waiting)

    assert said == ["codings/P01-1.am.jsonl: kept 4 lines, set 1 aside in P01-1.am.jsonl.torn; the file as it was is P01-1.am.jsonl.bak."]
    assert path.read_bytes() == b"".join([*lines[:2], *lines[3:]])
    assert path.with_name("P01-1.am.jsonl.torn").read_bytes() == damaged
    assert path.with_name("P01-1.am.jsonl.bak").read_bytes() == b"".join([*lines[:2], damaged, *lines[3:]])
    assert check_study(waiting) == []


def test_both_sides_of_an_unfinished_merge_are_kept_and_its_marks_taken_away(tmp_path):
    base, ours, theirs = (acts.line({"decision_id": name}) for name in ("base", "ours", "theirs"))
    path = tmp_path / "decisions.jsonl"
    path.write_bytes(b"<<<<<<< HEAD\n" + ours + b"||||||| 1a2b3c\n" + base + b"=======\n" + theirs + b">>>>>>> other\n")

    said = repair_acts(tmp_path)

    assert len(said) == 1 and "kept 3 lines, set 0 aside" in said[0]
    assert path.read_bytes() == ours + base + theirs


def test_two_codings_under_one_id_are_for_a_person_to_decide(waiting):
    path = waiting / "codings" / "P01-1.bo.jsonl"
    record, _ = acts.read_line(path.read_bytes().strip())
    acts.append(path, [{**record, "pass": 2}])
    before = path.read_bytes()

    assert repair_acts(waiting) == []
    assert path.read_bytes() == before
    assert ["codings/P01-1.bo.jsonl, line 2"] == [f"{problem.file}, line {problem.line}" for problem in check_study(waiting)]


def test_what_is_repaired_twice_keeps_both_lines_that_were_set_aside(waiting):
    path = waiting / "codings" / "P01-1.bo.jsonl"
    for damaged in (b"first\n", b"second\n"):
        path.write_bytes(path.read_bytes() + damaged)
        repair_acts(waiting)

    assert path.with_name("P01-1.bo.jsonl.torn").read_bytes() == b"first\nsecond\n"
    assert len(open_study(waiting).given) == 8


def test_a_file_that_was_cut_is_named_and_its_last_line_set_aside(waiting):
    path = waiting / "codings" / "P01-1.am.jsonl"
    path.write_bytes(path.read_bytes()[:-40])

    assert repairs.cut_short(waiting) == ["codings/P01-1.am.jsonl"]
    assert len(repairs.repair_acts(waiting)) == 1
    assert repairs.cut_short(waiting) == []
    assert path.with_name("P01-1.am.jsonl.torn").exists()
