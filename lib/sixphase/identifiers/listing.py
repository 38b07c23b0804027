"""Everything that several sources propose, joined: one row a written form, forms of one name under one entity."""

import re
from collections.abc import Iterator, Mapping

import pandas as pd

from .capitals import EVERYDAY, WORD, capitals
from .folding import folded, form_of, one_letter_off
from .lower import has_no_capitals, small_names
from .patterns import ADDRESS, shapes
from .roles import roles

KINDS = ("person", "organisation", "place", "role", "programme", "contact", "number", "date", "amount", "other")
NAMED = ("person", "organisation", "place", "role", "programme", "other")  # several of a kind are told apart by a number
FORMS = ("entity", "form", "kind", "found_by", "places", "interviews", "example", "decision", "replacement")
AROUND = 40  # code points of context in an example
LONG_ENOUGH = 5  # letters of a name before one letter off is taken for a slip of the pen


def found(texts: Mapping[str, str], turns: pd.DataFrame, known: pd.DataFrame | None = None) -> pd.DataFrame:
    """Every place that some source takes for an identifier.

    Parameters
    ----------
    texts : mapping
        Canonical text by source.
    turns : DataFrame
        `tables.TURNS`; only what was said is looked at, never the labels before it.
    known : DataFrame
        A list of forms from before: what it decided is found again, spelt otherwise or one letter off too.

    Returns
    -------
    DataFrame, by source in the order of `texts`, then place
        `source_id`, `start`, `end`, `form`, `kind`, `found_by`. No two overlap: of those that do the longest stays.
    """
    everyday = EVERYDAY | {word.casefold().replace("’", "'") for text in texts.values() for word in WORD.findall(ADDRESS.sub(" ", text)) if word == word.casefold()}
    names = _known_names(known)
    rows = []
    for source_id, text in texts.items():
        theirs = turns[turns["source_id"] == source_id]
        small = has_no_capitals("\n".join(text[start:end] for start, end in zip(theirs["start"], theirs["end"], strict=True)))
        for turn in theirs.itertuples():
            said = text[turn.start:turn.end]
            spans = [*shapes(said), *((*span, "no capitals") for span in small_names(said))] if small else [
                *shapes(said), *((*span, "role") for span in roles(said)), *((*span, "capitals") for span in capitals(said, everyday))]
            spans += _again(said, names)
            notes = [note.span() for note in re.finditer(r"\[[^\]\n]*\]", said)]  # what a transcriber noted, or replaced, nobody said
            spans = [span for span in spans if not any(begin <= span[0] and span[1] <= end for begin, end in notes)]
            rows += [{"source_id": source_id, "start": turn.start + start, "end": turn.start + end, "form": said[start:end], "kind": kind, "found_by": rule}
                     for start, end, kind, rule in _apart(spans)]
    return pd.DataFrame(rows, columns=["source_id", "start", "end", "form", "kind", "found_by"]).astype({"start": "int64", "end": "int64"})


def proposals(texts: Mapping[str, str], turns: pd.DataFrame, known: pd.DataFrame | None = None) -> pd.DataFrame:
    """List the written forms that could say who somebody is, for a person to decide about, once each.

    Parameters as `found`.

    Returns
    -------
    DataFrame, by kind, then entity, then places
        Columns `FORMS`: the entity a form belongs to, the form, its kind, what found it, `places` and `interviews` it stands in, an
        example, the decision (`replace`, `keep`, or blank) and the words to put in its stead, in brackets as the UK Data
        Service advises. Forms that `known` decided keep their decision; the others have none.
    """
    spans = found(texts, turns, known)
    spans["key"] = spans["form"].map(form_of)
    rows = []
    for _, group in spans.groupby("key", sort=True):
        first = group.iloc[0]
        kind = group["kind"].mode().sort_values(key=lambda kinds: kinds.map(KINDS.index)).iloc[0]
        rows.append({"form": _plain_form(group["form"]), "kind": kind, "found_by": "; ".join(sorted(set(group["found_by"]))), "places": len(group),
                     "interviews": group["source_id"].nunique(), "example": _example(texts[first["source_id"]], first["start"], first["end"])})
    return merged(pd.DataFrame(rows, columns=["form", "kind", "found_by", "places", "interviews", "example"]), known)


