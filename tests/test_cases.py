"""Participants and interviews are two units."""

from sixphase import cases


def test_attendance_has_one_row_a_participant_in_an_interview(opened):
    assert cases.attendance(opened.sources)[["source_id", "participant_id"]].values.tolist() == [["P01-1", "P01"], ["P02-1", "P02"], ["P01-2", "P01"]]


def test_a_group_interview_has_several_participants(opened):
    together = opened.sources.assign(participants=[["P01", "P02"], ["P02"], ["P01"]])

    assert cases.interviews_each(together).to_dict() == {"P01": 2, "P02": 2}


def test_groups_count_people_and_interviews_apart(opened):
    # P01 is the one patient, seen twice; P02 the one carer
    assert cases.groups(opened.participants, opened.sources, "role").values.tolist() == [["carer", 1, 1], ["patient", 1, 2]]


def test_a_missing_attribute_is_a_group_of_its_own(opened):
    people = opened.participants.assign(role=[None, "carer"])

    assert cases.groups(people, opened.sources, "role")["role"].tolist() == ["carer", "not recorded"]


def test_without_an_attribute_all_are_one_group(opened):
    assert cases.group_of(opened.participants, None).to_dict() == {"P01": "all participants", "P02": "all participants"}
