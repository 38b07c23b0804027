"""Information power: five judgements of how much a sample can tell, each a sentence with its date, and no score.

After Malterud, Siersma & Guassora (2016), Qualitative Health Research 26(13): the narrower the aim, the denser the specificity of the
sample, the more theory is applied, the stronger the dialogue, and the closer the analysis stays to single cases, the fewer participants
are needed. The five are not added up. Look at them again every few interviews.
"""

import pandas as pd

from ..tables import POWER_ITEMS

POLES = dict(zip(POWER_ITEMS, ("broad or narrow", "sparse or dense", "none or applied", "weak or strong", "across cases or within one"), strict=True))
AGAIN = 5  # interviews after which the judgements are looked at again


def worksheet(power: pd.DataFrame, interviews: int) -> pd.DataFrame:
    """Lay out how each of the five is judged now, and since when.

    Parameters
    ----------
    power : DataFrame
        `tables.POWER`.
    interviews : int
        Interviews of the study.

    Returns
    -------
    DataFrame, one row for each of the five, in their order
        `item`, `between` (its two ends), `sentence` ("" where there is none yet), `on`, `by`; `judged`: how many times; `look_at`.
    """
    latest = _in_order(power).drop_duplicates("item", keep="last").set_index("item")
    times = power["item"].value_counts()
    rows = [{"item": item, "between": between, **({name: latest.at[item, name] for name in ("sentence", "on", "by")} if item in latest.index else
                                                  {"sentence": "", "on": None, "by": None}),
             "judged": int(times.get(item, 0)), "look_at": _ask(latest, item, interviews)} for item, between in POLES.items()]
    return pd.DataFrame(rows).astype({"on": "str", "by": "str"})


def history(power: pd.DataFrame) -> pd.DataFrame:
    """How each of the five was judged over time: `item`, `on`, `by`, `interviews`, `sentence`; by item in their order, then by day."""
    ranked = _in_order(power).assign(rank=lambda rows: rows["item"].map(list(POLES).index))
    return ranked.sort_values("rank", kind="stable", ignore_index=True)[["item", "on", "by", "interviews", "sentence"]]


def paragraph(power: pd.DataFrame) -> str:
    """A paragraph to begin the write-up from: the five sentences as they stand now, and what changed; "" where none is written."""
    told = worksheet(power, 0)
    said = [sentence.rstrip(".") + "." for sentence in told["sentence"] if sentence]
    if not said:
        return ""
    changed = told.loc[told["judged"] > 1, "item"].tolist()
    first, last = power["on"].min(), power["on"].max()
    course = f"We judged these on {first} and again until {last}; what we wrote about {_listed(changed)} changed on the way." if changed else f"We judged these between {first} and {last}." if first != last else f"We judged these on {first}."
    return " ".join(["We appraised the information power of the sample (Malterud, Siersma & Guassora 2016).", *said, course])


def _in_order(power: pd.DataFrame) -> pd.DataFrame:
    return power.sort_values(["on", "power_id"], kind="stable")


def _ask(latest: pd.DataFrame, item: str, interviews: int) -> str:
    if item not in latest.index:
        return "not judged yet"
    known = latest.at[item, "interviews"]
    return f"{interviews - known} interviews later: still so?" if pd.notna(known) and interviews - known >= AGAIN else ""


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
