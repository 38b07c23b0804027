"""Acts on themes at a desk: kept once, refused with a sentence, and never such that the study could not be opened again."""

import shutil

import pytest
from sixphase import files
from sixphase.files import open_study


@pytest.fixture
def desk(waiting):
    return files.desk(open_study(waiting), by="am")


def act(do: str, number: int = 1, **details) -> dict:
    return {"id": f"urn:uuid:00000000-0000-4000-8000-{number:012}", "do": do, "created": "2024-03-01T10:00:00Z", **details}


def grouping(folder) -> dict:
    themes = open_study(folder).themes
    return {row["theme_id"]: row["codes"] or [] for row in themes.to_dict("records")}


def test_a_card_that_is_moved_stands_in_the_other_theme_and_its_reason_is_kept(desk, waiting):
    assert desk.record(act("move", kind="code moved", code_id="giving-up", from_theme="shrinking", theme_id="others-know", because="others were asked")) == "board"

    assert grouping(waiting)["shrinking"] == ["nuisance"] and grouping(waiting)["others-know"] == ["helpers", "giving-up"]
    assert open_study(waiting).moves["because"].tolist() == ["others were asked"]


def test_a_move_sent_again_after_a_dead_kernel_counts_once(desk, waiting):
    for place in (desk, files.desk(open_study(waiting), by="am")):
        place.record(act("move", kind="code moved", code_id="helpers", from_theme="others-know"))

    assert len(open_study(waiting).moves) == 1


def test_a_reason_given_after_a_move_takes_the_place_of_the_move_without_one(desk, waiting):
    move = {"kind": "code moved", "code_id": "helpers", "from_theme": "others-know", "theme_id": "shrinking"}
    desk.record(act("move", 1, **move))
    desk.record(act("move", 2, **move, because="they ask on", replaces=act("move", 1)["id"]))
    desk.record(act("move", 3, kind="taken back", replaces=act("move", 2)["id"]))
    desk.record(act("move", 4, kind="taken back", replaces=act("move", 1)["id"]))

    assert grouping(waiting)["others-know"] == ["helpers"] and "helpers" not in grouping(waiting)["shrinking"]


def test_in_a_reflexive_study_no_theme_is_made_before_anything_is_coded(waiting):
    shutil.rmtree(waiting / "codings")
    (waiting / "themes.yaml").write_text("themes: {}\n", encoding="utf-8")
    desk = files.desk(open_study(waiting), by="am")

    with pytest.raises(files.Refused, match="nothing is coded yet"):
        desk.record(act("move", kind="theme named", theme_id="early", name="Early"))
    assert open_study(waiting).themes.empty


def test_in_a_codebook_study_a_theme_may_come_first(allotment):
    shutil.rmtree(allotment / "codings")
    for file in ("reviews.jsonl", "board.jsonl", "matrix.jsonl"):
        (allotment / file).unlink(missing_ok=True)
    (allotment / "themes.yaml").write_text("themes: {}\n", encoding="utf-8")
    files.desk(open_study(allotment)).record(act("move", kind="theme named", theme_id="early", name="Early"))

    assert open_study(allotment).themes["name"].tolist() == ["Early"]


def test_a_subtheme_of_a_subtheme_is_refused(desk, waiting):
    with pytest.raises(files.Refused, match="two levels at most"):
        desk.record(act("move", kind="theme placed", theme_id="others-know", parent="shrinking"))
    with pytest.raises(files.Refused, match="two levels at most"):
        desk.record(act("move", kind="theme placed", theme_id="silence-teaches", parent="others-know"))
    assert open_study(waiting).moves.empty


def test_a_theme_with_subthemes_is_not_let_go_over_their_heads(desk, waiting):
    with pytest.raises(files.Refused, match="has the subtheme “Asking shrinks”"):
        desk.record(act("move", kind="theme let go", theme_id="silence-teaches", because="x"))
    desk.record(act("move", kind="theme placed", theme_id="shrinking"))
    desk.record(act("move", 2, kind="theme let go", theme_id="silence-teaches", because="x"))

    assert open_study(waiting).themes.set_index("theme_id").loc["silence-teaches", "status"] == "let go"


def test_a_line_of_the_map_is_drawn_changed_and_taken_away(desk, waiting):
    desk.record(act("relate", **{"from": "shrinking", "to": "others-know", "label": "feeds", "because": "who asks less asks others"}))
    desk.record(act("relate", 2, **{"from": "shrinking", "to": "others-know", "label": "opposes", "was": "feeds"}))
    drawn = open_study(waiting).relations[["from", "to", "label"]].to_numpy().tolist()
    desk.record(act("unrelate", 3, **{"from": "shrinking", "to": "others-know", "label": "opposes"}))

    assert drawn == [["shrinking", "others-know", "opposes"]]
    assert open_study(waiting).relations.empty


def test_a_line_to_nothing_or_to_itself_is_refused(desk):
    with pytest.raises(files.Refused, match="did you mean “others-know”"):
        desk.record(act("relate", **{"from": "shrinking", "to": "others-kno", "label": "feeds"}))
    with pytest.raises(files.Refused, match="to another"):
        desk.record(act("relate", **{"from": "shrinking", "to": "shrinking", "label": "feeds"}))


def test_a_verdict_is_kept_and_can_be_taken_back(desk, waiting):
    desk.record(act("review", kind="dropped", theme_id="others-know", coding_id="urn:test:6", because="a topic only"))
    desk.record(act("review", 2, kind="taken back", replaces=act("review")["id"]))

    assert open_study(waiting).reviews["kind"].tolist() == ["dropped", "taken back"]


def test_a_review_of_what_is_not_there_is_refused_before_it_is_written(desk, waiting):
    for wrong, match in (({"theme_id": "other-know"}, "did you mean “others-know”"), ({"coding_id": "urn:test:99"}, "withdrawn"), ({"against": "urn:test:99"}, "withdrawn")):
        with pytest.raises(files.Refused, match=match):
            desk.record(act("review", **{"kind": "pulls against", "theme_id": "others-know", "coding_id": "urn:test:6", "against": "urn:test:3", "because": "x", **wrong}))
    assert not (waiting / "reviews.jsonl").exists()


def test_a_decision_about_a_theme_says_why_and_where_it_leads_back_to(desk, waiting):
    with pytest.raises(files.Refused, match="say why"):
        desk.record(act("decide", phase=4, what="Rework", about=["theme:shrinking"], because=" "))
    desk.record(act("decide", phase=4, what="Rework the theme “Asking shrinks”", about=["theme:shrinking"], because="two people", back_to=2, alternatives=["drop it"]))

    last = open_study(waiting).decisions.iloc[-1]
    assert (last["phase"], last["back_to"], last["because"], last["alternatives"]) == (4, 2, "two people", ["drop it"])
