"""What leaves a study: consent and disclosure first, then each format, opened again."""

import csv
import io
import json
import zipfile

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from sixphase.codebook import paths
from sixphase.exchange.coding_sheet import read_sheet, unguarded
from sixphase.exchange.projects import exporting, read, refi_writing, sheets_out
from sixphase.files import open_study
from sixphase.files.studies import read_study
from sixphase.problems import StudyError
from where import SHARED


def refusal(study, form, **choices) -> str:
    with pytest.raises(StudyError) as refused:
        exporting.chosen(study, form, **choices)
    return str(refused.value)


def consent(folder, **answers: str):
    """participants.csv with these cells in every row, and P02 without any consent."""
    path = folder / "participants.csv"
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    for row in rows:
        row |= answers if row["participant_id"] != "P02" else {"quotation": "", "archiving": "no"}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return open_study(folder)


def written(study, form, **choices):
    return exporting.written(exporting.chosen(study, form, within_team=True, **choices), form)


def test_whole_transcripts_leave_only_with_consent_to_archiving(waiting):
    study = consent(waiting, archiving="yes", quotation="yes")

    said = refusal(study, "qdpx")

    assert "P02 did not agree to archiving" in said
    assert "P01" not in said
    assert "--leave-out leaves their interviews out" in said
    assert "P02-1" not in exporting.chosen(study, "qdpx", leave_out=True).texts


def test_quotations_leave_only_with_consent_to_be_quoted_and_a_blank_is_a_no(waiting):
    study = consent(waiting, archiving="yes", quotation="yes")

    assert "blank, which is a no" in refusal(study, "csv")
    told = exporting.chosen(study, "csv", leave_out=True)
    assert "P02-1" not in set(told.codings["source_id"])
    assert any("stays: " in sentence and "P02-1" in sentence for sentence in told.said)


@pytest.mark.parametrize("form", exporting.FORMATS)
def test_every_format_says_what_leaves_and_carries_no_word_of_who_did_not_agree(waiting, form):
    study = consent(waiting, archiving="", quotation="")
    if exporting.FORMATS[form][0] != "codes":
        assert refusal(study, form).count("did not agree") == 2

    told = exporting.chosen(study, form, leave_out=True)

    assert any(said.startswith("leaves: ") for said in told.said)
    assert any(said.startswith("stays: ") and "decisions" in said for said in told.said)
    inside = plain(exporting.written(told, form))
    assert not [row.quotation for row in study.all_codings.itertuples() if row.quotation in inside]
    assert "P01-1" not in inside  # nor who they are


def plain(content: bytes | dict[str, bytes]) -> str:
    """Everything that can be read in a file or a folder of files, out of zip archives and Parquet too."""
    import pyarrow.parquet

    if isinstance(content, dict):
        return "\n".join(plain(part) for part in content.values())
    if content.startswith(b"PAR1"):
        return str(pyarrow.parquet.read_table(io.BytesIO(content)).to_pydict())
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return content.decode("utf-8")


def test_who_withdrew_never_leaves_not_even_within_the_team(waiting):
    study = consent(waiting, archiving="yes", quotation="yes", withdrawn="2024-05-06")
    whole, _ = read_study(waiting)  # as it lies on the disk; `open_study` has set those who withdrew aside

    assert list(exporting.chosen(study, "qdpx", within_team=True).texts) == ["P02-1"]
    assert "P01 withdrew on 2024-05-06" in refusal(whole, "qdpx", within_team=True)


def test_memos_about_an_interview_that_stays_stay_too(waiting):
    study = consent(waiting, archiving="yes", quotation="yes")
    study.memos = study.memos.iloc[[0, 0]].assign(memo_id=["a", "b"], about=[["source:P02-1:3-9"], ["source:P01-1"]])

    told = exporting.chosen(study, "qdpx", leave_out=True, more=["memos", "kept"])

    assert list(told.memos["memo_id"]) == ["b"]
    assert told.kept["xml"] == {}
    assert any("may hold words of those who did not agree" in sentence for sentence in told.said)


