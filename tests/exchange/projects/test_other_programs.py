"""Files of Taguette, QualCoder, ATLAS.ti, MAXQDA and Word: real ones with their counts, and small ones checked by hand."""

import csv
import sqlite3
from collections import Counter

import openpyxl
import pytest
from sixphase.exchange.projects import read
from sixphase.exchange.projects.kinds import WORD, kind_of
from sixphase.problems import StudyError
from where import SHARED

TAGUETTE = SHARED / "refi_qda" / "taguette_1.5.2"
ATLAS = SHARED / "atlasti_exports" / "thematic_analisys" / "atlas.ti_exports"
real = pytest.mark.skipif(not TAGUETTE.exists() or not ATLAS.exists(), reason="the real exports are not beside the repository")


@real
def test_a_taguette_database_has_its_22_codings_at_the_words_taguette_kept(brought):
    study, placed = brought(TAGUETTE / "project_export.sqlite3")

    assert (len(study.sources), len(study.codes), len(study.codings), len(placed.unplaced)) == (2, 5, 22, 0)
    assert "offsets read as UTF-8 bytes: 16 of 16 highlights have the words Taguette kept with them" in placed.said
    assert set(study.codings["coder_id"]) == {"admin"}
    assert study.codings["quotation"].str.startswith("erstand how creative professionals").sum() == 2


@real
@pytest.mark.parametrize("name", ["highlights.csv", "highlights.xlsx", "highlights.html"])
def test_taguettes_lists_of_highlights_have_16_quotations_and_22_codings(brought, name):
    study, placed = brought(TAGUETTE / name)

    assert (len(study.sources), len(study.codes), len(study.codings)) == (2, 4, 22)
    assert study.codings[["source_id", "start", "end"]].drop_duplicates().shape[0] == 16
    assert "this file holds quotations, not the texts they come from" in placed.doubts[0]


@real
@pytest.mark.parametrize("name", ["codebook.csv", "codebook.xlsx"])
def test_taguettes_codebooks_have_5_codes_with_what_they_mean(brought, name):
    study, _ = brought(TAGUETTE / name)

    assert study.codes.set_index("name")["definition"].to_dict()["AI.quality"] == "Concerns about quality – “generic” output"


@real
def test_atlasti_has_394_quotations_and_1465_codings_cut_as_its_own_frequencies_say(brought):
    study, placed = brought(ATLAS / "20250914_citation_manager.csv")

    assert (len(study.codings), len(study.codes), len(study.sources)) == (1465, 436, 1)
    assert study.codings[["start", "end"]].drop_duplicates().shape[0] == 394
    assert not any("could not be cut" in doubt for doubt in placed.doubts)
    # The frequencies are exported by themselves: of 436 codes, 427 were given just as often there, 8 once more, and one is not listed.
    given = Counter(study.codings["code_id"].map(study.codes.set_index("code_id")["name"]))
    differ = {name: times - _frequencies().get(name, 0) for name, times in given.items() if times != _frequencies().get(name)}
    assert differ.pop('"Check the publishing and receiving messages via MQTTBox."') == 1
    assert list(differ.values()) == [-1] * 8


def _frequencies() -> dict[str, int]:
    with (ATLAS / "20250914_code_frequencies.csv").open(encoding="utf-8") as file:
        rows = [[cell.lstrip("● ") for cell in row] for row in csv.reader(file, delimiter=";")][1:]
    tops = [row[0] for row in rows]
    above = [next(top for top in reversed(tops[:n + 1]) if top) for n in range(len(rows))]
    return {f"{top}: {row[1]}" if row[1] else row[0]: int(row[2]) for top, row in zip(above, rows, strict=True)}


@real
@pytest.mark.parametrize(("name", "codes", "under"), [("20250914_codebook_full.csv", 465, 0), ("20250914_code_frequencies.csv", 465, 447), ("20250914_theme_frequencies.csv", 18, 0)])
def test_atlastis_lists_of_codes_have_their_codes(brought, name, codes, under):
    study, placed = brought(ATLAS / name)

    assert (len(study.codes), study.codes["parent"].notna().sum()) == (codes, under)
    assert placed.lost == {"code groups (a code's membership)": codes}


@real
@pytest.mark.parametrize("name", ["20250914_co-ocurrence.csv", "20250914_code_coocurrrence.xlsx", "20250914_code_coocurrrence_coef.csv", "20250914_code_coocurrrence_count.csv"])
def test_a_table_of_cooccurrences_is_refused_with_a_reason(name):
    with pytest.raises(StudyError, match="holds no codings"):
        read(ATLAS / name)


def test_commas_in_names_of_codes_do_not_cut_them(tmp_path):
    path = tmp_path / "q.csv"
    path.write_text('Number;Text Content;Document;Codes;Number of Codes\n1:1;one;A;"T1: Trust, care";1\n1:2;two;A;"T1: Trust, care, T2: Wait";2\n1:3;three;A;T2: Wait;1\n', encoding="utf-8")

    project = read(path)

    assert [code.name for code in project.codes] == ["T1: Trust, care", "T2: Wait"]


