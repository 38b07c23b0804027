"""The codes: where each stands, what it became, and what the codebook still lacks."""

import pandas as pd


def became(codes: pd.DataFrame) -> dict[str, str]:
    """Say for each code which code now stands for it: itself, or the code it was merged into, step by step.

    Raises
    ------
    ValueError
        Codes are merged into each other in a circle.
    """
    into = codes.dropna(subset="merged_into").set_index("code_id")["merged_into"].to_dict()
    found = {}
    for code_id in codes["code_id"]:
        seen, last = [code_id], code_id
        while last in into:
            last = into[last]
            if last in seen:
                raise ValueError(f"codes merged in a circle: {' → '.join([*seen, last])}")
            seen.append(last)
        found[code_id] = last
    return found


def current(codings: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """Give every coding the code that now stands for its own; the code it was given stays in `given`."""
    now = codings["code_id"].map(became(codes)).fillna(codings["code_id"]).astype("str")
    return codings.assign(given=codings["code_id"], code_id=now)


def paths(codes: pd.DataFrame) -> dict[str, str]:
    """Name each code with the codes above it: “Access / Waiting”; by code id."""
    names = codes.set_index("code_id")["name"].to_dict()
    parents = codes.dropna(subset="parent").set_index("code_id")["parent"].to_dict()

    def path(code_id: str, below: tuple = ()) -> str:
        above = parents.get(code_id)
        own = names.get(code_id, code_id)
        return own if above is None or above in below else f"{path(above, (*below, code_id))} / {own}"

    return {code_id: path(code_id) for code_id in codes["code_id"]}


def gaps(codes: pd.DataFrame, codings: pd.DataFrame, *, needed: tuple[str, ...]) -> pd.DataFrame:
    """List what the codebook still lacks, as a reading list.

    Parameters
    ----------
    codes : DataFrame
        `tables.CODES`.
    codings : DataFrame
        `code_id`, `source_id`, `participant_id`.
    needed : tuple of str
        The columns the approach asks for (`approaches.code_columns`).

    Returns
    -------
    DataFrame, in the order of the codebook
        `code_id`, `look_at`: one sentence. A code never given, given once, or heard from one participant only is
        a prompt to read, not a fault.
    """
    rows = []
    given = codings.groupby("code_id").agg(times=("code_id", "size"), people=("participant_id", "nunique"))
    for code in codes.itertuples():
        if code.status in ("merged", "retired"):
            continue
        rows += [(code.code_id, f"has no {name.replace('_', ' ')}") for name in needed if pd.isna(getattr(code, name))]
        times, people = given.loc[code.code_id] if code.code_id in given.index else (0, 0)
        if times <= 1 or people == 1:
            rows.append((code.code_id, "never given" if not times else "given once" if times == 1 else
                         f"given {times} times, all to one participant"))
    return pd.DataFrame(rows, columns=["code_id", "look_at"])