def test_decisions_and_histories_leave_as_notes_only_where_they_are_asked_for(opened):
    kept = exporting.chosen(opened, "qdpx", within_team=True)
    told = exporting.chosen(opened, "qdpx", within_team=True, more=["decisions", "history"])

    assert len(kept.memos) == 0
    assert any("stays: " in said and "decisions" in said and "merged or let go" in said for said in kept.said)
    assert list(told.memos["title"])[:len(opened.decisions)] == [f"Decision: {what}" for what in opened.decisions["what"]]
    gone = opened.codes[opened.codes["status"].isin(["merged", "retired"])]
    assert len(gone)
    for row in gone.itertuples():
        [text] = told.memos.loc[told.memos["title"] == f"History of the code “{row.name}” ({row.code_id})", "text"]
        assert row.because in text
    notes = etree.fromstring(zipfile.ZipFile(io.BytesIO(exporting.written(told, "qdpx"))).read("project.qde")).findall("{*}Notes/{*}Note")
    assert len(notes) == len(told.memos)


def test_a_decision_about_an_interview_that_stays_stays_too(waiting):
    study = consent(waiting, archiving="yes", quotation="yes")
    study.decisions = pd.concat([study.decisions.iloc[[0]]] * 2, ignore_index=True).assign(about=[["source:P02-1"], ["code:nuisance"]], what=["a", "b"])

    assert list(exporting.chosen(study, "qdpx", leave_out=True, more=["decisions"]).memos["title"]) == ["Decision: b"]


def test_what_a_format_cannot_carry_is_not_promised(opened):
    assert "docx carries no memos" in refusal(opened, "docx", more=["memos"])
    assert "qdc carries no comments" in refusal(opened, "qdc", more=["comments"])


def test_a_codebook_needs_no_consent(waiting):
    study = consent(waiting, archiving="", quotation="")

    told = exporting.chosen(study, "qdc")

    assert len(told.codes) == (study.codes["status"] != "merged").sum()
    assert (len(told.codings), told.texts) == (0, {})


def test_an_attribute_leaves_only_as_far_as_it_fits_five_people(opened):
    # 12 people: 6 nurses, 6 doctors; 2 of the doctors in the north. “Doctor” fits 6, “doctor, north” only 2, “nurse, south” 6.
    people = pd.DataFrame({"participant_id": [f"P{n:02d}" for n in range(1, 13)], "role": ["nurse"] * 6 + ["doctor"] * 6,
                           "region": ["south"] * 6 + ["south"] * 4 + ["north"] * 2, "secret": ["x"] * 12})
    opened.participants = people.assign(quotation=True, archiving=True, withdrawn=pd.NA)
    opened.settings["attributes"] = {"role": {"publish": "yes"}, "region": {"publish": "yes"}, "secret": {"publish": "no"}}

    from sixphase.exchange.projects.leaving import publishable
    table, said = publishable(opened, list(people["participant_id"]), opened.sources[opened.sources["occasion"] == 1])

    assert list(table.columns) == ["participant_id", "role", "region"]
    assert table["role"].notna().all()
    assert list(table.loc[table["region"].isna(), "participant_id"]) == ["P07", "P08", "P09", "P10", "P11", "P12"]
    assert "region of 6 of 12" in said[1]


def test_of_whom_both_interviews_leave_it_is_told_anyway_that_there_were_two(opened):
    # 12 nurses, of whom P01 alone was interviewed twice: with both interviews in the file, “nurse” would fit P01 only
    people = pd.DataFrame({"participant_id": [f"P{n:02d}" for n in range(1, 13)], "role": ["nurse"] * 12})
    opened.participants = people.assign(quotation=True, archiving=True, withdrawn=pd.NA)
    opened.settings["attributes"] = {"role": {"publish": "yes"}}

    from sixphase.exchange.projects.leaving import publishable
    table, _ = publishable(opened, list(people["participant_id"]), opened.sources)

    assert list(table.loc[table["role"].isna(), "participant_id"]) == ["P01"]


