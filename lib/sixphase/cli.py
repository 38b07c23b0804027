"""The command line: a command for each thing one does with a whole study.

Every command ends in one sentence a person can act on; a problem ends it with status 1, a wrong call with status 2.
"""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table as Rows

from .places import COMMAND
from .problems import Problem, StudyError, count, shown

app = typer.Typer(help="Thematic analysis you can run again: Braun & Clarke's six phases in six notebooks.", no_args_is_help=True,
                  add_completion=False, pretty_exceptions_enable=False)
out = Console(highlight=False, soft_wrap=True)
StudyName = Annotated[str, typer.Argument(metavar="STUDY", help="a folder, or the name of a study in data/")]


def main() -> None:
    """Run the command line; turn what a person can mend into sentences."""
    from .files.durable import NotSaved
    from .running import RunFailed

    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")
    try:
        app()
    except (StudyError, RunFailed) as error:
        print(error, file=sys.stderr)
        sys.exit(1)
    except NotSaved as error:
        print(f"NOT SAVED: {error}. Nothing was lost of what stood there before.", file=sys.stderr)
        sys.exit(1)
    except OSError as error:
        print(f"{error.filename or 'A file'}: {error.strerror or error}. Choose another place, or ask for the right to write there.", file=sys.stderr)
        sys.exit(1)


@app.command()
def new(name: Annotated[str, typer.Argument(help="letters, digits, - and _")],
        parent: Annotated[Path | None, typer.Option("--in", help="the folder to make it in; data/ unless given")] = None) -> None:
    """Begin a study: a folder with every file it needs."""
    from .files import new_study
    from .places import DATA

    folder = new_study(name, parent or DATA)
    print(f"Made {folder}.\nNext: write your question and approach into study.yaml, then bring transcripts in:\n"
          f"    {COMMAND} import FILE... --study {folder if parent else name}")


@app.command("import")
def import_(files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="transcripts: .docx, .odt, .rtf, .pdf, .txt, .md, .html, .vtt, .srt, .csv or .xlsx")],
            study: Annotated[str, typer.Option(help="the study to bring them into")],
            interviewer: Annotated[list[str] | None, typer.Option(help="the label of somebody who asks; may be repeated")] = None,
            speaker: Annotated[list[str] | None, typer.Option(help="a label that begins a turn although it stands there only once")] = None,
            leave_out: Annotated[list[str] | None, typer.Option(help="the label of what nobody said, such as Note; its turns are left out")] = None,
            as_: Annotated[list[str] | None, typer.Option("--as", metavar="LABEL=ID", help="the participant id for a label; may be repeated")] = None,
            same: Annotated[list[str] | None, typer.Option(metavar="LABEL=LABEL", help="two labels that are one speaker's, for example INT=Interviewer; may be repeated")] = None,
            unlabelled: Annotated[bool, typer.Option("--unlabelled", help="the files have no labels: each is one participant's own words, as a diary is")] = False,
            answers: Annotated[list[str] | None, typer.Option(metavar="COLUMN", help="a survey's column of open answers; each row becomes a participant; may be repeated")] = None,
            people: Annotated[str | None, typer.Option(metavar="COLUMN", help="of a table without words: the column of participants' ids; its other columns become their attributes")] = None,
            sheet: Annotated[str | None, typer.Option(help="the sheet of an Excel workbook; its first unless given")] = None,
            rows: Annotated[str | None, typer.Option(help="rows of a CSV or Excel file to take, for example 1-28")] = None,
            text_column: Annotated[str | None, typer.Option(help="the column that holds the words")] = None,
            speaker_column: Annotated[str | None, typer.Option(help="the column that holds the speaker, where each row is a turn")] = None,
            name_column: Annotated[str | None, typer.Option(help="the column that names the interview")] = None,
            delimiter: Annotated[str | None, typer.Option(help="what separates the cells of a CSV file")] = None,
            encoding: Annotated[str | None, typer.Option(help="how the bytes are to be read, for example cp1252")] = None,
            key: Annotated[Path | None, typer.Option(help="write the list of labels and ids to this new file, outside the study")] = None,
            comments_are_codes: Annotated[bool, typer.Option("--comments-are-codes", help="of a Word file: each comment names the code of its words")] = False,
            sets_are_themes: Annotated[bool, typer.Option("--sets-are-themes", help="of a project: sets of codes become candidate themes")] = False,
            suggested: Annotated[list[str] | None, typer.Option(metavar="PROGRAM=ID", help="of a project: a coder that is a program, and the person who goes through what it proposed; may be repeated")] = None,
            accept: Annotated[bool, typer.Option("--accept", help="import without asking")] = False) -> None:
    """Bring transcripts into a study, after showing who speaks in them; or a whole project of another program."""
    from .exchange import importing
    from .exchange.projects.kinds import WORD, kind_of
    from .files import add_interviews, settle
    from .files.studies import read_study
    from .places import find_study

    folder = find_study(study)
    settle(folder)
    opened, _ = read_study(folder)
    files = importing.named(files)
    kind = WORD if comments_are_codes else kind_of(files[0]) if len(files) == 1 else ""
    if kind:
        return _import_project(files[0], kind, opened, interviewer or (), sets_are_themes, _labels(suggested, "--suggested", "coder"), accept)
    options = {"rows": _row_range(rows), "text": text_column, "speaker": speaker_column, "name": name_column, "delimiter": delimiter,
               "encoding": encoding, "answers": answers, "sheet": sheet, "people": people}
    if people:
        return _import_attributes(files, options, opened, _labels(as_), accept)
    with out.status(f"Reading {len(files)} files …"):
        plan = importing.plan(importing.arrivals(files, options), opened, interviewers=interviewer or (), also_speakers=speaker or (),
                              leave_out=leave_out or (), as_people=_labels(as_), same=_same(same), unlabelled=unlabelled)
    _show_plan(plan)
    if not plan.interviews:
        print("Nothing to import.")
        return
    if not accept and not _confirmed():
        print("Nothing was imported.")
        raise typer.Exit(1)
    if key:
        _write_key(key, folder, plan)
    add_interviews(opened, plan.interviews, confirmed="--accept" if accept else "looked at")
    print(f"Imported {count(len(plan.interviews), 'interview')} into {folder}. Next: complete sources.csv (dates, minutes) and participants.csv, then “{COMMAND} check”.")


