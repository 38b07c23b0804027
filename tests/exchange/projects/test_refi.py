"""REFI-QDA in and out: real files with their counts, hostile files refused, and round trips over odd Unicode."""

import io
import stat
import zipfile
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from sixphase.exchange.projects import read, refi, refi_writing
from sixphase.exchange.projects.project import Case, Code, Coding, Note, Project, Set, Source
from sixphase.problems import StudyError
from where import SHARED

from .conftest import CODE, OTHER, SOURCE, qde, selection, source

REAL = SHARED / "refi_qda"
real = pytest.mark.skipif(not REAL.exists(), reason="the real REFI-QDA files are not beside the repository")


def refusal(path) -> str:
    with pytest.raises(StudyError) as refused:
        read(path)
    return str(refused.value)


@real
def test_nvivo_has_its_152_codes_and_303_codings_counted_in_utf16_with_crlf_as_two(brought):
    study, placed = brought(REAL / "nvivo_win_12.6_scrubbed" / "nvivo_win_12.6_scrubbed.qdpx")

    assert (len(study.codes), len(study.codings), len(study.sources), len(placed.unplaced)) == (152, 303, 2, 0)
    assert any("read as UTF-16 units, CRLF as two: 300 of 303 selections" in sentence for sentence in placed.said)
    assert placed.lost == {"formatted versions of texts (their plain text is read)": 2}
    assert set(study.codings["coder_id"]) == {"coder-a"}
    assert study.codes["parent"].notna().sum() == 140  # 12 of them stand at the top


@real
@pytest.mark.parametrize("name", ["TestProject.qdpx", "Project.qde"])
def test_atlasti_has_its_14_codes_and_every_loss_is_counted(brought, name):
    study, placed = brought(REAL / "atlasti_mac_8.4_standard_project" / name)

    assert (len(study.codes), len(study.memos), len(study.codings), len(placed.unplaced)) == (14, 2, 0, 7)
    assert placed.lost == {"sources whose text is not in the file": 6, "pictures": 1, "PDF files": 2, "audio recordings": 1, "videos": 2, "links": 1, "drawn networks": 1,
                           "codings of pictures, PDF files, audio and video": 9, "passages marked without a code": 1, "sets of codes or sources": 16}
    assert {one.why for one in placed.unplaced} == {"its text is not in the file"}
    assert study.codes.set_index("name").loc["Coke", "colour"] == "#966450"


@real
def test_what_has_no_place_comes_back_in_a_round_trip(brought):
    from sixphase.exchange.projects import exporting

    path = REAL / "atlasti_mac_8.4_standard_project" / "TestProject.qdpx"
    study, _ = brought(path)
    back = exporting.written(exporting.chosen(study, "qdpx", more=["kept", "memos"]), "qdpx")

    counts = [Counter(node.tag.rpartition("}")[2] for node in etree.fromstring(zipfile.ZipFile(file).read(name)).iter())
              for file, name in ((path, "Project.qde"), (io.BytesIO(back), "project.qde"))]
    same = ("Code", "TextSource", "PDFSource", "PictureSource", "AudioSource", "VideoSource", "PlainTextSelection", "Coding", "Link", "Set", "Graph", "Note", "MemberCode", "SyncPoint")
    assert {name: counts[0][name] for name in same} == {name: counts[1][name] for name in same}
    assert _valid(back)


def test_pictures_and_recordings_come_back_in_a_round_trip_with_their_files(packed, brought):
    from sixphase.exchange.projects import exporting

    other = '<PictureSource guid="55555555-0000-4000-8000-000000000000" name="map &amp; plan" path="internal://map &amp; plan.png"/>'
    away = '<AudioSource guid="66666666-0000-4000-8000-000000000000" name="talk" path="relative://talk.mp3"/>'
    study, placed = brought(packed(qde(source(selection(5, 9)) + other + away), b"They wait, here.", **{"sources/Map & plan.PNG": b"\x89PNG", "Sources/unused.bin": b"x"}))

    assert placed.lost == {"pictures": 1, "audio recordings": 1}
    back = zipfile.ZipFile(io.BytesIO(exporting.written(exporting.chosen(study, "qdpx", more=["kept"], within_team=True), "qdpx")))
    assert back.read("Sources/map & plan.png") == b"\x89PNG"
    assert len(back.namelist()) == 3
    without = zipfile.ZipFile(io.BytesIO(exporting.written(exporting.chosen(study, "qdpx", within_team=True), "qdpx")))
    assert len(without.namelist()) == 2