def test_memos_comments_and_names_stay_unless_they_are_asked_for(opened):
    plain = zipfile.ZipFile(io.BytesIO(written(opened, "qdpx"))).read("project.qde").decode()
    full = zipfile.ZipFile(io.BytesIO(written(opened, "qdpx", more=["memos", "comments"]))).read("project.qde").decode()

    assert "<Note " not in plain
    assert full.count("<Note ") == len(opened.memos)
    assert not any(str(name) in plain + full for name in opened.settings["coders"].values())
    assert full.count("<Description>") > plain.count("<Description>")


@pytest.mark.parametrize("form", exporting.FORMATS)
@pytest.mark.parametrize("name", ["waiting", "kitchen", "allotment"])
def test_every_format_is_written_twice_with_the_same_bytes(request, name, form):
    study = open_study(request.getfixturevalue(name))

    assert written(study, form) == written(study, form)


@pytest.mark.parametrize("name", ["waiting", "kitchen", "allotment"])
def test_a_study_exported_and_imported_again_has_the_same_codings(request, name, tmp_path, brought):
    study = open_study(request.getfixturevalue(name))
    path = tmp_path / "out.qdpx"
    path.write_bytes(written(study, "qdpx", more=["memos", "comments"]))

    again, placed = brought(path)

    columns = ["source_id", "code_id", "start", "end", "quotation", "coder_id", "created"]
    pd.testing.assert_frame_equal(*(table[columns].sort_values(columns, ignore_index=True) for table in (again.codings, study.all_codings)))
    assert again.texts == study.texts
    assert set(again.participants["participant_id"]) == set(study.participants["participant_id"])
    kept = study.codes[study.codes["status"].ne("merged").fillna(True).astype(bool)].set_index("code_id")
    assert again.codes.set_index("code_id")["name"].to_dict() == kept["name"].to_dict()
    assert len(again.memos) == len(study.memos)
    assert (placed.unplaced, placed.lost) == ([], {})
    assert again.themes["theme_id"].tolist() == [t for t, codes, status in zip(study.themes["theme_id"], study.themes["codes"], study.themes["status"], strict=True) if codes and status != "let go"]


@pytest.mark.skipif(not SHARED.exists(), reason="the standard's schema is not beside the repository")
def test_a_codebook_is_valid_by_the_standards_schema(opened):
    schema = etree.XMLSchema(etree.parse(str(SHARED / "refi_qda" / "schema" / "Codebook.xsd")))

    schema.assertValid(etree.fromstring(written(opened, "qdc")))


@pytest.mark.parametrize("form", ["csv", "w3c"])
def test_codings_go_out_and_come_in_again_by_the_sheet(opened, tmp_path, form):
    path = tmp_path / ("out.csv" if form == "csv" else "out.jsonld")
    path.write_bytes(written(opened, form, more=["comments"]))
    told = opened.all_codings[opened.all_codings["coder_id"] == "am"]
    opened.given = opened.given.iloc[:0]

    rows, repeated = read_sheet(path, opened, "am")

    assert {(r["source_id"], r["code_id"], r["start"], r["end"], r["coding_id"]) for r in rows} == set(told[["source_id", "code_id", "start", "end", "coding_id"]].itertuples(index=False, name=None))
    assert repeated == 0


@given(st.text())
def test_a_guarded_cell_begins_no_formula_and_comes_back(cell):
    guarded = sheets_out.guarded(cell)

    assert not guarded.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unguarded(guarded) == cell


