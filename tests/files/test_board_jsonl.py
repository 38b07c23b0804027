"""Moves and reviews on disk: each once, and themes.yaml where the moves lead."""

import pytest
from sixphase import themes
from sixphase.files import append_move, append_review, open_study, set_relations
from sixphase.problems import StudyError


def grouping(folder):
    study = open_study(folder)
    return {theme.theme_id: theme.codes or [] for theme in study.themes.itertuples()}


def test_a_code_that_is_moved_stands_in_its_new_theme_and_no_longer_in_the_old(allotment):
    append_move(open_study(allotment), "code moved", by="am", code_id="given", from_theme="keeping", theme_id="coming", because="a gift is a way in")

    assert grouping(allotment)["keeping"] == ["alone"]
    assert grouping(allotment)["coming"] == ["inherited", "waited", "given"]
    assert open_study(allotment).themes["history"].iloc[0][-1]["because"] == "a gift is a way in"


def test_the_same_move_given_twice_is_stored_and_carried_out_once(allotment):
    for _ in range(2):
        append_move(open_study(allotment), "code moved", by="am", move_id="press-1", code_id="given", from_theme="keeping", theme_id="coming")

    assert (allotment / "board.jsonl").read_text(encoding="utf-8").count("press-1") == 1
    assert len(open_study(allotment).themes["history"].iloc[0]) == 1


def test_a_move_whose_carrying_out_was_cut_off_is_carried_out_when_it_is_given_again(allotment):
    before = (allotment / "themes.yaml").read_bytes()
    append_move(open_study(allotment), "code moved", by="am", move_id="press-1", code_id="given", from_theme="keeping", theme_id="coming")
    (allotment / "themes.yaml").write_bytes(before)

    append_move(open_study(allotment), "code moved", by="am", move_id="press-1", code_id="given", from_theme="keeping", theme_id="coming")

    assert "given" in grouping(allotment)["coming"]


def test_a_move_that_is_taken_back_leaves_the_grouping_as_it_was(allotment):
    before = grouping(allotment)
    key = append_move(open_study(allotment), "code moved", by="am", code_id="given", from_theme="keeping", theme_id="coming")
    append_move(open_study(allotment), "taken back", by="am", replaces=key)

    assert {theme: sorted(codes) for theme, codes in grouping(allotment).items()} == {theme: sorted(codes) for theme, codes in before.items()}


def test_every_kind_of_move_can_be_taken_back(allotment):
    before = open_study(allotment).themes.set_index("theme_id").loc["ending"]
    for kind, said in (("theme let go", {"because": "x"}), ("theme placed", {"parent": "keeping"}), ("theme named", {"name": "Going"})):
        key = append_move(open_study(allotment), kind, by="am", theme_id="ending", **said)
        append_move(open_study(allotment), "taken back", by="am", replaces=key)

    after = open_study(allotment).themes.set_index("theme_id").loc["ending"]
    assert after[["name", "status", "parent"]].fillna("").tolist() == before[["name", "status", "parent"]].fillna("").tolist()


def test_a_move_taken_back_can_be_made_again_by_taking_that_back(allotment):
    key = append_move(open_study(allotment), "code moved", by="am", code_id="given", from_theme="keeping", theme_id="coming")
    undone = append_move(open_study(allotment), "taken back", by="am", replaces=key)
    append_move(open_study(allotment), "taken back", by="am", replaces=undone)

    assert (grouping(allotment)["keeping"], grouping(allotment)["coming"]) == (["alone"], ["inherited", "waited", "given"])


def test_the_first_name_of_a_theme_cannot_be_taken_back(allotment):
    with pytest.raises(StudyError, match="let the theme go"):
        append_move(open_study(allotment), "taken back", by="am", replaces="urn:test:allotment:m1")


def test_a_theme_named_for_the_first_time_is_made_as_a_candidate(allotment):
    append_move(open_study(allotment), "theme named", by="am", theme_id="water", name="Water decides", because="the meter again")
    append_move(open_study(allotment), "code moved", by="am", code_id="leaving", from_theme="ending", theme_id="water")
    water = open_study(allotment).themes.set_index("theme_id").loc["water"]

    assert (water["name"], water["status"], water["codes"]) == ("Water decides", "candidate", ["leaving"])


def test_a_theme_let_go_keeps_its_reason_and_can_be_taken_up_again(allotment):
    append_move(open_study(allotment), "theme let go", by="am", theme_id="ending", because="two passages only")
    gone = open_study(allotment)
    append_move(gone, "theme taken up", by="am", theme_id="ending")

    assert gone.themes.set_index("theme_id").loc["ending", ["status", "because"]].tolist() == ["let go", "two passages only"]
    assert "leaving" not in set(gone.theme_codes["code_id"])
    assert "leaving" in set(open_study(allotment).theme_codes["code_id"])


def test_themes_can_be_nested_and_stand_alone_again(allotment):
    append_move(open_study(allotment), "theme placed", by="am", theme_id="ending", parent="keeping")
    nested = open_study(allotment).themes.set_index("theme_id").loc["ending", "parent"]
    append_move(open_study(allotment), "theme placed", by="am", theme_id="ending")

    assert nested == "keeping"
    assert open_study(allotment).themes["parent"].isna().all()


def test_a_comment_in_themes_yaml_survives_a_move(allotment):
    append_move(open_study(allotment), "code moved", by="am", code_id="given", from_theme="keeping", theme_id="coming")

    assert (allotment / "themes.yaml").read_text(encoding="utf-8").startswith("# SYNTHETIC")


