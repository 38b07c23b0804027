"""Real files that other people and programs made arrive with the counts their source states, and what is left out is told.

They lie beside the repository; without them these tests are skipped.
"""

import pytest
from sixphase.exchange import attributes, importing, speakers
from sixphase.files import add_attributes, add_interviews, check_study, new_study, open_study, timestamps
from sixphase.files.studies import read_study
from sixphase.problems import StudyError
from where import SHARED

FORMATS = SHARED / "transcript_formats"
EXAMPLES, ZOOM = FORMATS / "qualcoder_examples", FORMATS / "zoom_vtt"
HEARINGS = SHARED / "uk_parliament_oral_evidence"
INTERVIEWS = SHARED / "interviews_250"
pytestmark = pytest.mark.skipif(not FORMATS.exists(), reason="the real transcripts are not beside this repository (../shared/data)")


@pytest.fixture
def imported(tmp_path):
    """Import real files into a study of its own and open it."""
    def done(*files, options=None, **choices):
        folder = new_study("real", tmp_path)
        plan = importing.plan(importing.arrivals(files, options), read_study(folder)[0], **choices)
        add_interviews(read_study(folder)[0], plan.interviews, confirmed="in a test")
        assert check_study(folder) == []
        return open_study(folder), plan
    return done


def test_a_word_document_of_one_voice_has_its_3_paragraphs_and_117_words(imported):
    study, _ = imported(EXAMPLES / "ID1.docx", unlabelled=True)

    assert study.texts["ID1"].count("\n") == 3
    assert len(study.texts["ID1"].split()) == 117 + 1  # and the label we gave it
    assert "I'm happy to pay €200." in study.texts["ID1"]
    assert study.participants["participant_id"].tolist() == ["ID1"]


def test_an_opendocument_of_one_voice_has_its_3_paragraphs_and_68_words(imported):
    study, _ = imported(EXAMPLES / "ID2.odt", unlabelled=True)

    assert len(study.texts["ID2"].split()) == 68 + 1
    assert "The course cost €200.00 and I do not want to waste my money." in study.texts["ID2"]


def test_labels_in_brackets_are_7_turns_of_3_speakers(imported):
    study, plan = imported(EXAMPLES / "transcript.txt", interviewers=["id2"])

    assert len(study.turns) == 7
    assert {s.label: s.turns for s in plan.speakers} == {"id1": 3, "id2": 2, "id3": 2}


def test_a_zoom_recording_has_its_300_cues_in_31_turns_of_5_speakers_with_times(imported):
    study, plan = imported(ZOOM / "meeting001_transcript.vtt", interviewers=["Andrew Knight"], as_people={"Ringo Starr": "P44"})

    [interview] = plan.interviews
    assert "300 cues became 31 turns" in interview.notes
    assert "2 cues name no speaker and go on with the one before" in plan.doubts
    assert len(plan.speakers) == 5
    times = timestamps(study, interview.source_id)
    assert len(times) == len(study.turns) == 31
    assert (times["begins"].iloc[0], times["ends"].iloc[0]) == (4.859, 21.24)
    assert times["begins"].is_monotonic_increasing
    # a gap of seven minutes, while people waited to be let in
    assert (times["begins"].shift(-1) - times["ends"]).max() > 6.5 * 60
    spoken = [line for line in (ZOOM / "meeting001_transcript.vtt").read_text().split("\n") if line.strip() and "-->" not in line and not line.strip().isdigit()]
    words = sum(len(line.partition(": ")[2].split() if ": " in line else line.split()) for line in spoken[1:])
    assert sum(len(text.split()) for text in study.texts.values()) == pytest.approx(words + 31, abs=60)  # labels now stand once a turn


def test_a_zoom_chat_has_its_10_messages_with_times(imported):
    study, plan = imported(ZOOM / "meeting001_chat.txt", interviewers=["Andrew Knight"])

    assert len(study.turns) == 10
    assert timestamps(study, plan.interviews[0].source_id)["begins"].iloc[0] == 21 * 60 + 14


@pytest.mark.parametrize(("file", "answers", "people", "answered"), [
    ("survey456.csv", ["freetext"], ["ID4", "ID5", "ID6"], 3), ("survey789.xlsx", ["Qual_hobby_opinions", "Qual_pet_opinions"], ["ID7", "ID8", "ID9"], 6)])
def test_a_survey_of_3_people_arrives_with_their_attributes(imported, file, answers, people, answered):
    study, _ = imported(EXAMPLES / file, options={"answers": answers})

    assert study.participants["participant_id"].tolist() == people
    assert {"Age", "Gender", "Interest"} <= set(study.participants.columns)
    assert study.participants["Age"].isna().sum() == 1
    assert study.turns["participant_id"].notna().sum() == answered


@pytest.mark.parametrize("file", ["cases123.csv", "cases456.xlsx", "cases456_more_data.xlsx", "survey789_more_data.xlsx"])
def test_a_table_of_attributes_alone_is_refused_with_its_columns(file):
    with pytest.raises(StudyError, match="which column holds the text"):
        importing.arrivals([EXAMPLES / file])


