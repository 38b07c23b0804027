"""The map for eyes and for other programs."""

import xml.etree.ElementTree as ET

import pytest
from sixphase import show, themes
from sixphase.files import open_study


@pytest.fixture
def laid(allotment):
    study = open_study(allotment)
    return themes.thematic_map(study.themes, study.relations)


def test_the_same_map_is_the_same_bytes(laid):
    assert show.thematic_map(laid, "Map.").svg() == show.thematic_map(laid, "Map.").svg()


def test_the_words_of_a_relation_are_in_the_picture_and_in_its_description(laid):
    figure = show.thematic_map(laid, "Map.")

    assert "puts off" in figure.svg()
    assert "keeping puts off ending" in figure.description


def test_it_is_kept_for_draw_io_with_every_box_and_line(laid, tmp_path):
    show.thematic_map(laid, "Map.").write(tmp_path, "3_map")
    cells = ET.parse(tmp_path / "figures" / "3_map.drawio").getroot().findall(".//mxCell")

    assert {cell.get("id") for cell in cells if cell.get("vertex")} == {"coming", "keeping", "ending", "caption"}
    assert [(cell.get("source"), cell.get("target"), cell.get("value")) for cell in cells if cell.get("edge")] == [("keeping", "ending", "puts off")]


def test_it_is_kept_as_graphml_that_reads_back(laid, tmp_path):
    networkx = pytest.importorskip("networkx")
    show.thematic_map(laid, "Map.").write(tmp_path, "3_map")

    graph = networkx.read_graphml(tmp_path / "figures" / "3_map.graphml", force_multigraph=True)

    assert graph.nodes["keeping"]["codes"] == "given, alone"
    assert [data["label"] for *_, data in graph.edges(data=True)] == ["puts off"]


def test_an_exported_map_says_that_it_is_synthetic(laid, tmp_path):
    figure = show.thematic_map(laid, "Map.")
    figure.label = "SYNTHETIC – not research data"
    figure.write(tmp_path, "3_map")

    assert all("SYNTHETIC" in (tmp_path / "figures" / f"3_map.{kind}").read_text(encoding="utf-8") for kind in ("svg", "drawio", "graphml"))


def test_versions_show_each_day_with_its_names(allotment):
    study = open_study(allotment)
    days = ["2024-05-02", "2024-06-06"]

    figure = show.map_versions([(day, themes.as_of(study.themes, study.moves, day)) for day in days], "Versions.")

    assert "Neighbours (2\u00a0codes)" in figure.svg()
    assert figure.description == "2024-05-02: 2 themes; 2024-06-06: 3 themes"


def test_nothing_to_draw_says_so(laid):
    assert "Nothing to show yet." in show.map_versions([], "Versions.").svg()


def test_a_persons_words_are_escaped_and_lead_to_their_line():
    import pandas as pd

    pair = pd.DataFrame([{"theme_id": "t", "chosen": "a reader's mark", "first": "P01-1, line 3", "first_words": "<b>no</b>", "second": "P02-1, line 5", "second_words": "yes",
                          "because": None, "whose": "two people"}])

    html = show.side_by_side(pair, "Pairs.").html

    assert "&lt;b&gt;no&lt;/b&gt;" in html
    assert "2_transcripts/P02-1.html#line-5" in html


def test_who_is_absent_has_a_link_to_each_interview(opened):
    absent = themes.looked_at(themes.absent(themes.extracts(opened.theme_codes, opened.codings), opened.sources, themes.tops(opened.themes)), opened.reviews)

    html = show.absent(absent, "Absent.").html

    assert all(f"2_transcripts/{source}.html" in html for source in ("P01-1", "P01-2", "P02-1"))
