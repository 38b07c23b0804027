"""What is shown and kept: labels, escapes, bytes."""

import re

import pandas as pd
import pytest
from sixphase.show import Figure, Page, Table, keep, results, table


@pytest.fixture
def outputs(tmp_path, monkeypatch):
    monkeypatch.setenv("SIXPHASE_OUTPUTS", str(tmp_path / "out"))
    return tmp_path / "out"


def dots() -> Figure:
    return Figure(lambda figure: figure.subplots().plot([1, 2], [1, 2]), "Figure 1. Two dots <b>.", "Two dots & a line.")


def test_the_same_data_give_the_same_svg_and_png():
    assert dots().svg() == dots().svg()
    assert dots().png() == dots().png()


def test_an_svg_says_neither_when_nor_by_what_it_was_made():
    assert not re.search(r"<dc:date>|matplotlib v?\d|\d{4}-\d\d-\d\dT", dots().svg(), re.I)


def test_a_figure_is_described_for_those_who_cannot_see_it():
    assert 'role="img" aria-label="Two dots &amp; a line."' in dots().svg()


def test_the_caption_is_part_of_the_picture():
    assert "Figure 1. Two dots &lt;b&gt;." in dots().svg()


def test_every_result_of_a_synthetic_study_carries_the_label(opened, outputs):
    keep(opened, "1_dots", dots())
    keep(opened, "1_rows", table(pd.DataFrame({"a": [1]}), "Table 1."))
    keep(opened, "1_words", Page("<p>x</p>", "Words."))

    assert results.SYNTHETIC in (outputs / "figures" / "1_dots.svg").read_text(encoding="utf-8")
    assert results.SYNTHETIC in (outputs / "tables" / "1_rows.csv").read_text(encoding="utf-8")
    assert results.SYNTHETIC in (outputs / "pages" / "1_words.html").read_text(encoding="utf-8")


def test_a_real_study_carries_no_such_label(opened, outputs):
    opened.settings["synthetic"] = False

    assert results.SYNTHETIC not in keep(opened, "1_dots", dots()).svg()


def test_nothing_is_written_unless_a_run_asks(opened, monkeypatch, tmp_path):
    monkeypatch.delenv("SIXPHASE_OUTPUTS", raising=False)
    monkeypatch.chdir(tmp_path)

    keep(opened, "1_rows", table(pd.DataFrame({"a": [1]}), "Table 1."))

    assert not list(tmp_path.rglob("1_rows*"))


@pytest.mark.parametrize("name", ["code_reach", "7_x", "2_Code", "2_../x", "2_"])
def test_a_result_is_named_by_its_phase(opened, name):
    with pytest.raises(ValueError, match="named by its phase"):
        keep(opened, name, dots())


def test_words_of_a_person_are_never_markup():
    shown = table(pd.DataFrame({"said": ["<script>alert(1)</script> & {{ 7*7 }}"]}), "<i>")._repr_html_()

    assert "<script>" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; {{ 7*7 }}" in shown
    assert "&lt;i&gt;" in shown


@pytest.mark.parametrize("said", ["=1+1", "+44", "-2", "@x", "\tx"])
def test_no_spreadsheet_takes_words_for_a_formula(tmp_path, said):
    Table(pd.DataFrame({"said": [said, "null"]}), "Table.").write(tmp_path, "1_x")

    kept = pd.read_csv(tmp_path / "tables" / "1_x.csv", keep_default_na=False)
    assert kept["said"].tolist() == [f"'{said}", "null"]


def test_a_long_table_says_how_much_of_it_is_shown():
    assert "The first 2 of 3 rows are shown." in table(pd.DataFrame({"a": [1, 2, 3]}), "Table 1.", rows=2)._repr_html_()


def test_an_empty_table_says_none():
    assert "<td colspan=\"1\">none</td>" in table(pd.DataFrame({"a": []}), "Table 1.")._repr_html_()


@pytest.mark.parametrize(("value", "told"), [(1234, "1,234"), (0.5, "0.50"), (1.0, "1.00"), (pd.NA, ""), (float("nan"), ""), (12.0, "12")])
def test_numbers_are_written_for_people(value, told):
    assert results.number(value) == told


def test_a_page_asks_nothing_of_the_network():
    page = results.document("T", "<p>x</p>")

    assert "default-src 'none'" in page
    assert "http://" not in page
    assert "https://" not in page
