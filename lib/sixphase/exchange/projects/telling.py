"""What a person is shown before a project is imported."""

from ...problems import count, shown
from .arriving import Placed
from .project import Project

LISTED = 8  # codings without a place that are listed one by one


def lines(project: Project, placed: Placed, where: str) -> list[str]:
    """A plan as sentences: what would come, how it was read, what has no place, and what to look at.

    Parameters
    ----------
    project : Project
    placed : Placed
    where : str
        Where in the study the list of what has no place would lie.
    """
    people = dict.fromkeys(person for interview in placed.interviews for person in interview.participants)
    told = [f"From {project.origin or 'another program'}: {count(len(placed.interviews), 'interview')} with {count(len(people), 'participant')}, {count(len(placed.codes), 'code')}, "
            f"{count(len(placed.codings), 'coding')} by {', '.join(placed.coders) or 'nobody'}, {count(len(placed.themes), 'theme')}, {count(len(placed.memos), 'memo')}."]
    asking = sorted({label for interview in placed.interviews for label in interview.interviewers})
    told += [f"Interviewers: {', '.join(asking) or 'nobody, as far as labels tell (say --interviewer LABEL)'}"] if placed.interviews else []
    told += [f"Note: {sentence}" for sentence in placed.said]
    told += [f"Please look: {sentence}" for sentence in placed.doubts]
    told += [f"No place here, kept in {where}: {number:,} {what}" for what, number in sorted(placed.lost.items())]
    if placed.unplaced:
        told.append(f"Codings without a place: {len(placed.unplaced):,} of {len(placed.unplaced) + len(placed.codings):,}, all listed in {where}:")
        told += [f"    {shown(one.code, 40)} in {shown(one.source, 40)}, {one.start} to {one.end}: {one.why}" for one in placed.unplaced[:LISTED]]
        told += [f"    … and {len(placed.unplaced) - LISTED:,} more"] if len(placed.unplaced) > LISTED else []
    return told
