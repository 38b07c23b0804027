"""How far each code reaches, each count with its own denominator: participants, interviews, and those who had the occasion."""

import pandas as pd

from .. import cases, codings as _codings, themes


def prevalence(codings: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Count codings, participants and interviews of each code, and set the two last beside all there are.

    Parameters
    ----------
    codings : DataFrame
        `code_id`, `source_id`, `participant_id`.
    sources : DataFrame
        `tables.SOURCES`.

    Returns
    -------
    DataFrame, one row a code, most codings first, then by name
        `code_id`, `codings`; `participants` heard, `of_participants` of the study; `interviews` with it, `of_interviews` of the study.
    """
    table = _codings.reach(codings).assign(of_participants=cases.attendance(sources)["participant_id"].nunique(), of_interviews=len(sources))
    return table[["code_id", "codings", "participants", "of_participants", "interviews", "of_interviews"]]


def asked_adjusted(codings: pd.DataFrame, asked: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Set who is heard in a code beside those who were asked what it mostly answers, or raised it unasked.

    Parameters
    ----------
    codings : DataFrame
        `code_id`, `source_id`, `turn`, `participant_id`.
    asked : DataFrame
        The result of `themes.asked`.
    sources : DataFrame
        `tables.SOURCES`.

    Returns
    -------
    DataFrame, one row a code, by name
        `code_id`; `question` after which most of its codings were said; `participants` heard; `of_asked_or_raising`: participants
        who were asked it, as far as its words show, or are heard in the code without; `share`, 0 to 1, NA where no question was recognised before.
    """
    rows = codings.dropna(subset=["participant_id", "turn"]).sort_values("code_id", kind="stable", ignore_index=True)
    found = themes.asked_adjusted(rows.assign(theme_id=rows["code_id"]), asked, sources, most=1)
    heard = found["heard_of_asked"] + found["heard_of_others"]
    table = pd.DataFrame({"code_id": found["theme_id"], "question": found["question"], "participants": heard,
                          "of_asked_or_raising": found["asked"] + found["heard_of_others"]})
    known = table["of_asked_or_raising"].where((table["of_asked_or_raising"] > 0) & (table["question"] != "before any"))
    return table.assign(share=(table["participants"] / known).astype("Float64"))
