"""Information power: five sentences with their history, and no score."""

from sixphase import tables
from sixphase.measures import power

JUDGED = tables.frame(tables.POWER, [
    {"power_id": "2", "on": "2024-03-01", "by": "am", "item": "aim", "sentence": "The aim is narrow.", "interviews": 7},
    {"power_id": "1", "on": "2024-01-01", "by": "am", "item": "aim", "sentence": "The aim is broad", "interviews": 1},
    {"power_id": "3", "on": "2024-01-01", "by": "am", "item": "quality of dialogue", "sentence": "People spoke freely", "interviews": 1}])


def test_the_last_sentence_stands_and_the_others_are_its_history():
    told = power.worksheet(JUDGED, 8).set_index("item")

    assert told.loc["aim", ["sentence", "judged", "look_at"]].tolist() == ["The aim is narrow.", 2, ""]
    assert told.loc["quality of dialogue", "look_at"] == "7 interviews later: still so?"
    assert told.loc["established theory", ["sentence", "look_at"]].tolist() == ["", "not judged yet"]
    assert power.history(JUDGED)["sentence"].tolist() == ["The aim is broad", "The aim is narrow.", "People spoke freely"]


def test_there_are_five_and_none_is_a_number():
    told = power.worksheet(JUDGED, 8)

    assert told["item"].tolist() == list(tables.POWER_ITEMS)
    assert not {"score", "sum"} & set(told.columns)


def test_the_paragraph_has_the_sentences_and_says_what_changed():
    text = power.paragraph(JUDGED)

    assert "The aim is narrow. People spoke freely. We judged these on 2024-01-01 and again until 2024-03-01; what we wrote about aim changed on the way." in text
    assert "broad" not in text
    assert power.paragraph(JUDGED.head(0)) == ""
