"""What the whole dataset asks about a theme of the tiny studies, small enough to ask by hand."""

import pytest
from sixphase.cases import group_of
from sixphase.files import open_study
from sixphase.measures import questions
from sixphase.themes import asked


def asks(study, theme_id):
    guide = study.settings["guide"] or {}
    return questions.of_theme(theme_id, study.themes, study.codings, study.codes, study.sources, study.turns, group_of(study.participants, study.group_by),
                              asked(study.turns, study.texts, guide), guide)


def test_a_theme_of_few_people_is_asked_about_under_each_of_them(allotment):
    found = asks(open_study(allotment), "coming")

    # the aunt of P01 and the list of P02: without one of them the theme rests on the other
    left = found[(found["about"] == "somebody left out") & (found["part"] == "Coming to the plot")]["asks"].tolist()
    assert [f"Without {who}: it rests on one other participant: is it a pattern, or a few people's?" in left for who in ("P01", "P02")] == [True, True]
    assert set(found["about"]) <= set(questions.ABOUT)


def test_who_was_asked_is_told_with_the_words_of_the_question(allotment):
    told = asks(open_study(allotment), "coming").query("about == 'who was asked'")["asks"]

    assert told.str.contains("after “How did you come by the plot?”: 2 of 2 asked are heard in it, and 0 who were not", regex=False).any()


def test_where_extracts_come_from_in_the_order_of_coding_is_asked(kitchen):
    told = asks(open_study(kitchen), "ruling").query("about == 'order and attention'")["asks"].tolist()

    assert len(told) == 1 and told[0].endswith("Were the early ones gone through again once the theme was there?")


@pytest.mark.parametrize("theme", ["doing", "ruling"])
def test_only_its_own_subthemes_and_codes_are_asked_about_by_their_names(kitchen, theme):
    study = open_study(kitchen)
    own = study.theme_codes[study.theme_codes["theme_id"] == theme]

    assert set(asks(study, theme)["part"]) <= {*study.themes["name"], *study.codes.loc[study.codes["code_id"].isin(own["code_id"]), "name"]}
