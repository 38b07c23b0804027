"""From a claim to the words it rests on."""

from sixphase import report
from sixphase.files import open_study


def test_each_quotation_leads_from_its_claim_to_its_span_coder_and_code(waiting):
    (waiting / "manuscript").mkdir()
    (waiting / "manuscript" / "manuscript.md").write_text("# T\n\n## Results\n\nSome wait. Asking shrinks people.\n\n[You feel […]](quote:urn:test:3)\n", encoding="utf-8")
    study = open_study(waiting)

    link = report.chain(study).iloc[0]

    assert link[["line", "section", "claim", "words", "source_id", "text_line", "coder_id", "code_id"]].tolist() == [
        7, "Results", "Asking shrinks people.", "You feel […]", "P01-1", 3, "am", "nuisance"]
    assert study.texts["P01-1"][link["start"]:link["end"]].startswith("You feel")
    assert link["themes"] == "silence-teaches"


def test_a_study_without_a_manuscript_has_no_chain(opened):
    assert report.chain(opened).empty


def test_every_link_of_the_page_leads_to_its_words_in_a_transcript(waiting, tmp_path):
    import re

    from sixphase import show

    (waiting / "manuscript").mkdir()
    (waiting / "manuscript" / "manuscript.md").write_text("# T\n\nA claim.\n\n[](quote:urn:test:3)\n\nAnd [](quote:urn:test:1) again.\n", encoding="utf-8")
    study = open_study(waiting)
    show.transcripts(study.texts, study.turns, study.codings, {}, "All.").write(tmp_path, "2_transcripts")
    page = report.manuscript(study).html

    links = re.findall(r'href="(2_transcripts/[^"#]+)#([^"]+)"', page)

    assert [anchor for _, anchor in links] == ["urn:test:3", "urn:test:1"]
    for file, anchor in links:
        assert f'id="{anchor}"' in (tmp_path / "pages" / file).read_text(encoding="utf-8")