words = st.text(alphabet=st.one_of(st.sampled_from("a=+-@'\"é😀\u0301\u05e9“”,;\n"), st.characters(exclude_categories=["Cs", "Cc"])), min_size=1, max_size=30)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None, max_examples=30)
@given(words, words, st.sampled_from(["csv", "w3c"]))
def test_odd_words_survive_csv_and_w3c(opened, tmp_path, before, marked, form):
    import unicodedata

    text = unicodedata.normalize("NFC", f"P01: {before}{marked}.")
    start = len(unicodedata.normalize("NFC", f"P01: {before}"))
    end = len(text) - 1
    if not text[start:end].strip() or start >= end:
        return
    opened.texts["P01-1"] = text
    row = opened.all_codings.iloc[[0]].assign(source_id="P01-1", start=start, end=end, quotation=text[start:end], source_sha256=None, participant_id="P01", coder_id="am")
    told = exporting.chosen(opened, form, within_team=True)
    told.codings = row
    path = tmp_path / ("out.csv" if form == "csv" else "out.jsonld")
    path.write_bytes(exporting.written(told, form))
    opened.given = opened.given.iloc[:0]

    [coding], _ = read_sheet(path, opened, "am")

    assert (coding["start"], coding["end"]) == (start, end)


def test_no_cell_of_a_workbook_is_a_formula(opened, tmp_path):
    import openpyxl

    told = exporting.chosen(opened, "xlsx", within_team=True)
    told.codings = told.codings.assign(quotation="=1+1")
    path = tmp_path / "out.xlsx"
    path.write_bytes(exporting.written(told, "xlsx"))

    sheet = openpyxl.load_workbook(path)["Codings"]

    assert {(row[8].value, row[8].data_type) for row in sheet.iter_rows(min_row=2)} == {("=1+1", "s")}
    assert sheet.max_row - 1 == len(told.codings)


def test_a_page_shows_words_that_look_like_html_and_runs_nothing(opened):
    told = exporting.chosen(opened, "html", within_team=True)
    told.texts["P01-1"] = told.texts["P01-1"].replace("nuisance", "<img src=x onerror=alert(1)>")
    page = exporting.written(told, "html").decode()

    assert "<img" not in page
    assert "<script" not in page
    assert "default-src 'none'" in page
    tree = etree.HTML(page.encode())
    assert len(tree.findall(".//pre//sup")) == len(told.codings)
    assert ["".join(pre.itertext("pre", "mark")) for pre in tree.iterfind(".//pre")] == list(told.texts.values())


def test_another_reader_of_word_files_finds_every_comment(opened, tmp_path):
    import pypandoc

    told = exporting.chosen(opened, "docx", within_team=True)
    (tmp_path / "out.docx").write_bytes(exporting.written(told, "docx"))

    found = json.loads(pypandoc.convert_file(str(tmp_path / "out.docx"), "json", format="docx", extra_args=["--track-changes=all"]))

    assert json.dumps(found).count('"comment-start"') == len(told.codings)


def test_a_graph_names_codes_and_themes(opened):
    import networkx

    graph = networkx.parse_graphml(written(opened, "graphml").decode())

    assert {kind for _, kind in graph.nodes(data="kind")} == {"code", "theme"}
    assert sum(kind == "developed from" for *_, kind in graph.edges(data="kind")) == sum(len(codes) for codes, status in zip(opened.themes["codes"], opened.themes["status"], strict=True) if isinstance(codes, list) and status != "let go")


