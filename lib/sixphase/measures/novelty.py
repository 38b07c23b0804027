"""Code novelty: how many codes that were not seen before a run of interviews brings.

After Guest, Namey & Chen (2020), PLoS ONE 15(5): e0232076: a base of interviews, a run of them, and a threshold. The denominator
stays the codes of the base, never the running total. Codes are those of the codebook as it is now, carried back to all interviews.
A figure says how the codebook grew; whether enough was heard is a judgement. Dimensions of codes are those that readers named (after
Hennink, Kaiser & Marconi 2017, Qualitative Health Research 27(4)); none is inferred.
"""

import numpy as np
import pandas as pd

MODES = ("sliding", "disjoint")


def actual_order(sources: pd.DataFrame) -> list[str]:
    """The interviews in the order in which they took place: by day, then occasion, then id; those without a day last."""
    return list(sources.sort_values(["date", "occasion", "source_id"], kind="stable")["source_id"])


def curve(codings: pd.DataFrame, order: list[str], *, base: int = 4, run: int = 2, run_mode: str = "sliding", of: str = "code_id") -> pd.DataFrame:
    """Count what each interview brings that was not seen before, in one order.

    Parameters
    ----------
    codings : DataFrame
        `source_id` and the column `of`.
    order : list of str
        The interviews.
    base, run : int
        Interviews in the base and in a run.
    run_mode : str
        `sliding`: a run ends at every interview after the base; `disjoint`: runs lie end to end.
    of : str
        What is counted: `code_id`, or `theme_id`.

    Returns
    -------
    DataFrame, one row an interview, in that order
        `place`: 1, 2, ...; `source_id`; `new`: seen here first; `so_far`; `in_run`: new in the run that ends here; `ratio`: in_run / those of
        the base. The last two are NA where no run ends, `ratio` also where the base has none.
    """
    firsts = _firsts(codings, order, np.arange(len(order))[None, :], of)
    in_run, ratio, ends = _ratios(firsts, len(order), base, run, run_mode)
    new = np.bincount(firsts[0], minlength=len(order))
    table = pd.DataFrame({"place": np.arange(1, len(order) + 1), "source_id": pd.Series(order, dtype="str"), "new": new, "so_far": np.cumsum(new)})
    table["in_run"] = pd.Series(in_run[0], index=ends).reindex(table.index).astype("Int64")
    table["ratio"] = pd.Series(ratio[0], index=ends).reindex(table.index).astype("Float64")
    return table


def first_met(curve: pd.DataFrame, threshold: float) -> int | None:
    """The place of the interview that ends the first run whose ratio is at most the threshold; None when no run is."""
    met = curve.loc[(curve["ratio"] <= threshold).fillna(False), "place"]
    return int(met.iloc[0]) if len(met) else None


def orders(sources: pd.DataFrame, *, number: int = 1000, seed: int) -> np.ndarray:
    """Draw orders of the interviews in which everybody's second interview stays after their first.

    Returns
    -------
    ndarray, orders x interviews, int64
        Positions in `sources`, in the order drawn. Every order that keeps the interviews of a person in their own order is equally likely.
    """
    person = _people(sources)
    in_turn = sources.assign(person=person, occasion=sources["occasion"].fillna(1), at=np.arange(len(sources)))
    own = in_turn.sort_values(["person", "occasion", "date", "source_id"], kind="stable")["at"].to_numpy("int64")
    draw = np.random.default_rng(seed).random((number, len(sources)))
    places = draw.argsort(axis=1).argsort(axis=1)  # where each interview would stand
    mine = np.take_along_axis(places, np.lexsort((places, np.broadcast_to(person, places.shape)), axis=1), axis=1)  # each person's places, rising
    return np.take_along_axis(np.broadcast_to(own, places.shape), mine.argsort(axis=1), axis=1)


def under_orders(codings: pd.DataFrame, sources: pd.DataFrame, *, base: int = 4, run: int = 2, threshold: float = .05, run_mode: str = "sliding",
                 of: str = "code_id", number: int = 1000, seed: int) -> dict:
    """Say where the threshold is first met in many orders, and in the one that was.

    Returns
    -------
    dict
        `actual`: interviews by then in the order in which they took place; `median`, `lowest`, `highest` over the random orders that meet it; each
        counts interviews, the run included, and is None where it is not met; `never`: orders that never meet it; `orders`.
    """
    drawn = orders(sources, number=number, seed=seed)
    place = np.empty_like(drawn)
    np.put_along_axis(place, drawn, np.arange(drawn.shape[1])[None, :], axis=1)
    _, ratio, ends = _ratios(_firsts(codings, list(sources["source_id"]), place, of), len(sources), base, run, run_mode)
    below = ratio <= threshold
    met = below.any(axis=1)
    at = ends[below[met].argmax(axis=1)] + 1 if met.any() else np.array([], "int64")
    middle = {"median": float(np.median(at)), "lowest": int(at.min()), "highest": int(at.max())} if len(at) else dict.fromkeys(("median", "lowest", "highest"))
    actual = first_met(curve(codings, actual_order(sources), base=base, run=run, run_mode=run_mode, of=of), threshold)
    return {"actual": actual, **middle, "never": int((~met).sum()), "orders": number}


