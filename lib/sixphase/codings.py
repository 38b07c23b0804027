"""What was coded, where and by whom.

A coding gives one code to one segment of one source. Its participant is whoever speaks where it begins; a coding of
an interviewer's words has none. Counts are of codings unless a name says participants or interviews.
"""

import numpy as np
import pandas as pd

from . import spans


def with_participants(codings: pd.DataFrame, turns: pd.DataFrame) -> pd.DataFrame:
    """Add whose words each coding marks.

    Returns
    -------
    DataFrame
        `codings` with `participant_id` (NA for an interviewer), `turn` and `text_line`: those of the first turn with words in the segment.
    """
    met = spans.meetings(codings, turns)
    first = met.drop_duplicates("first").set_index("first")["second"].reindex(range(len(codings)))
    place = first.astype("Int64")
    found = turns.reset_index(drop=True).reindex(first.to_numpy())
    return codings.assign(participant_id=found["participant_id"].astype("str").to_numpy(), turn=found["turn"].astype("Int64").to_numpy(),
                          text_line=found["line"].astype("Int64").to_numpy()) if len(place) else codings.assign(
                              participant_id=pd.Series(dtype="str"), turn=pd.Series(dtype="Int64"), text_line=pd.Series(dtype="Int64"))


def reach(codings: pd.DataFrame) -> pd.DataFrame:
    """Count how far each code reaches.

    Parameters
    ----------
    codings : DataFrame
        `code_id`, `source_id`, `participant_id` (see `with_participants`).

    Returns
    -------
    DataFrame, one row a code, most codings first, then by name
        `code_id`, `codings`, `interviews`, `participants`.
    """
    table = codings.groupby("code_id").agg(codings=("code_id", "size"), interviews=("source_id", "nunique"),
                                           participants=("participant_id", "nunique")).reset_index()
    return table.sort_values(["codings", "code_id"], ascending=[False, True], kind="stable", ignore_index=True)


def by_participant(codings: pd.DataFrame) -> pd.DataFrame:
    """Count the codings of each code for each participant: codes x participants, int64, both by name."""
    return pd.crosstab(codings["code_id"], codings["participant_id"])


def silent_groups(codings: pd.DataFrame, groups: pd.Series) -> pd.DataFrame:
    """List the codes that were given to nobody of a whole group, though to others: was that group not asked, or is it not theirs?

    Parameters
    ----------
    codings : DataFrame
        `code_id`, `participant_id`.
    groups : Series
        The group of each participant, by participant id (`cases.group_of`).

    Returns
    -------
    DataFrame, the codes heard from most participants first, then by name
        `code_id`; `participants` it is heard from; `silent`: groups without any of them, by name.
    """
    heard = codings.dropna(subset="participant_id").groupby("code_id")["participant_id"].agg(set)
    rows = [(code_id, len(people), ", ".join(sorted(set(groups) - set(groups.reindex(sorted(people)))))) for code_id, people in heard.items()]
    table = pd.DataFrame([row for row in rows if row[2]], columns=["code_id", "participants", "silent"])
    return table.sort_values(["participants", "code_id"], ascending=[False, True], kind="stable", ignore_index=True)


def coverage(codings: pd.DataFrame, turns: pd.DataFrame) -> pd.DataFrame:
    """Measure how much of what participants said is coded, and how densely.

    Parameters
    ----------
    codings : DataFrame
        `tables.CODINGS`.
    turns : DataFrame
        `tables.TURNS`.

    Returns
    -------
    DataFrame, one row a source, in the order of `turns`
        `source_id`; `participant_words`: words; `codings`: codings that meet participants' words; `coded`: share of
        participants' code points inside at least one coding, 0 to 1; `density`: codings per 1,000 participant words.
        Interviewers' turns are left out.
    """
    theirs = turns[turns["participant_id"].notna()].reset_index(drop=True)
    said = theirs.assign(size=theirs["end"] - theirs["start"]).groupby("source_id", sort=False).agg(
        participant_words=("words", "sum"), size=("size", "sum"))
    met = spans.meetings(codings, theirs)
    count = codings.iloc[met["first"].unique()].groupby("source_id").size()
    joined = spans.union(codings)
    inside = spans.meetings(joined, theirs)
    marked = inside["shared"].groupby(theirs["source_id"].iloc[inside["second"]].to_numpy()).sum()
    table = said.assign(codings=count.reindex(said.index, fill_value=0).astype("int64"),
                        coded=(marked.reindex(said.index, fill_value=0) / said["size"].where(said["size"] > 0)).astype("Float64"))
    table["density"] = (1000 * table["codings"] / table["participant_words"].where(table["participant_words"] > 0)).astype("Float64")
    return table.drop(columns="size").reset_index()