def _import_attributes(files: list[Path], options: dict, study, as_people: dict[str, str], accept: bool) -> None:
    from .exchange import attributes, importing
    from .files import add_attributes

    joined = attributes.joined(importing.arrivals(files, options), study, as_people=as_people)
    for line in joined.said:
        out.print(line, markup=False)
    if not accept and not _confirmed("Write these into participants.csv?"):
        print("Nothing was changed.")
        raise typer.Exit(1)
    add_attributes(study, joined.rows)
    print(f"Wrote attributes of {count(len(joined.rows), 'participant')} into {study.folder / 'participants.csv'}.")


def _import_project(file: Path, kind: str, study, interviewers, sets_are_themes: bool, programs: dict[str, str], accept: bool) -> None:
    import hashlib

    from .exchange import projects
    from .exchange.projects import arriving, telling
    from .files import add_project

    with out.status(f"Reading {file.name} …"):
        project = projects.read(file, kind=kind)
        raw = (file / "data.qda" if file.is_dir() else file).read_bytes()
        placed = arriving.plan(project, study, raw=raw, ending=file.suffix[1:].lower() or "qda", interviewers=interviewers, sets_are_themes=sets_are_themes, programs=programs)
    kept = f"raw/{hashlib.sha256(raw).hexdigest()[:16]}.kept.json"
    for line in telling.lines(project, placed, kept):
        out.print(line, markup=False)
    if not accept and not _confirmed("Import this project?"):
        print("Nothing was imported.")
        raise typer.Exit(1)
    add_project(study, placed.interviews, codes=placed.codes, codings=placed.codings, coders=placed.coders, participants=placed.participants, attributes=placed.attributes,
                themes=placed.themes, memos=placed.memos, kept={kept: placed.kept, f"raw/{hashlib.sha256(raw).hexdigest()[:16]}.{file.suffix[1:].lower() or 'qda'}": raw},
                confirmed="--accept" if accept else "looked at")
    print(f"Imported {count(len(placed.codings), 'coding')} of {count(len(placed.interviews), 'interview')} into {study.folder}. Next: write your question and approach into study.yaml, then “{COMMAND} check”.")


