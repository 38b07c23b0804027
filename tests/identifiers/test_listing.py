import pandas as pd
from sixphase.identifiers import FORMS, found, proposals
from sixphase.tables import TURNS, frame
from sixphase.transcripts import turns_of

SAID = "INT: Who helped?\n\nP01: Margaret Osei, in Goole. Then Margaret rang Ann’s boss. Margret, I said.\n"


def of(text: str):
    return {"P01-1": text}, frame(TURNS, turns_of(text, "P01-1", {"INT": None, "P01": "P01"}))


def known(**decided) -> pd.DataFrame:
    return pd.DataFrame([{"entity": "person 1", "form": form, "kind": "person", "found_by": "capitals", "places": 1, "interviews": 1, "example": "", "decision": decision,
                          "replacement": "[the nurse]"} for form, decision in decided.items()], columns=list(FORMS))


def test_a_first_name_belongs_to_the_one_full_name_it_is_part_of():
    forms = proposals(*of(SAID)).set_index("form")

    assert forms.loc["Margaret", "entity"] == forms.loc["Margaret Osei", "entity"]
    assert forms.loc["Ann", "entity"] != forms.loc["Margaret", "entity"]


def test_places_and_interviews_are_counted_and_a_possessive_is_no_other_form():
    forms = proposals(*of("P01: Ann’s boss and Ann and Ann.\n")).set_index("form")

    assert forms.loc["Ann", ["places", "interviews"]].tolist() == [3, 1]


def test_a_label_before_a_turn_is_not_looked_at():
    assert "INT" not in set(found(*of(SAID))["form"])


def test_what_was_decided_before_stays_decided_and_what_is_new_is_open():
    forms = proposals(*of(SAID), known(Margaret="replace")).set_index("form")

    assert forms.loc["Margaret", ["decision", "replacement"]].tolist() == ["replace", "[the nurse]"]
    assert forms.loc["Goole", "decision"] == ""


def test_a_name_on_the_list_is_found_one_letter_off():
    spans = found(*of("P01: then margret, I said\n"), known(Margaret="replace"))

    assert spans["found_by"].tolist() == ["like “margaret”"]


def test_what_was_replaced_already_is_not_proposed_again():
    assert proposals(*of("P01: I met [Ann, a nurse] there.\n")).empty