@pytest.fixture
def qualcoder(tmp_path):
    """A project folder as QualCoder 3 makes it; its places count UTF-16 units where a character lies beyond the basic plane."""
    folder = tmp_path / "study.qda"
    folder.mkdir()
    database = sqlite3.connect(folder / "data.qda")
    database.executescript("""
        create table source (id integer primary key, name text, fulltext text, mediapath text, memo text, owner text, date text, av_text_id integer, risid integer);
        create table code_cat (catid integer primary key, name text, owner text, date text, memo text, supercatid integer);
        create table code_name (cid integer primary key, name text, memo text, catid integer, owner text, date text, color text);
        create table code_text (ctid integer primary key, cid integer, fid integer, seltext text, pos0 integer, pos1 integer, owner text, date text, memo text, avid integer, important integer);
        create table annotation (anid integer primary key, fid integer, pos0 integer, pos1 integer, memo text, owner text, date text);
        create table cases (caseid integer primary key, name text, memo text, owner text, date text);
        create table case_text (id integer primary key, caseid integer, fid integer, pos0 integer, pos1 integer, owner text, date text, memo text);
        create table attribute (attrid integer primary key, name text, attr_type text, value text, id integer, date text, owner text);
        create table journal (jid integer primary key, name text, jentry text, date text, owner text);
        create table code_image (imid integer primary key, id integer);
        insert into source values (1, 'talk.txt', 'I: How?
P07: Wait 😀 here, said 😀 they.', null, 'a good talk', 'ann', '2024-05-06 07:08:09', null, null), (2, 'photo.jpg', null, '/images/photo.jpg', '', 'ann', '2024-05-06 07:08:09', null, null);
        insert into code_cat values (1, 'Access', 'ann', '', '', null);
        insert into code_name values (1, 'waiting', 'a wait', 1, 'ann', '', '#FF8800');
        insert into code_text values (1, 1, 1, 'here', 21, 25, 'ann', '2024-05-06 07:08:09', 'look', null, null), (2, 1, 1, 'they', 35, 39, 'bo', '2024-05-06 07:08:10', '', null, 1);
        insert into annotation values (1, 1, 13, 17, 'why wait?', 'bo', '2024-05-06 07:08:09');
        insert into cases values (1, 'P07', '', 'ann', '');
        insert into case_text values (1, 1, 1, 0, 40, 'ann', '', '');
        insert into attribute values (1, 'role', 'case', 'nurse', 1, '', 'ann');
        insert into journal values (1, 'day one', 'I began.', '2024-05-06 07:08:09', 'ann');
        insert into code_image values (1, 2);
    """)
    database.commit()
    database.close()
    return folder


def test_a_qualcoder_project_arrives_with_codes_cases_memos_and_losses(qualcoder, brought):
    study, placed = brought(qualcoder)

    assert study.codings[["code_id", "quotation", "coder_id"]].values.tolist() == [["waiting", "here", "ann"], ["waiting", "they", "bo"]]
    assert study.codes.set_index("code_id").loc["waiting", ["parent", "definition", "colour"]].tolist() == ["access", "a wait", "#ff8800"]
    assert study.participants[["participant_id", "role"]].values.tolist() == [["P07", "nurse"]]
    assert sorted(study.memos["text"].str.split("\n").str[-1]) == ["I began.", "a good talk", "why wait?"]
    assert "source:talk:13-17" in study.memos["about"].explode().tolist()
    assert placed.lost == {"pictures, PDF files, audio and video": 1, "codings of pictures": 1}
    assert "UTF-16 units" in placed.said[0]


def test_a_file_that_is_no_database_is_no_project(tmp_path):
    (tmp_path / "x.sqlite3").write_bytes(b"SQLite format 3\0" + b"\0" * 50)

    assert kind_of(tmp_path / "x.sqlite3") == ""
    with pytest.raises(StudyError, match="no project of another program that we read"):
        read(tmp_path / "x.sqlite3")


def test_a_database_cut_off_is_refused(qualcoder):
    path = qualcoder / "data.qda"
    path.write_bytes(path.read_bytes()[:5000])

    with pytest.raises(StudyError, match="it is damaged"):
        read(qualcoder)


def test_maxqdas_coded_segments_become_codings_with_their_path(tmp_path):
    book = openpyxl.Workbook()
    for row in (["Color", "Comment", "Document group", "Document name", "Code", "Beginning", "End", "Weight score", "Segment", "Author", "Creation date"],
                ["●", "note", "", "A", "Access > Waiting", "3", "3", 0, "we wait", "Ann", "05/06/24"], ["●", "", "", "A", "Trust", "3", "3", 80, "we wait", "Ann", "05/06/24"],
                ["●", "", "", "B", "Trust", "1", "1", 0, "=1+1", "Ann", "05/06/24"]):
        book.active.append(row)
    book.save(tmp_path / "segments.xlsx")

    project = read(tmp_path / "segments.xlsx")

    texts = {source.key: source.text for source in project.sources}
    names = {code.key: code.name for code in project.codes}
    assert [(names[c.code], texts[c.source][c.start:c.end]) for c in project.codings][:2] == [("Access > Waiting", "we wait"), ("Trust", "we wait")]
    assert project.lost["weights of segments"] == 1


def test_comments_of_a_word_file_are_codes_when_a_person_says_so(tmp_path, opened):
    from sixphase.exchange.projects import exporting

    told = exporting.chosen(opened, "docx", within_team=True, more=["comments"])
    path = tmp_path / "coded.docx"
    path.write_bytes(exporting.written(told, "docx"))

    assert kind_of(path) == ""
    project = read(path, kind=WORD)

    names = {code.key: code.name for code in project.codes}
    text = project.sources[0].text
    assert Counter((names[c.code], text[c.start:c.end], c.coder) for c in project.codings) == Counter(
        (row.code_id and told.codes.set_index("code_id")["name"][row.code_id], row.quotation, row.coder_id) for row in told.codings.itertuples())
    assert project.unplaced == []