@app.command()
def export(study: StudyName,
           as_: Annotated[str, typer.Option("--as", metavar="FORMAT", help="qdpx, qdc, csv, xlsx, html, docx, w3c, taguette (a codebook), graphml or parquet")],
           to: Annotated[Path, typer.Option(help="the new file (for parquet, the new folder), outside the study")],
           more: Annotated[list[str] | None, typer.Option("--with", metavar="WHAT", help="what usually stays: comments, memos, decisions, history (of codes and themes), or kept (what came with a project); may be repeated")] = None,
           leave_out: Annotated[bool, typer.Option("--leave-out", help="leave out the interviews of those who did not agree")] = False,
           within_team: Annotated[bool, typer.Option("--within-team", help="it goes only to people who may read the transcripts anyway")] = False,
           accept: Annotated[bool, typer.Option("--accept", help="write without asking")] = False) -> None:
    """Write a study for another program, after saying what leaves; refused where consent or disclosure forbids it."""
    from .exchange.projects import exporting
    from .files import open_study

    opened = open_study(study)
    told = exporting.chosen(opened, as_, more=more or (), leave_out=leave_out, within_team=within_team)
    for line in told.said:
        out.print(line, markup=False)
    if not accept and not _confirmed("Write this?"):
        print("Nothing was written.")
        raise typer.Exit(1)
    exporting.put(exporting.written(told, as_), to, opened)
    print(f"Wrote {to}.")


@app.command()
def names(study: StudyName, key: Annotated[Path, typer.Option(help="the list of who is who: a CSV file outside the study, made or brought up to date")]) -> None:
    """List what could say who somebody is, for you to decide about, in a file outside the study."""
    from .files import open_study, read_key, write_key
    from .identifiers import proposals

    opened = open_study(study)
    with out.status("Reading every interview …"):
        known = read_key(key, opened.folder)
        forms = proposals(opened.texts, opened.turns, known)
        write_key(key, opened.folder, forms)
    new = forms[forms["decision"] == ""]
    per_thousand = 1000 * len(new) / max(1, int(opened.turns["words"].sum()))
    for kind, of_kind in new.groupby("kind", sort=False):
        print(f"{kind:<13} {count(len(of_kind), 'written form')} of {of_kind['entity'].nunique()}, in {count(int(of_kind['places'].sum()), 'place')}")
    print(f"{count(len(new), 'form')} to decide about, {per_thousand:.1f} for each 1,000 words; {len(forms) - len(new)} decided before.\n"
          f"Next: open {key} in a spreadsheet, or the names desk of notebook 1; write replace or keep into “decision”. Then “{COMMAND} pseudonymise {study} --key {key}”.\n"
          "No list is complete: what identifies somebody without being a name is found by reading.")


@app.command()
def pseudonymise(study: StudyName, key: Annotated[Path, typer.Option(help="the list of who is who, as “names” made it and you decided")],
                 by: Annotated[str, typer.Option(help="who decided")], accept: Annotated[bool, typer.Option("--accept", help="replace without asking")] = False) -> None:
    """Put the descriptions of a key list in the stead of names, in transcripts and codings together."""
    from .files import open_study, read_key, replace_names

    opened = open_study(study)
    forms = read_key(key, opened.folder)
    if forms is None:
        raise StudyError([Problem(str(key), None, "there is no such file", do=f"make it with “{COMMAND} names {study} --key {key}”")], "what was asked for")
    chosen = forms[forms["decision"] == "replace"]
    print(f"{count(len(chosen), 'written form')} will be replaced, in {count(int(chosen['places'].sum()), 'place')} when the list was made; {int((forms['decision'] == '').sum())} are not decided and stay as they are.")
    if not accept and not _confirmed("Replace them now? What stood there before is kept beside the key list."):
        print("Nothing was replaced.")
        raise typer.Exit(1)
    record, left = replace_names(opened, forms, key, by=by)
    places = sum(record["places"].values())
    print(f"Replaced {count(places, 'place')} in the transcripts of {opened.folder}; codings moved with the words.")
    for problem in left[:40]:
        print(problem)
    print(f"{count(len(left), 'line')} to read again. raw/ still holds the files as they came, outputs/ what was worked out of them, and git what was committed: none of these is changed.")