def uncoded(codings: pd.DataFrame, turns: pd.DataFrame, texts: dict[str, str], *, fewest: int = 80) -> pd.DataFrame:
    """List the longest stretches that no coding touches, to be read once more: talk that bears on no question, or something that was passed over.

    A stretch is what participants say from the end of one coding to the beginning of the next, an interviewer's turns in between left out.

    Parameters
    ----------
    codings, turns : DataFrame
        `tables.CODINGS`, `tables.TURNS`.
    texts : dict
        Transcript by source.
    fewest : int
        Words a stretch has at least.

    Returns
    -------
    DataFrame, the longest first; by source and place where equal
        `source_id`, `line`: of its first word; `words`; `turns`: how many it runs through; `begins`, `ends`: its first and last dozen words.
    """
    covered, found = spans.union(codings), []
    for source_id, theirs in turns[turns["participant_id"].notna()].groupby("source_id", sort=False):
        marked = covered.loc[covered["source_id"] == source_id, ["start", "end"]].to_numpy()
        stretch: list[tuple[int, int, int]] = []
        for turn in theirs.itertuples():
            at = turn.start
            for start, end in marked[(marked[:, 0] < turn.end) & (marked[:, 1] > turn.start)]:
                found.append((source_id, [*stretch, (turn.turn, at, max(at, start))]))
                stretch, at = [], min(end, turn.end)
            stretch.append((turn.turn, at, turn.end))
        found.append((source_id, stretch))
    rows = [_stretch(source_id, parts, texts[source_id]) for source_id, parts in found]
    table = pd.DataFrame([row for row in rows if row["words"] >= fewest], columns=["source_id", "line", "words", "turns", "begins", "ends"])
    return table.sort_values(["words", "source_id", "line"], ascending=[False, True, True], kind="stable", ignore_index=True)


def _stretch(source_id: str, parts: list[tuple[int, int, int]], text: str) -> dict:
    said = [(turn, start, text[start:end]) for turn, start, end in parts if text[start:end].strip()]
    words = " ".join(piece for _, _, piece in said).split()
    line = text.count("\n", 0, said[0][1]) + 1 if said else 0
    return {"source_id": source_id, "line": line, "words": len(words), "turns": len({turn for turn, _, _ in said}), "begins": " ".join(words[:12]), "ends": " ".join(words[-12:])}


def attention(coverage: pd.DataFrame, order: list[str]) -> pd.DataFrame:
    """Compare the density of coding over interviews, in the order they were coded.

    Braun & Clarke (2006), criterion 2: each data item has been given equal attention. A density far from the others is
    a reason to read that interview again, not a fault: people say more and less that bears on a question.

    Parameters
    ----------
    coverage : DataFrame
        `source_id` and `density` of `coverage`.
    order : list of str
        The sources in the order they were coded.

    Returns
    -------
    DataFrame, one row a source, in that order
        `source_id`; `place`: 1, 2, ...; `density`: codings per 1,000 participant words; `distance`: standard deviations
        from the mean density (NA when all are alike); `look_again`: True beyond 2 in either direction.
    """
    table = coverage.set_index("source_id").reindex(order)[["density"]].reset_index()
    density = table["density"].astype("float64")
    spread = density.std(ddof=0)
    distance = (density - density.mean()) / spread if spread > 0 else pd.Series(np.nan, index=table.index)
    table.insert(1, "place", np.arange(1, len(table) + 1))
    return table.assign(distance=distance.astype("Float64"), look_again=distance.abs() > 2)


def order_coded(codings: pd.DataFrame) -> list[str]:
    """The sources in the order of their first coding; ties by name."""
    return list(codings.groupby("source_id")["created"].min().reset_index().sort_values(["created", "source_id"])["source_id"])


def cooccurrence(codings: pd.DataFrame, *, min_shared: int = 1) -> pd.DataFrame:
    """Count how often two codes were given to overlapping text.

    Two codings co-occur when they lie in the same source and share at least `min_shared` code points. Overlapping
    segments of one code are joined first, so a place counts once for a pair. Who coded makes no difference; to look
    within one coder, pass that coder's rows.

    Parameters
    ----------
    codings : DataFrame
        `source_id`, `code_id`, `start` and `end`.
    min_shared : int
        Fewest code points two segments must share, at least 1.

    Returns
    -------
    DataFrame, codes x codes, int64, by name
        Symmetric. The diagonal is the number of separate segments of each code.

    Raises
    ------
    ValueError
        `min_shared` is below 1.

    Examples
    --------
    >>> overlapping = pd.DataFrame({
    ...     "source_id": ["P01", "P01", "P02"], "code_id": ["waiting", "blame", "waiting"],
    ...     "start": [0, 8, 0], "end": [10, 20, 5]})
    >>> cooccurrence(overlapping).loc["waiting", "blame"].item()
    1
    """
    if min_shared < 1:
        raise ValueError(f"min_shared must be at least 1, not {min_shared}")
    codes = sorted(codings["code_id"].unique())
    segments = joined_by_code(codings)
    met = spans.meetings(segments, segments)
    met = met[met["shared"] >= min_shared]
    code = pd.Categorical(segments["code_id"], categories=codes).codes.astype("int64")
    pairs = code[met["first"]] * len(codes) + code[met["second"]]
    counts = np.bincount(pairs, minlength=len(codes) ** 2).reshape(len(codes), len(codes))
    return pd.DataFrame(counts, index=pd.Index(codes, name="code_id"), columns=pd.Index(codes, name="code_id"))