def test_a_code_or_theme_that_is_not_there_is_refused_and_nothing_is_written(allotment):
    before = (allotment / "board.jsonl").read_bytes()

    with pytest.raises(StudyError, match="did you mean “given”"):
        append_move(open_study(allotment), "code moved", by="am", code_id="givn", theme_id="coming")
    with pytest.raises(StudyError, match="no theme_id “coming-soon”"):
        append_move(open_study(allotment), "code moved", by="am", code_id="given", theme_id="coming-soon")
    with pytest.raises(StudyError, match="because is missing"):
        append_move(open_study(allotment), "theme let go", by="am", theme_id="coming")
    assert (allotment / "board.jsonl").read_bytes() == before


def test_two_moves_in_one_second_keep_their_order(allotment):
    for n, (start, end) in enumerate([("keeping", "coming"), ("coming", "ending"), ("ending", "keeping")]):
        append_move(open_study(allotment), "code moved", by="am", move_id=f"urn:{9 - n}", created="2024-07-01T10:00:00Z", code_id="given", from_theme=start, theme_id=end)

    assert sorted(grouping(allotment)["keeping"]) == ["alone", "given"]
    assert "given" not in grouping(allotment)["coming"] + grouping(allotment)["ending"]


def test_a_review_given_twice_under_one_id_is_stored_once(opened):
    for _ in range(2):
        append_review(opened, "dropped", by="am", review_id="press-1", theme_id="others-know", coding_id="urn:test:6", because="a topic only")

    assert open_study(opened.folder).reviews["review_id"].tolist() == ["press-1"]


def test_an_id_that_stands_for_another_review_is_refused(opened):
    append_review(opened, "kept", by="am", review_id="press-1", theme_id="others-know", coding_id="urn:test:6")

    with pytest.raises(StudyError, match="stands for another act already"):
        append_review(opened, "dropped", by="am", review_id="press-1", theme_id="others-know", coding_id="urn:test:6", because="no")


def test_a_review_without_what_its_kind_needs_is_refused_whole(opened):
    with pytest.raises(StudyError) as told:
        append_review(opened, "negative case", by="am", theme_id="others-know", claim="others know", found="perhaps")

    assert "how is missing" in str(told.value) and "changed is missing" in str(told.value) and "found is none of the choices" in str(told.value)
    assert not (opened.folder / "reviews.jsonl").exists()


def test_a_review_of_a_theme_that_is_not_there_is_a_problem(allotment):
    append_review(open_study(allotment), "re-read", by="am", theme_id="comming", source_id="P01-1", because="again")

    with pytest.raises(StudyError, match="did you mean “coming”"):
        open_study(allotment)


def test_an_act_written_by_hand_that_says_too_little_is_a_problem(allotment):
    with (allotment / "reviews.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"review_id": "x", "created": "2024-07-01T10:00:00Z", "by": "am", "kind": "dropped", "theme_id": "coming", "coding_id": "urn:test:allotment:1"}\n')

    with pytest.raises(StudyError, match="dropped, x: because is missing"):
        open_study(allotment)


def test_a_pattern_that_cannot_be_looked_for_is_a_problem(kitchen):
    with (kitchen / "facts.csv").open("a", encoding="utf-8") as file:
        file.write("broken,2024-01-01,(rota,half a pattern\n")

    with pytest.raises(StudyError, match="broken: “\\(rota” is no pattern"):
        open_study(kitchen)


def test_before_the_first_move_of_a_code_it_lay_where_that_move_took_it_from(opened):
    append_move(opened, "code moved", by="am", created="2024-03-01T10:00:00Z", code_id="giving-up", from_theme="shrinking", theme_id="others-know")
    study = open_study(opened.folder)

    then, now = (themes.as_of(study.themes, study.moves, day).set_index("theme_id")["codes"] for day in ("2024-02-29", "2024-03-01"))

    assert (then["shrinking"], then["others-know"]) == (["giving-up", "nuisance"], ["helpers"])
    assert (now["shrinking"], now["others-know"]) == (["nuisance"], ["giving-up", "helpers"])


def test_relations_are_stored_and_read_back(allotment):
    study = open_study(allotment)
    set_relations(allotment, study.relations.iloc[:1].assign(label="delays"))
    again = open_study(allotment)

    assert again.relations[["from", "to", "label"]].values.tolist() == [["keeping", "ending", "delays"]]
    assert again.themes.equals(study.themes)


def test_a_relation_to_nothing_is_a_problem(allotment):
    study = open_study(allotment)
    set_relations(allotment, study.relations.assign(to="endin"))

    with pytest.raises(StudyError, match="did you mean “ending”"):
        open_study(allotment)


def test_the_moves_of_the_tiny_study_lead_to_its_grouping(allotment):
    study = open_study(allotment)

    assert themes.theme_codes(study.themes.assign(codes=themes.as_of(study.themes, study.moves)["codes"])).equals(
        themes.theme_codes(study.themes.assign(codes=study.themes["codes"].map(sorted))))


def test_a_subtheme_that_was_placed_elsewhere_goes_back_under_the_theme_it_had_by_hand(waiting):
    move = append_move(open_study(waiting), "theme placed", by="am", created="2024-03-01T10:00:00Z", theme_id="shrinking", parent="others-know", from_theme="silence-teaches")
    placed = open_study(waiting)
    append_move(placed, "taken back", by="am", created="2024-03-01T10:01:00Z", replaces=move)

    assert placed.themes.set_index("theme_id").loc["shrinking", "parent"] == "others-know"
    assert themes.as_of(placed.themes, placed.moves, "2024-02-29").set_index("theme_id").loc["shrinking", "parent"] == "silence-teaches"
    assert open_study(waiting).themes.set_index("theme_id").loc["shrinking", "parent"] == "silence-teaches"