@app.command()
def code(sheet: Annotated[Path, typer.Argument(help="a CSV file: source_id, code_id, and quotation or start and end; comment if you like")],
         study: Annotated[str, typer.Option(help="the study")], coder: Annotated[str, typer.Option(help="who coded: an id in study.yaml")],
         times: Annotated[int, typer.Option("--pass", min=1, help="1 for the first time through the interviews, 2 for the second ...")] = 1,
         encoding: Annotated[str | None, typer.Option(help="how the bytes are to be read, for example cp1252")] = None) -> None:
    """Bring codings in from a sheet. Every quotation is found in its transcript first; one wrong row and nothing is stored."""
    from .exchange.coding_sheet import read_sheet
    from .files import append_codings, open_study

    opened = open_study(study)
    codings, repeated = read_sheet(sheet, opened, coder, encoding=encoding)
    append_codings(opened, codings, coder_id=coder, times=times)
    again = f"; {repeated} were there already" if repeated else ""
    theirs = int(open_study(study).all_codings["participant_id"].isna().sum())
    if theirs:
        print(f"Please look: {theirs} codings of this study mark an interviewer's words, which no participant said.")
    print(f"Stored {count(len(codings), 'coding')} by {coder}{again}.")


@app.command()
def check(study: StudyName) -> None:
    """List every problem of a study, with file, line and what to do."""
    from .files import check_study, open_study
    from .files.repairs import cut_short
    from .places import find_study
    from . import suggestions
    from .study import changed_though_held, unfinished_final

    problems = check_study(study)
    if problems:
        raise StudyError(problems, f"the study {find_study(study).name}")
    opened = open_study(study)
    for name in cut_short(opened.folder):
        print(f"Please look: {name} ends in an incomplete line, which is not counted: a save that was interrupted before it was confirmed, or a file "
              f"that was cut. “{COMMAND} repair {study}” sets it aside; git or a backup may have it whole.")
    if unedited := int((opened.suggestions["became"] == suggestions.TAKEN).sum()):
        print(f"Please look: {count(unedited, 'coding')} of a program {'stands' if unedited == 1 else 'stand'} without an edit; the software statement counts them.")
    if unfinished := changed_though_held(opened) + unfinished_final(opened):
        raise StudyError(unfinished, f"the study {opened.name}; it can be run all the same")
    print(f"No problems. {opened!r}")


@app.command()
def run(study: StudyName,
        only: Annotated[list[str] | None, typer.Option(help="a notebook to run, by number or name; may be repeated")] = None,
        parameter: Annotated[list[str] | None, typer.Option("-p", metavar="NAME=VALUE", help="a value for a parameter of the notebooks")] = None,
        outputs: Annotated[Path | None, typer.Option(help="where to write; outputs/STUDY unless given")] = None,
        workers: Annotated[int | None, typer.Option(min=1, help="notebooks at a time")] = None,
        again: Annotated[bool, typer.Option("--again", help="run what has not changed, too")] = False) -> None:
    """Run the six notebooks on a study and keep everything that comes of it."""
    from .places import find_study
    from .running import run_study
    from .running.watching import watched

    try:
        with watched(out) as watch:
            folder, ran = run_study(find_study(study), only=only or (), parameters=_values(parameter), outputs=outputs, workers=workers, again=again, watch=watch)
    except KeyboardInterrupt:
        print("Stopped. The study is as it was; the next run makes what is missing.", file=sys.stderr)
        raise typer.Exit(130) from None
    done = f"Ran {count(len(ran), 'notebook')}" if ran else "Nothing has changed since the last run"
    print(f"{done}. Results: {folder}")
    manuscript = folder / "pages" / "6_manuscript.html"
    if manuscript.exists():
        print(f"Begin with {manuscript}")


@app.command()
def withdraw(study: StudyName, participant: Annotated[str, typer.Argument(help="the id of who withdrew")],
             because: Annotated[str, typer.Option(help="what they said, or how it came about, as it may be told")],
             by: Annotated[str, typer.Option(help="who writes it down; the first coder unless given")] = "",
             on: Annotated[str, typer.Option(help="the day they withdrew, as 2024-05-01; today unless given")] = "") -> None:
    """Record that a participant withdrew: nothing of theirs reaches a result from now on."""
    from .files import withdraw
    from .places import find_study

    print("\n".join(withdraw(find_study(study), participant, because=because, by=by, on=on)))