def shared_participants(codings: pd.DataFrame) -> pd.DataFrame:
    """Count the participants who speak of both of two codes, anywhere in their interviews.

    Returns
    -------
    DataFrame, codes x codes, int64, by name
        Symmetric; the diagonal is the participants of each code. Words of interviewers have no participant.
    """
    pairs = codings[["code_id", "participant_id"]].dropna().drop_duplicates()
    codes, people = (np.unique(pairs[name].to_numpy(dtype="object")) for name in ("code_id", "participant_id"))
    heard = np.zeros((len(codes), len(people)), dtype="int64")
    heard[np.searchsorted(codes, pairs["code_id"].to_numpy(dtype="object")), np.searchsorted(people, pairs["participant_id"].to_numpy(dtype="object"))] = 1
    return pd.DataFrame(heard @ heard.T, index=pd.Index(codes, name="code_id"), columns=pd.Index(codes, name="code_id"))


def joined_by_code(codings: pd.DataFrame) -> pd.DataFrame:
    """Join segments of one code that meet or touch: `source_id`, `code_id`, `start`, `end`."""
    return spans.union(codings, by=("source_id", "code_id"))


def neighbours(counts: pd.DataFrame) -> pd.DataFrame:
    """List the pairs of codes that co-occur, nearest first.

    Parameters
    ----------
    counts : DataFrame
        The result of `cooccurrence` (places), or of `shared_participants` (people).

    Returns
    -------
    DataFrame, one row a pair that co-occurs at all
        `first`, `second`: codes, first by name; `together`: places, or people; `jaccard`: n12 / (n1 + n2 - n12), kept within 0 to 1
        (ATLAS.ti's c-coefficient); `overlap`: n12 / min(n1, n2), kept within 0 to 1; `unequal`: True when one code is given over five
        times as often as the other, where the first of the two says little.
    """
    values, codes = counts.to_numpy("int64"), counts.index.to_numpy()
    i, j = np.nonzero(np.triu(values, 1))
    n1, n2, together = values[i, i], values[j, j], values[i, j]
    table = pd.DataFrame({"first": codes[i], "second": codes[j], "together": together, "jaccard": np.minimum(1, together / np.maximum(1, n1 + n2 - together)),
                          "overlap": np.minimum(1, together / np.maximum(1, np.minimum(n1, n2))), "unequal": np.maximum(n1, n2) > 5 * np.minimum(n1, n2)})
    return table.sort_values(["jaccard", "first", "second"], ascending=[False, True, True], kind="stable", ignore_index=True)


def first_given(codings: pd.DataFrame) -> pd.DataFrame:
    """Say when each code was first given.

    Returns
    -------
    DataFrame, one row a code, earliest first, then by name
        `code_id`; `on`: the day; `source_id`: the interview; `codes_so_far`: codes given by then, this one included.
    """
    ordered = codings.sort_values(["created", "source_id", "start", "code_id"], kind="stable").drop_duplicates("code_id")
    table = pd.DataFrame({"code_id": ordered["code_id"], "on": ordered["created"].str[:10], "source_id": ordered["source_id"]})
    table = table.sort_values(["on", "code_id"], kind="stable", ignore_index=True)
    return table.assign(codes_so_far=np.arange(1, len(table) + 1))


def by_day(codings: pd.DataFrame) -> pd.DataFrame:
    """Count codings by day and pass: one row a day and pass with `on`, `pass`, `codings`, `interviews`."""
    dated = codings.assign(on=codings["created"].str[:10])
    return dated.groupby(["on", "pass"]).agg(codings=("code_id", "size"), interviews=("source_id", "nunique")).reset_index()


def side_by_side(codings: pd.DataFrame, turns: pd.DataFrame) -> pd.DataFrame:
    """Lay two or more coders' work on the same turns side by side, to talk about.

    Parameters
    ----------
    codings : DataFrame
        `source_id`, `coder_id`, `code_id`, `start`, `end`.
    turns : DataFrame
        `tables.TURNS`.

    Returns
    -------
    DataFrame, one row a turn that more than one coder could have coded and whose codes differ
        `source_id`, `turn`, `line`; one column a coder with the codes given there, by name; in reading order. Only sources
        that at least two coders coded.
    """
    coders_each = codings.groupby("source_id")["coder_id"].nunique()
    shared = codings[codings["source_id"].isin(coders_each[coders_each > 1].index)]
    met = spans.meetings(shared, turns)
    given = pd.DataFrame({"place": met["second"], "coder_id": shared["coder_id"].iloc[met["first"]].to_numpy(),
                          "code_id": shared["code_id"].iloc[met["first"]].to_numpy()})
    sets = given.groupby(["place", "coder_id"])["code_id"].agg(lambda codes: ", ".join(sorted(set(codes)))).unstack(fill_value="")
    different = sets[sets.nunique(axis=1) > 1]
    where = turns.iloc[different.index][["source_id", "turn", "line"]].reset_index(drop=True)
    return pd.concat([where, different.reset_index(drop=True).astype("str")], axis=1)
