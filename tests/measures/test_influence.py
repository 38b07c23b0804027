"""What rests on whom: counts of what is left, and the questions they raise."""

import pandas as pd
from sixphase.measures import influence


def table(*rows):
    """Extracts as (theme, participant, interview, code); a participant “” is an interviewer."""
    found = pd.DataFrame(rows, columns=["theme_id", "participant_id", "source_id", "code_id"])
    return found.assign(participant_id=found["participant_id"].replace("", None).astype("str"), coding_id=[f"urn:{n}" for n in range(len(found))])


EXTRACTS = table(  # in t, P01 has 3 of 6 extracts in two interviews and code a alone; P02 and P03 share a group interview
    ("t", "P01", "P01-1", "a"), ("t", "P01", "P01-1", "b"), ("t", "P01", "P01-2", "b"), ("t", "P02", "G-1", "b"), ("t", "P03", "G-1", "c"),
    ("t", "", "P01-1", "b"), ("s", "P03", "G-1", "c"))


def test_what_is_left_without_one_participant_is_counted_in_each_unit():
    left = influence.leave_one_out(EXTRACTS)

    # without P01: the extracts of P02, P03 and the interviewer's; P01-1 stays because the interviewer's extract lies in it
    assert left.values.tolist() == [
        ["t", "P01", 3, 0.5, 3, 2, 2, 2, "a"],
        ["t", "P02", 1, 1 / 6, 5, 3, 2, 3, ""],
        ["t", "P03", 1, 1 / 6, 5, 3, 2, 2, "c"],
        ["s", "P03", 1, 1.0, 0, 0, 0, 0, "c"]]
    assert left.columns.tolist() == ["theme_id", "left_out", "lost", "share", "extracts", "interviews", "participants", "codes", "codes_lost"]


def test_a_group_is_left_out_with_all_its_participants():
    left = influence.leave_one_out(EXTRACTS, pd.Series({"P01": "patient", "P02": "carer", "P03": "carer"}))

    # without the carers G-1 goes as a whole, though neither of them alone would have taken it away
    assert left[left["theme_id"] == "t"].values.tolist() == [
        ["t", "patient", 3, 0.5, 3, 2, 2, 2, "a"],
        ["t", "carer", 2, 2 / 6, 4, 2, 1, 2, "c"]]


def test_the_order_of_the_extracts_changes_only_the_order_of_the_themes():
    other = influence.leave_one_out(EXTRACTS.iloc[::-1])

    assert other["theme_id"].tolist() == ["s", "t", "t", "t"]
    assert other[other["theme_id"] == "t"].values.tolist() == influence.leave_one_out(EXTRACTS).head(3).values.tolist()


def test_no_extracts_leave_nothing_to_ask():
    left = influence.leave_one_out(EXTRACTS.head(0))

    assert left.empty
    assert influence.questions(left).empty


def test_the_questions_name_what_goes_and_give_no_verdict():
    asked = influence.questions(influence.leave_one_out(EXTRACTS))

    assert asked[asked["left_out"] == "P01"]["look_at"].tolist() == [
        "it rests on 2 other participants: is it a pattern, or a few people's?",
        "3 of its 6 extracts go: does its concept hold for the others?",
        "no extract is left of a: is that part of the theme theirs alone?"]
    assert asked[asked["theme_id"] == "s"]["look_at"].tolist() == ["nothing of it is left: whose pattern is it, and does the write-up say so?"]