@pytest.mark.parametrize(("file", "people"), [("cases123.csv", ["ID1", "ID2", "ID3"]), ("cases456.xlsx", ["ID4", "ID5", "ID6"])])
def test_a_table_of_attributes_is_joined_to_its_3_participants(tmp_path, file, people):
    folder = new_study("real", tmp_path)
    talk = tmp_path / "talk.txt"
    talk.write_text("".join(f"INT: How?\n\n{person}: So.\n\n" * 2 for person in people), encoding="utf-8")
    add_interviews(read_study(folder)[0], importing.plan(importing.arrivals([talk]), read_study(folder)[0]).interviews, confirmed="in a test")
    found = importing.arrivals([EXAMPLES / file], {"people": "case"})

    add_attributes(open_study(folder), attributes.joined(found, open_study(folder)).rows)

    participants = open_study(folder).participants
    assert participants["participant_id"].tolist() == people
    assert {"Age", "gender", "interest"} <= set(participants.columns)
    assert check_study(folder) == []


def test_a_file_of_two_tables_is_refused():
    with pytest.raises(StudyError, match="do not fit the header"):
        importing.arrivals([ZOOM / "meeting001_participants.csv"])


@pytest.mark.parametrize(("day", "turns", "people"), [("20140618", 289, 13), ("20140623", 254, 12), ("20140708", 187, 11)])
def test_the_hearings_have_730_turns_of_11_to_13_speakers(day, turns, people):
    [arrival] = importing.arrivals([HEARINGS / f"u1720146_CN8001_oral_{day}.csv"], {"speaker": "person", "text": "oralEvidence"})

    assert (len(arrival.turns), len({label for label, _ in arrival.turns})) == (turns, people)


@pytest.mark.slow
@pytest.mark.parametrize("pdf", ["Oral_20140618.pdf", "Oral_20140623.pdf", "Oral_20140708.pdf"])
def test_a_hearing_as_pdf_has_the_speakers_of_its_table(pdf):
    [read, given] = importing.arrivals([HEARINGS / pdf, HEARINGS / f"u1720146_CN8001_oral_{pdf[5:13]}.csv"], {"speaker": "person", "text": "oralEvidence"})

    (turns, _), (told, _) = speakers.cut([read]), speakers.cut([given])

    # the conversion to CSV gave some answers to the speaker before, so it may lack one
    assert len({label for label, _ in told[given.name]} - {label for label, _ in turns[read.name]} - {"Witnesses"}) <= 1


def test_250_interviews_are_125_and_125_with_two_speakers_each():
    arrived = importing.arrivals([INTERVIEWS / "creatives_transcripts.csv", INTERVIEWS / "scientists_transcripts.csv"])

    assert len(arrived) == 250
    words = [sum(len(paragraph.split()) for a in part for paragraph in a.paragraphs) for part in (arrived[:125], arrived[125:])]
    assert [round(number, -3) for number in words] == [193_000, 180_000]
    turns, _ = speakers.cut(arrived)
    assert {label for said in turns.values() for label, _ in said} == {"Assistant", "AI", "User"}


@pytest.mark.parametrize(("file", "rows"), [("livro_codigos_inicial", 20), ("matriz_codigos_temas_creatives", 31), ("matriz_fusao_rebaixamento_temas", 8), ("sintese_subtemas_finais", 5)])
def test_a_published_codebook_is_read_row_by_row(file, rows):
    path = next(INTERVIEWS.glob(f"rta_codebook_creatives_pt/data/processed/{file}.xlsx"))
    columns = {"livro_codigos_inicial": "definicao_operacional", "matriz_codigos_temas_creatives": "racional_agrupamento",
               "matriz_fusao_rebaixamento_temas": "justificativa", "sintese_subtemas_finais": "funcao_na_narrativa"}

    assert len(importing.arrivals([path], {"text": columns[file]})) == rows


def test_400_fragments_of_documents_are_rows_of_a_table():
    fragments = SHARED / "atlasti_exports" / "thematic_analisys" / "study_artifacts" / "fragments_used.csv"

    arrived = importing.arrivals([fragments], {"answers": ["fragments"], "name": "frag_ID"})

    assert (len(arrived), len({arrival.name for arrival in arrived})) == (400, 400)
    assert arrived[0].attributes["repo_name"] == "baetyl/baetyl"


def test_the_hearings_have_52_thousand_words_with_their_speakers():
    arrived = importing.arrivals(sorted(HEARINGS.glob("*.csv")), {"speaker": "person", "text": "oralEvidence"})

    assert sum(len(said.split()) for arrival in arrived for _, said in arrival.turns) == 51_344  # of the 52,583 that a count over the whole files gives, with questions and headings
    assert sum(len(label.split()) for arrival in arrived for label, _ in arrival.turns) == 1_455