@pytest.mark.parametrize(("text", "label", "back"), [(b"P07: They wait.", "P07", True), (b"Mary: They wait.\nMary: So.", "P01", False)], ids=["as it was", "with an id for a name"])
def test_a_formatted_version_comes_back_only_beside_the_text_it_was_made_of(packed, brought, text, label, back):
    from sixphase.exchange.projects import exporting

    xml = qde(source(selection(5, 9)).replace("plainTextPath", 'richTextPath="internal://rich.docx" plainTextPath')
              + f'<TextSource guid="{OTHER}" name="other" plainTextPath="internal://other.txt"/>')
    study, placed = brought(packed(xml, text, **{"Sources/rich.docx": b"PK", "Sources/other.txt": b"P07: Other."}))
    written = zipfile.ZipFile(io.BytesIO(exporting.written(exporting.chosen(study, "qdpx", more=["kept"], within_team=True), "qdpx")))

    assert study.texts["talk"].startswith(f"{label}: They wait.")
    assert placed.lost["formatted versions of texts (their plain text is read)"] == 1
    assert ("Sources/rich.docx" in written.namelist(), b'richTextPath="internal://rich.docx"' in written.read("project.qde")) == (back, back)
    assert any("formatted version of talk" in doubt for doubt in placed.doubts) != back


@real
def test_the_codebook_of_taguette_has_its_5_codes(brought):
    study, placed = brought(REAL / "taguette_1.5.2" / "codebook.qdc")

    assert list(study.codes["name"]) == ["interesting", "AI.brainstorming", "AI.quality", "control", "Emoji 🎵 & <xml>"]
    assert placed.lost == {}


def test_codes_coders_dates_and_notes_arrive(packed, brought):
    inside = selection(5, 9, inside="<Description>as she says</Description>") + selection(10, 14, code=OTHER, number=2)
    study, _ = brought(packed(qde(source(inside)), b"They wait, here."))

    assert study.texts["talk"] == "talk: They wait, here."
    assert study.codings[["code_id", "quotation", "coder_id", "created"]].values.tolist() == [
        ["waiting", "wait", "ab", "2024-05-06T07:08:09Z"], ["alone", " her", "ab", "2024-05-06T07:08:09Z"]]
    assert study.codings["comment"].iloc[0] == "as she says"
    assert study.settings["coders"]["ab"] == "Ann Bell"
    assert study.codes.set_index("code_id")[["parent", "colour"]].loc["alone", "parent"] == "waiting"
    assert study.codes.set_index("code_id").loc["waiting", "colour"] == "#ff0088"


def test_labels_become_ids_and_codings_move_with_their_words(packed, brought):
    text = "Interviewer: How is it?\r\nMaria Lopez: We wait 😀 alone.\r\nInterviewer: And?\r\nMaria Lopez: Still waiting.\r\n"
    start = len(text[:text.index("alone")].encode("utf-16-le")) // 2
    study, placed = brought(packed(qde(source(selection(start, start + 5, "alone"))), text.encode("utf-8-sig")))

    assert study.texts["talk"] == "Interviewer: How is it?\nP01: We wait 😀 alone.\nInterviewer: And?\nP01: Still waiting.\n"
    assert list(study.codings["quotation"]) == ["alone"]
    assert list(study.participants["participant_id"]) == ["P01"]
    assert "Maria" not in placed.kept.decode()


def test_cases_become_participants_with_their_variables(packed, brought):
    variable, case = "5" * 8 + "-0000-4000-8000-" + "5" * 12, "6" * 8 + "-0000-4000-8000-" + "6" * 12
    xml = qde(source()).replace("<Sources>", f'<Variables><Variable guid="{variable}" name="Role group" typeOfVariable="Text"/></Variables><Cases><Case guid="{case}" name="Maria Lopez">'
              f'<VariableValue><VariableRef targetGUID="{variable}"/><TextValue>nurse</TextValue></VariableValue><SourceRef targetGUID="{SOURCE}"/></Case></Cases><Sources>')
    study, placed = brought(packed(xml, b"We wait."))

    assert study.participants[["participant_id", "role_group"]].values.tolist() == [["P01", "nurse"]]
    assert study.participants["quotation"].isna().all()  # no consent is in the file, so there is none
    assert study.settings["attributes"]["role_group"]["publish"] == "no"
    assert any("names of cases become ids" in doubt for doubt in placed.doubts)