def test_what_qualcoder_looks_for_in_a_project_is_there(opened):
    """QualCoder cannot be installed from the package index. What its import (src/qualcoder/refi.py of its repository, 2026) looks for is held here:
    codes as the first thing in the codebook, a code as the first thing in a coding, keys compared letter by letter, texts and memos as files in Sources,
    offsets in code points of a text without CRLF, a date for each memo, and no two memos, texts or codes of one name.
    """
    opened.memos = pd.concat([opened.memos.iloc[[0]]] * 2, ignore_index=True).assign(memo_id=["2024-01-01-a", "2024-01-01-b"], text=["One.", "Two."])
    file = zipfile.ZipFile(io.BytesIO(written(opened, "qdpx", more=["memos", "comments"])))
    root = etree.fromstring(file.read("project.qde"))
    inside = {path: file.read(f"Sources/{path.removeprefix('internal://')}") for path in root.xpath("//@plainTextPath")}
    texts = {source.get("guid"): inside[source.get("plainTextPath")].decode("utf-8") for source in root.findall("{*}Sources/{*}TextSource")}
    codes = {code.get("guid"): code.get("name") for code in root.iter("{*}Code")}

    assert etree.QName(root.find("{*}CodeBook")[0]).localname == "Codes"
    assert len(set(codes.values())) == len(codes) == (opened.codes["status"] != "merged").sum()
    assert not any("\r" in text for text in texts.values())
    seen = [(codes[coding[0].get("targetGUID")], texts[passage.getparent().get("guid")][int(passage.get("startPosition")):int(passage.get("endPosition"))])
            for passage in root.iter("{*}PlainTextSelection") for coding in passage.findall("{*}Coding")]
    names = opened.codes.set_index("code_id")["name"]
    assert sorted(seen) == sorted((names[row.code_id], row.quotation) for row in opened.all_codings.itertuples())
    notes = root.findall("{*}Notes/{*}Note")
    assert [inside[note.get("plainTextPath")] for note in notes] == [b"One.", b"Two."]
    assert len({note.get("name") for note in notes}) == 2
    assert all(note.get("creationDateTime") for note in notes)
    for name in ("TextSource", "Case"):
        assert len({node.get("name") for node in root.iter(f"{{*}}{name}")}) == len(list(root.iter(f"{{*}}{name}")))


def test_taguette_itself_reads_the_codebook_we_write(opened):
    reader = pytest.importorskip("taguette.import_codebook", reason="Taguette is not installed here (pip install taguette, in an environment of its own)")

    read_there = reader.list_tags_csv(io.BytesIO(written(opened, "taguette")))

    ours = opened.codes[opened.codes["status"] != "merged"]
    assert len(read_there) == len(ours)
    assert {tag["path"] for tag in read_there} == set(paths(ours).values())


def test_a_bundle_is_read_without_pandas_and_holds_no_pickle(opened):
    import pyarrow.parquet

    files = written(opened, "parquet")

    tables = {name: pyarrow.parquet.read_table(io.BytesIO(content)) for name, content in files.items() if name.endswith(".parquet")}
    assert tables["codings.parquet"].num_rows == len(opened.all_codings)
    assert tables["sources.parquet"].column("text").to_pylist() == list(opened.texts.values())
    assert not any(b"pickle" in content for content in files.values())
    assert json.loads(files["about.json"])["rows"]["codings"] == len(opened.all_codings)


def test_an_export_is_not_put_inside_the_study_nor_over_a_file(opened, tmp_path):
    (tmp_path / "there.csv").write_text("mine")
    for path, told in ((opened.folder / "x.csv", "inside the study"), (tmp_path / "there.csv", "something here already"), (tmp_path / "no" / "x.csv", "no folder to put it in")):
        with pytest.raises(StudyError, match=told):
            exporting.put(b"x", path, opened)

    exporting.put({"a.parquet": b"x"}, tmp_path / "bundle", opened)
    assert (tmp_path / "there.csv").read_text() == "mine"
    assert (tmp_path / "bundle" / "a.parquet").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.glob(".*.tmp")] == []


def test_a_character_that_xml_cannot_hold_is_replaced_by_one_of_the_same_length():
    assert refi_writing.lawful("a\x07b\uffffc") == "a\ufffdb\ufffdc"


def test_a_project_comes_only_into_an_empty_study(opened, tmp_path):
    from sixphase.exchange.projects import arriving

    path = tmp_path / "out.qdpx"
    path.write_bytes(written(opened, "qdpx"))
    with pytest.raises(StudyError, match="no interviews and codings yet"):
        arriving.plan(read(path), opened, raw=b"", ending="qdpx")