def table(codings: pd.DataFrame, sources: pd.DataFrame, theme_codes: pd.DataFrame, *, bases: tuple[int, ...] = (4, 5, 6), runs: tuple[int, ...] = (2, 3),
          thresholds: tuple[float, ...] = (.05, 0.0), run_mode: str = "sliding", number: int = 1000, seed: int) -> pd.DataFrame:
    """Lay what the choices would bring side by side: codes and themes, bases, runs and thresholds.

    Returns
    -------
    DataFrame, one row a choice
        `level`: codes or themes; `base`, `run`, `threshold`, `run_mode`, and the figures of `under_orders`. No row where nothing is coded.
    """
    levels = {"codes": (codings, "code_id"), "themes": (codings.merge(theme_codes[["theme_id", "code_id"]].drop_duplicates(), on="code_id"), "theme_id")}
    rows = [{"level": level, "base": base, "run": run, "threshold": threshold, "run_mode": run_mode,
             **under_orders(given, sources, base=base, run=run, threshold=threshold, run_mode=run_mode, of=of, number=number, seed=seed)}
            for level, (given, of) in levels.items() if len(given) for base in bases for run in runs for threshold in thresholds if base + run <= len(sources)]
    columns = ["level", "base", "run", "threshold", "run_mode", "actual", "median", "lowest", "highest", "never", "orders"]
    return pd.DataFrame(rows, columns=columns).astype({"actual": "Int64", "median": "Float64", "lowest": "Int64", "highest": "Int64"})


def dimensions(named: pd.DataFrame, codings: pd.DataFrame, order: list[str]) -> pd.DataFrame:
    """Count the dimensions of each code that readers named, by the interview in which each is first heard.

    Parameters
    ----------
    named : DataFrame
        `tables.DIMENSIONS`, one row a dimension that somebody saw in a coding.
    codings : DataFrame
        `coding_id`, `code_id`, `source_id`.
    order : list of str
        The interviews.

    Returns
    -------
    DataFrame, one row a code and interview that brings a new dimension, codes by name, then in that order
        `code_id`, `place`, `source_id`; `new`: dimensions first heard here, by name; `so_far`: how many by then.
    """
    place = {source_id: number for number, source_id in enumerate(order, start=1)}
    found = named[["coding_id", "dimension"]].merge(codings[["coding_id", "code_id", "source_id"]], on="coding_id")
    found = found.assign(place=found["source_id"].map(place)).dropna(subset="place").sort_values(["code_id", "place", "dimension"], kind="stable")
    firsts = found.drop_duplicates(["code_id", "dimension"]).astype({"place": "int64"})
    rows = [(*key, ", ".join(names), len(names)) for key, names in firsts.groupby(["code_id", "place", "source_id"])["dimension"]]
    table = pd.DataFrame(rows, columns=["code_id", "place", "source_id", "new", "so_far"]).astype({"so_far": "int64"})
    return table.assign(so_far=table.groupby("code_id")["so_far"].cumsum())


def _firsts(codings: pd.DataFrame, sources: list[str], place: np.ndarray, of: str) -> np.ndarray:
    """Orders x codes: the place, from 0, of the interview in which each is first seen; `place` is orders x interviews."""
    at = {source_id: number for number, source_id in enumerate(sources)}
    pairs = codings[["source_id", of]].dropna().drop_duplicates()
    pairs = pairs[pairs["source_id"].isin(at)]
    seen = [place[:, [at[source_id] for source_id in where]].min(axis=1) for _, where in pairs.groupby(of)["source_id"]]
    return np.stack(seen, axis=1) if seen else np.zeros((len(place), 0), "int64")


def _ratios(firsts: np.ndarray, interviews: int, base: int, run: int, run_mode: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Orders x runs: codes new in each run, and their ratio to those of the base (NaN where it has none); and where each run ends."""
    if run_mode not in MODES:
        raise ValueError(f"no run mode “{run_mode}”; modes: {', '.join(MODES)}")
    if base < 1 or run < 1:
        raise ValueError(f"base and run are numbers of interviews, at least 1, not {base} and {run}")
    ends = np.arange(base + run - 1, interviews, 1 if run_mode == "sliding" else run)
    seen = np.stack([np.bincount(order, minlength=max(interviews, 1)).cumsum() for order in firsts]) if len(firsts) else np.zeros((0, max(interviews, 1)), "int64")
    in_run = seen[:, ends] - seen[:, ends - run]
    known = seen[:, [min(base, interviews) - 1]] if interviews else np.zeros((len(firsts), 1))
    return in_run, np.divide(in_run, known, out=np.full(in_run.shape, np.nan), where=known > 0), ends


def _people(sources: pd.DataFrame) -> np.ndarray:
    """A number for each interview, the same for interviews that share a participant, directly or through others."""
    group: dict[str, set] = {}
    for people in sources["participants"]:
        joined = set(people).union(*(group.get(person, {person}) for person in people))
        group |= dict.fromkeys(joined, joined)
    return pd.Categorical([min(group[people[0]]) for people in sources["participants"]]).codes.astype("int64")