@pytest.mark.parametrize(("start", "end", "why"), [(9, 5, "it ends before it begins"), (-4, 5, "it lies outside its text"), (3, 400, "it lies outside its text, which has 16 characters"),
                                                   (4, 4, "it marks nothing")])
def test_a_coding_with_a_bad_place_is_listed_and_the_others_come(packed, start, end, why):
    project = read(packed(qde(source(selection(start, end) + selection(0, 4, number=2))), b"They wait, here."))

    assert (len(project.codings), [one.why[:len(why)] for one in project.unplaced]) == (1, [why])


def test_a_coding_of_a_code_that_is_not_there_is_listed(packed):
    project = read(packed(qde(source(selection(0, 4, code="7" * 8 + "-0000-4000-8000-" + "7" * 12))), b"They wait."))

    assert [one.why for one in project.unplaced] == ["its code is not in the file"]


def test_two_codings_with_one_guid_both_survive(packed):
    project = read(packed(qde(source(selection(0, 4) + selection(5, 9))), b"They wait."))

    assert len({coding.key for coding in project.codings}) == 2
    assert "two codings have one GUID" in project.doubts[-1]


def test_two_codes_with_one_guid_are_refused(packed):
    codes = f'<Code guid="{CODE}" name="a" isCodable="true"/><Code guid="{CODE}" name="b" isCodable="true"/>'

    assert "two codes have one GUID: “a” and “b”" in refusal(packed(qde(codes=codes)))


def test_two_sources_with_one_guid_are_refused(packed):
    assert "two sources have one GUID" in refusal(packed(qde(source() + source()), b"x"))


@pytest.mark.parametrize(("head", "told"), [
    ('<!DOCTYPE Project [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "contains a DTD"),
    ('<!DOCTYPE Project SYSTEM "http://example.org/x.dtd">', "contains a DTD"),
    ('<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)) + "]>", "contains a DTD"),
], ids=["entity", "dtd", "laughs"])
def test_a_document_type_is_refused(packed, head, told):
    assert told in refusal(packed(qde(head=head)))


def test_a_document_type_in_another_encoding_is_refused(packed, tmp_path):
    path = packed("")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("project.qde", qde(head='<!DOCTYPE Project [<!ENTITY x "y">]>').replace("utf-8", "utf-16").encode("utf-16"))

    assert "DTD" in refusal(path)


@pytest.mark.parametrize("name", ["../outside.txt", "Sources/../../outside.txt", "/etc/outside.txt", "C:\\outside.txt", "..\\outside.txt"])
def test_a_member_that_would_land_outside_is_refused(packed, tmp_path, name):
    said = refusal(packed(qde(), None, **{name: b"x"}))

    assert "would land outside of it" in said
    assert not list(tmp_path.parent.rglob("outside.txt"))


@pytest.mark.parametrize("path", ["internal://../../secret.txt", "/etc/passwd", "internal:///etc/passwd"])
def test_a_text_that_is_pointed_at_outside_is_refused(packed, path):
    assert "points outside of the project" in refusal(packed(qde(source(path=path)), b"x"))


def test_a_link_in_the_archive_is_refused(packed):
    path = packed(qde())
    with zipfile.ZipFile(path, "a") as archive:
        entry = zipfile.ZipInfo("Sources/link.txt")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")

    assert "a link to another place" in refusal(path)


def test_a_zip_bomb_is_refused_unread(packed):
    path = packed(qde(source()))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"Sources/{SOURCE}.txt", b"\0" * 50_000_000)

    assert "a zip bomb" in refusal(path)


@pytest.mark.parametrize(("content", "told"), [(b"", "the file is empty"), (b"PK\x03\x04 cut off", "no zip archive"), (b"<Project/>", "no zip archive")])
def test_what_is_no_archive_is_refused(tmp_path, content, told):
    path = tmp_path / "x.qdpx"
    path.write_bytes(content)

    assert told in refusal(path)


@pytest.mark.parametrize(("xml", "told"), [("<Project", "not well-formed"), ("", "not well-formed"), ("<Other/>", "begins with <Other>"), ("<a>" * 400 + "</a>" * 400, "not well-formed")])
def test_broken_xml_is_refused(packed, xml, told):
    assert told in refusal(packed(xml))


def test_an_archive_without_a_project_is_refused(tmp_path):
    path = tmp_path / "x.qdpx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "x")

    assert "holds 0 files that end in .qde" in refusal(path)


def test_a_missing_text_is_told_and_its_codings_are_listed(packed):
    project = read(packed(qde(source(selection(0, 4)))))

    assert project.lost == {"sources whose text is not in the file": 1}
    assert [(one.source, one.why) for one in project.unplaced] == [("talk", "its text is not in the file")]


def _valid(content: bytes) -> bool:
    schema = etree.XMLSchema(etree.parse(str(REAL / "schema" / "Project.xsd")))
    return schema.validate(etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("project.qde")))