def merged(forms: pd.DataFrame, known: pd.DataFrame | None) -> pd.DataFrame:
    """Bring forms that were found together with a list from before, whose decisions, entities and kinds are kept; new forms join the entities."""
    before = {} if known is None else {form_of(row["form"]): row for row in known.to_dict("records")}
    rows = [{**row, **{name: before[form_of(row["form"])][name] for name in ("entity", "kind", "decision", "replacement")}} if form_of(row["form"]) in before
            else {**row, "entity": "", "decision": "", "replacement": ""} for row in forms.to_dict("records")]
    now = {form_of(row["form"]) for row in rows}
    rows += [{**row, "places": 0, "interviews": 0, "example": ""} for key, row in before.items() if key not in now]
    _join(rows)
    table = pd.DataFrame(rows, columns=list(FORMS))
    order = table["kind"].map({kind: place for place, kind in enumerate(KINDS)}).fillna(len(KINDS))
    number = table["entity"].str.extract(r"(\d+)$")[0].astype("float").fillna(0)
    return table.assign(_kind=order, _number=number).sort_values(["_kind", "_number", "places", "form"], ascending=[True, True, False, True]).drop(columns=["_kind", "_number"]).reset_index(drop=True)


def _join(rows: list[dict]) -> None:
    """Give each new form an entity: that of the one longer name it is part of, or its own; and the words to put in its stead."""
    taken = {kind: max([0, *(int(n[1]) for row in rows if (n := re.fullmatch(rf"{kind} (\d+)", row["entity"])))]) for kind in KINDS}
    for row in sorted(rows, key=lambda row: (-len(row["form"].split()), -row["places"], row["form"])):
        if not row["entity"]:
            row["entity"] = _entity_of(row, rows)
        if not row["entity"]:
            taken[row["kind"]] += 1
            row["entity"] = f"{row['kind']} {taken[row['kind']]}"
        row["replacement"] = row["replacement"] or _description(row)


def _entity_of(row: dict, rows: list[dict]) -> str:
    if row["kind"] != "person":
        return ""
    words = set(form_of(row["form"]).split()) - {"mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "dame", "cllr", "councillor", "sister"}
    wholes = {other["entity"] for other in rows if other["kind"] == "person" and other["entity"] and words and words < set(form_of(other["form"]).split())}
    return wholes.pop() if len(wholes) == 1 else ""


def _description(row: dict) -> str:
    if row["kind"] in NAMED:
        return f"[{row['entity']}]"
    return f"[{row['found_by'].split(';')[0]}]" if row["kind"] in ("contact", "number") else f"[{row['kind']}]"


def _plain_form(forms: pd.Series) -> str:
    """The form written most often, by name where two are, without its possessive."""
    counts = forms.str.replace(r"[’']s$", "", regex=True).value_counts()
    return sorted(counts[counts == counts.max()].index)[0]


def _example(text: str, start: int, end: int) -> str:
    return re.sub(r"\s+", " ", text[max(0, start - AROUND):end + AROUND]).strip()


def _apart(spans: list[tuple[int, int, str, str]]) -> list[tuple[int, int, str, str]]:
    """Of spans that overlap the longest; of two of one length, the first."""
    kept: list[tuple[int, int, str, str]] = []
    for span in sorted(spans, key=lambda span: span[0] - span[1]):
        if all(span[1] <= other[0] or other[1] <= span[0] for other in kept):
            kept.append(span)
    return sorted(kept)


def again(said: str, known: pd.DataFrame) -> Iterator[tuple[int, int, str, str]]:
    """Places in a text of names that are to be replaced, spelt otherwise or one letter off too: start, end, kind, what found it."""
    return _again(said, _known_names(known))


def _known_names(known: pd.DataFrame | None) -> dict[str, str]:
    """The folded words of names that are to be replaced, each with its kind."""
    if known is None:
        return {}
    replaced = known[known["decision"] == "replace"]
    return {form_of(form): kind for form, kind in zip(replaced["form"], replaced["kind"], strict=True)}


def _again(said: str, names: dict[str, str]) -> Iterator[tuple[int, int, str, str]]:
    """Places of names that are on the list, whatever their spelling; single words one letter off as well."""
    if not names:
        return
    text, places = folded(said)
    for name, kind in names.items():
        for at in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", re.sub(r"\s", " ", text)):
            yield places[at.start()], places[at.end() - 1] + 1, kind, "key list"
    single = [name for name in names if len(name) >= LONG_ENOUGH and " " not in name and names[name] in NAMED]
    for word in re.finditer(r"[^\W\d_]+(?:-\n?[^\W\d_]+)*", text) if single else ():
        bare = word[0].replace("-\n", "")
        if near := [name for name in single if one_letter_off(bare, name) or (bare == name and bare != word[0])]:
            yield places[word.start()], places[word.end() - 1] + 1, names[near[0]], f"like “{near[0]}”"