@app.command()
def publish(study: StudyName,
            because: Annotated[str, typer.Option(help="why a version may differ from the one before by very few people")] = "") -> None:
    """Run a study and keep its manuscript, with what it was made of, as its record in published/."""
    from .places import find_study
    from .running.record import publish

    print(publish(find_study(study), because=because))


@app.command()
def deposit(study: StudyName, to: Annotated[Path, typer.Option(help="the folder to write it in, outside the study")]) -> None:
    """Write what of a study goes to an archive, as a folder and a zip; refused where consent or disclosure forbids it."""
    from .places import find_study
    from .running.deposit import deposit

    print("\n".join(deposit(find_study(study), to)))


@app.command()
def verify(study: StudyName) -> None:
    """Run a study again in a fresh folder and compare every result with its record, byte for byte."""
    from .places import find_study
    from .running.record import verify

    verdict = verify(find_study(study))
    print(verdict, file=sys.stderr if verdict.differ else sys.stdout)
    raise typer.Exit(1 if verdict.differ else 0)


@app.command()
def repair(study: StudyName) -> None:
    """Mend what a crash or a merge left: every line that can be read is kept, the others are set aside."""
    from .files import settle
    from .files.repairs import repair_acts
    from .places import find_study

    folder = find_study(study)
    done = [said for said in [settle(folder), *repair_acts(folder)] if said]
    print("\n".join(done) or "Nothing needed mending.")


@app.command()
def replace(source: Annotated[str, typer.Argument(help="the interview whose transcript is replaced, as sources.csv names it")],
            file: Annotated[Path, typer.Argument(help="its new version, in any format that import takes; or an earlier one, from transcripts/earlier/")],
            study: Annotated[str, typer.Option(help="the study")],
            interviewer: Annotated[list[str] | None, typer.Option(help="the label of somebody who asks; may be repeated")] = None,
            speaker: Annotated[list[str] | None, typer.Option(help="a label that begins a turn although it stands there only once")] = None,
            leave_out: Annotated[list[str] | None, typer.Option(help="the label of what nobody said, such as Note; its turns are left out")] = None,
            as_: Annotated[list[str] | None, typer.Option("--as", metavar="LABEL=ID", help="the participant id for a label; may be repeated")] = None,
            same: Annotated[list[str] | None, typer.Option(metavar="LABEL=LABEL", help="two labels that are one speaker's; may be repeated")] = None,
            encoding: Annotated[str | None, typer.Option(help="how the bytes are to be read, for example cp1252")] = None,
            accept: Annotated[bool, typer.Option("--accept", help="replace without asking")] = False) -> None:
    """Put a new version of a transcript in its place, and carry its codings over: moved, to review, or lost."""
    from .exchange import importing
    from .files import open_study
    from .files.new_versions import compare, replace_transcript

    opened = open_study(study)
    plan = importing.new_version(file, opened, source, {"encoding": encoding}, interviewers=interviewer or (), also_speakers=speaker or (), leave_out=leave_out or (),
                                 as_people=_labels(as_), same=_same(same))
    version = compare(opened, source, plan.interviews[0])
    _show_version(version, plan)
    if version.is_another_text:
        raise StudyError([Problem(str(file), None, f"{version.count('lost')} of {len(version.carried)} codings would be lost: is this the right file?", f"a version of {source}",
                                  do="replace the transcript in smaller steps, if it is")], "the new version; nothing was changed")
    if not accept and not _confirmed("Replace the transcript?"):
        print("Nothing was changed.")
        raise typer.Exit(1)
    replace_transcript(opened, version, confirmed="--accept" if accept else "looked at")
    print(f"Replaced {source}: {count(version.count('moved'), 'coding')} moved, {version.count('to review')} to review, {version.count('lost')} lost. The old words stay in "
          f"transcripts/earlier/ and in the record of the codings.\nNext: sp.files.to_review(study) lists what has no place yet; sp.files.place_coding gives it one.")


def _row_range(rows: str | None) -> range | None:
    if rows is None:
        return None
    first, _, last = rows.partition("-")
    try:
        return range(int(first), int(last or first) + 1)
    except ValueError:
        raise StudyError([Problem("--rows", None, f"“{rows}” is not a range of rows", "for example 1-28")], "what was asked for") from None