words = st.text(alphabet=st.one_of(st.sampled_from("aé😀𝒞\u0301\u200f\u05e9“”'\n\t &<>\"=-@"), st.characters(exclude_categories=["Cs", "Cc"])), min_size=1, max_size=40)
names = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).filter(lambda name: name.strip() == name and "\ufffe" not in name and "\uffff" not in name)


@st.composite
def projects(draw) -> Project:
    """Projects over odd Unicode, as they are after reading: texts with LF."""
    texts = [text for text in draw(st.lists(words, min_size=1, max_size=3)) if not refi_writing.UNLAWFUL.search(text)] or ["plain"]
    codes = [Code(refi_writing.guid(f"c{n}"), name, refi_writing.guid("c0") if n and draw(st.booleans()) else "", draw(st.sampled_from(["", "#00ff7f"])), draw(st.sampled_from(["", "what it means"])))
             for n, name in enumerate(draw(st.lists(names, min_size=1, max_size=4)))]
    codes = [codes[0], *[c for c in codes[1:] if c.parent], *[c for c in codes[1:] if not c.parent]]
    sources = [Source(refi_writing.guid(f"s{n}"), f"talk {n}", text, {}) for n, text in enumerate(texts)]
    user = refi_writing.guid("u")
    codings = []
    for source_ in sources:
        for start in sorted(draw(st.lists(st.integers(0, len(source_.text) - 1), max_size=4))):
            end = draw(st.integers(start + 1, len(source_.text)))
            codings.append(Coding(refi_writing.guid(f"x{len(codings)}"), source_.key, draw(st.sampled_from(codes)).key, start, end, user, "2024-05-06T07:08:09Z", draw(st.sampled_from(["", "a note"]))))
    return Project("a study", "sixphase 0", {user: "am"}, codes, sources, codings, [Case(refi_writing.guid("k"), "P01", {"group": "nurse"}, [sources[0].key])],
                   [Set(refi_writing.guid("t"), "a theme", "", [codes[0].key])], [Note(refi_writing.guid("n"), "memo", "thought", "2024-05-06T00:00:00Z", user, [codes[0].key, [sources[0].key, 0, 1]])])


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(projects())
def test_a_project_written_and_read_again_is_the_same(tmp_path, project):
    path = tmp_path / "there.qdpx"
    path.write_bytes(refi_writing.qdpx(project))

    again = refi.read_project(path)

    assert (again.codes, again.sources, again.codings, again.cases, again.sets, again.notes, again.coders) == (
        project.codes, project.sources, project.codings, project.cases, project.sets, project.notes, project.coders)
    assert (again.unplaced, again.lost) == ([], {})
    assert refi_writing.qdpx(project) == path.read_bytes()
    assert not REAL.exists() or _valid(path.read_bytes())


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(st.text(alphabet=st.sampled_from("ab😀é\r\n \u05e9\u0301"), min_size=2, max_size=60).filter(lambda t: t.strip()), st.data())
def test_words_survive_whatever_the_line_ends_of_the_file(tmp_path, raw, data):
    # A program that counts code points, CRLF as two, with texts that hold CR, LF and CRLF.
    start = data.draw(st.integers(0, len(raw) - 1))
    end = data.draw(st.integers(start + 1, len(raw)))
    if raw[end - 1:end + 1] == "\r\n" or raw[start - 1:start + 1] == "\r\n":
        return  # half a line end has no words of its own
    path = tmp_path / "there.qdpx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("project.qde", qde(source(selection(start, end)), origin="sixphase 0"))
        archive.writestr(f"Sources/{SOURCE}.txt", raw.encode())

    project = refi.read_project(path)

    [coding] = project.codings
    assert project.sources[0].text[coding.start:coding.end] == raw[start:end].replace("\r\n", "\n").replace("\r", "\n")
