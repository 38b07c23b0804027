"""Who may be quoted, and how."""

import pandas as pd
import pytest
from sixphase import quotations, transcripts


def test_only_who_agreed_is_quoted(opened):
    assert set(quotations.quotable(opened.codings, opened.participants)["participant_id"]) == {"P01"}


@pytest.mark.parametrize("answer", [None, pd.NA, False])
def test_no_answer_counts_as_no(opened, answer):
    people = opened.participants.assign(quotation=pd.array([answer, False], dtype="boolean"))

    assert quotations.quotable(opened.codings, people).empty


def test_who_withdrew_is_not_quoted(opened):
    people = opened.participants.assign(withdrawn=["2024-05-01", None])

    assert quotations.quotable(opened.codings, people).empty


def test_balance_compares_shares_of_quotations_and_words(opened):
    quoted = pd.DataFrame({"participant_id": ["P01", "P01", "P02"]})

    balance = quotations.balance(quoted, transcripts.speech(opened.turns)).set_index("participant_id")

    # P01 spoke 55 of 80 words and has 2 of 3 quotations
    assert balance.loc["P01", "ratio"] == pytest.approx((2 / 3) / (55 / 80))
