"""Writing down that a participant withdrew: a day in participants.csv, and a decision with its reason."""

import csv
import io
from pathlib import Path

from ..problems import Problem, StudyError, nearest
from ..tables import PARTICIPANTS, parse
from ..withdrawals import consequences, without_withdrawn
from . import durable
from .codings_jsonl import now
from .records_jsonl import append_decision
from .studies import read_study
from .tables_csv import table_bytes


def withdraw(folder: Path, participant_id: str, *, because: str, by: str = "", on: str = "") -> list[str]:
    """Record that a participant withdrew. Nothing is deleted; nothing of theirs reaches a result from now on.

    Parameters
    ----------
    folder : Path
        The study.
    because : str
        What they said, or how it came about, as it may be told.
    by : str
        Who writes it down; the first coder unless it is given.
    on : str
        The day they withdrew; today unless it is given.

    Returns
    -------
    list of str
        What leaves the analysis, which lines of the manuscript must change, and where their words still lie.

    Raises
    ------
    StudyError
        The study has problems, there is no such participant, or they withdrew already. Nothing is written.
    """
    study, problems = read_study(folder)
    if problems:
        raise StudyError(problems, f"the study {folder.name}")
    day, complaint = parse(PARTICIPANTS["withdrawn"], on or now()[:10])
    known = study.participants.set_index("participant_id")["withdrawn"]
    if participant_id not in known.index:
        raise StudyError([Problem("participants.csv", None, f"no participant “{participant_id}”", do=nearest(participant_id, known.index))], "what was asked for")
    if complaint or known.notna()[participant_id]:
        what = f"--on {complaint}" if complaint else f"{participant_id} withdrew on {known[participant_id]}"
        raise StudyError([Problem("participants.csv", study.lines["participants"][participant_id], what)], "what was asked for; nothing was written")
    _write_day(folder / PARTICIPANTS.file, participant_id, day)
    phase = int(study.decisions["phase"].max()) if len(study.decisions) else 1
    append_decision(study, f"{participant_id} withdrew; their interviews and codings left the analysis", by=by or next(iter(study.settings["coders"])), phase=phase,
                    because=because, about=[f"participant:{participant_id}"], on=day)
    after = without_withdrawn(read_study(folder)[0])
    return [f"{participant_id} withdrew on {day}.", *consequences(without_withdrawn(study), after, study.manuscript)]


def _write_day(path: Path, participant_id: str, day: str) -> None:
    content = path.read_bytes()
    reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    rows = [{name.strip(): cell for name, cell in row.items()} for row in reader]
    header = [name.strip() for name in reader.fieldnames or []]
    for row in rows:
        row["withdrawn"] = day if row["participant_id"].strip() == participant_id else row.get("withdrawn", "")
    durable.replace(path, table_bytes(header if "withdrawn" in header else [*header, "withdrawn"], rows), read=content)