def _labels(pairs: list[str] | None, option: str = "--as", whose: str = "participant") -> dict[str, str]:
    from .tables import ID

    split = dict(pair.rpartition("=")[::2] for pair in pairs or [])
    wrong = [Problem(f"{option} {label}={name}", None, f"not an id for a {whose}", "LABEL=ID, the id of letters, digits, - and _") for label, name in split.items()
             if not label or not ID.fullmatch(name)]
    if wrong:
        raise StudyError(wrong, "what was asked for")
    return split


def _same(pairs: list[str] | None) -> dict[str, str]:
    split = dict(pair.rpartition("=")[::2] for pair in pairs or [])
    wrong = [Problem(f"--same {label}={other}", None, "not two labels", "LABEL=LABEL, such as INT=Interviewer") for label, other in split.items() if not label or not other]
    if wrong:
        raise StudyError(wrong, "what was asked for")
    return split


def _values(pairs: list[str] | None) -> dict:
    """Values of parameters: JSON where it is JSON, text otherwise."""
    values = {}
    for pair in pairs or []:
        name, equals, value = pair.partition("=")
        if not equals:
            raise StudyError([Problem(f"-p {pair}", None, "no value", "NAME=VALUE")], "what was asked for")
        try:
            values[name] = json.loads(value)
        except ValueError:
            values[name] = value
    return values


def _show_plan(plan) -> None:
    speakers = Rows(title="Who speaks")
    for heading in ("label in the file", "turns", "words", "interviews", "will be"):
        speakers.add_column(heading, justify="right" if heading in ("turns", "words", "interviews") else "left")
    for s in plan.speakers:
        who = "interviewer" if s.asks else f"participant {s.person}" if s.person else "a participant of each interview's own name"
        speakers.add_row(s.label, f"{s.turns:,}", f"{s.words:,}", f"{s.interviews:,}", who)
    out.print(speakers)
    notes = {note: sum(note in i.notes for i in plan.interviews) for i in plan.interviews for note in i.notes}
    for note, times in notes.items():
        out.print(f"Note ({times} of {len(plan.interviews)} interviews): {note}", markup=False)
    for doubt in plan.doubts:
        out.print(f"Please look: {doubt}", markup=False)
    if plan.known:
        out.print(f"Already in the study, left as they are: {', '.join(plan.known[:8])}{' …' if len(plan.known) > 8 else ''}", markup=False)


def _show_version(version, plan) -> None:
    """The three lists: what moved is counted, and what is to be reviewed or lost is shown word by word."""
    out.print(f"{version.source_id}: {version.count('moved')} of {len(version.carried)} codings move with their words.")
    for how, title in (("to review", "To review: stand nowhere until you place them"), ("lost", "Lost: their words are gone")):
        chosen = version.carried[version.carried["how"] == how]
        if len(chosen):
            rows = Rows(title=f"{title} ({len(chosen)})")
            for heading in ("coder", "code", "coded words", "now reads"):
                rows.add_column(heading)
            for coding in chosen.head(40).itertuples():
                rows.add_row(*(escape(cell) for cell in (coding.coder_id, coding.code_id, shown(coding.quotation, 80), shown(coding.now_reads, 80) if coding.now_reads else "–")))
            out.print(rows)
            if len(chosen) > 40:
                print(f"… and {len(chosen) - 40} more.")
    for doubt in plan.doubts:
        out.print(f"Please look: {doubt}", markup=False)


def _confirmed(question: str = "Import these interviews?") -> bool:
    if not sys.stdin.isatty():
        print("Nobody is here to confirm this; look at what is above, then say --accept.", file=sys.stderr)
        return False
    return typer.confirm(question, default=False)


def _write_key(key: Path, folder: Path, plan) -> None:
    if key.resolve().is_relative_to(folder.resolve()):
        raise StudyError([Problem(str(key), None, "a list of who is who must not lie inside the study", do="choose a place that is never shared")], "what was asked for")
    if key.exists():
        raise StudyError([Problem(str(key), None, "there is something here already", do="choose a new file for the list")], "what was asked for")
    import os

    quoted = ((s.label.replace('"', '""'), s.person) for s in plan.speakers if s.person)
    with open(os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write("label,participant_id\n" + "".join(f'"{label}",{person}\n' for label, person in quoted))


if __name__ == "__main__":
    main()
