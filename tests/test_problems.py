"""What a person reads when a file is wrong."""

from sixphase.problems import Problem, StudyError, nearest, shown


def test_an_error_says_where_what_and_what_to_do_for_all_problems_at_once():
    error = StudyError([Problem("sources.csv", 4, "date is wrong", "a day", "“14/06/2023”", "write 2023-06-14"), Problem("codebook.yaml", None, "the file is missing")], "the study x")

    assert str(error) == ("2 problems in the study x.\n\ncodebook.yaml: the file is missing\n\nsources.csv, line 4: date is wrong\n"
                          "    expected  a day\n    found     “14/06/2023”\n    do        write 2023-06-14")


def test_one_problem_is_one():
    assert str(StudyError([Problem("a", None, "b")], "c")).startswith("1 problem in c.")


def test_a_notebook_shows_the_problems_and_not_our_stack():
    assert StudyError([Problem("a", 1, "b")], "c")._render_traceback_() == ["StudyError: 1 problem in c.\n\na, line 1: b"]


def test_control_characters_are_shown_and_never_printed():
    assert shown("a\x1b[31mb\n") == "“a\\x1b[31mb\\n”"


def test_a_long_value_is_shortened():
    assert len(shown("x" * 500)) == 62


def test_with_nothing_to_choose_from_we_say_so():
    assert nearest("a", []) == "there is none yet: add it first"
