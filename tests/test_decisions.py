"""Decisions and the way back."""

from sixphase import decisions


def test_decisions_of_a_phase_come_with_their_reasons_and_alternatives(opened):
    assert decisions.of_phase(opened.decisions, 2)[["what", "because", "alternatives"]].values.tolist() == [
        ["merge no-reply into unanswered", "the same thing under two names", "keep both"]]


def test_a_move_back_is_a_decision_that_leads_to_an_earlier_phase(opened):
    assert decisions.backward(opened.decisions)[["phase", "back_to"]].values.tolist() == [[4, 2]]


def test_a_later_phase_is_no_move_back(opened):
    assert decisions.backward(opened.decisions.assign(back_to=[3, 5])).empty


def test_decisions_about_a_theme_keep_their_columns_where_there_is_none(opened):
    given = opened.decisions.assign(about=[["theme:silence-teaches"], None])

    assert decisions.about(given, "theme:silence-teaches")["decision_id"].tolist() == given["decision_id"].tolist()[:1]
    assert list(decisions.about(given.iloc[:0], "theme:silence-teaches")) == list(given)
