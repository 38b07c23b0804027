"""The gate of anchoring, measured: edits as people make them, and another interview put under the same id.

    python tests/anchoring/measure.py

prints a table of the worked example and, where they are beside this repository, of three hearings of a committee in pieces of about
5,000 words, and of every fifth of 250 short interviews that one script led.
"""

import csv
import random
import statistics
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))
import everyday  # noqa: E402
from sixphase.anchoring import Comparison  # noqa: E402
from sixphase.exchange import importing  # noqa: E402
from where import ROOT, SHARED  # noqa: E402

CODINGS = 40  # a transcript
LONG = 200  # words of a transcript that is measured
PIECE = 5_000  # words


def led_by_a_script(folder: Path) -> list[str]:
    """The real interviews whose interviewer is a program, and begins them all with the same words."""
    csv.field_size_limit(10**9)
    texts = []
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            texts += [row["text"] for row in csv.DictReader(file)]
    return texts


def hearings(folder: Path) -> list[str]:
    """What real people said before a committee, cut between turns into pieces of about 5,000 words."""
    pieces = []
    for path in sorted(folder.glob("*.csv")):
        [arrival] = importing.arrivals([path], {"speaker": "person", "text": "oralEvidence"})
        turns, piece = [f"{label}: {said}" for label, said in arrival.turns], []
        for turn in turns:
            piece.append(turn)
            if sum(len(one.split()) for one in piece) >= PIECE:
                pieces.append("\n\n".join(piece) + "\n")
                piece = []
    return pieces


def edited(texts: list[str]) -> dict:
    """Each text under each everyday edit: `outcomes` by (right, wrong or lost; how it was told), how often it was taken for `another text`, `ms` of CPU a transcript."""
    outcomes, another, ms = Counter(), 0, []
    for number, text in enumerate(texts):
        for kind, edit in enumerate(everyday.EVERYDAY):
            rnd = random.Random(1000 * number + kind)
            spans = everyday.spans(text, CODINGS, rnd)
            made = edit(everyday.begun(text), rnd)
            before = time.process_time()
            compared = Comparison(text, everyday.read(made))
            carried = [compared.carry(*span) for span in spans]
            ms.append(1000 * (time.process_time() - before))
            another += compared.is_another_text
            outcomes.update((everyday.judged(c, everyday.where(made, *span)), c.how) for span, c in zip(spans, carried, strict=True))
    return {"outcomes": outcomes, "another text": another, "ms": ms}


def swapped(texts: list[str]) -> dict[str, int]:
    """Each text with the next one in its stead: in how many `pairs` that was noticed, and how many of all `codings` had `moved`."""
    found = Counter({"pairs": 0, "another text": 0, "codings": 0, "moved": 0})
    for text, other in zip(texts, [*texts[1:], texts[0]], strict=True):
        compared = Comparison(text, other)
        carried = [compared.carry(*span) for span in everyday.spans(text, CODINGS, random.Random(1))]
        found.update({"pairs": 1, "another text": int(compared.is_another_text), "codings": len(carried), "moved": sum(c.how == "moved" for c in carried)})
    return dict(found)


def shares(outcomes: Counter) -> dict[str, float]:
    """Shares of all codings: right, wrong, lost, and wrong and silent."""
    total = outcomes.total()
    by_verdict = {verdict: sum(n for (said, _), n in outcomes.items() if said == verdict) / total for verdict in ("right", "wrong", "lost")}
    return {**by_verdict, "wrong and silent": outcomes["wrong", "moved"] / total, "moved": sum(n for (_, how), n in outcomes.items() if how == "moved") / total}


def _table(name: str, texts: list[str]) -> None:
    texts = [text for text in texts if len(text.split()) > LONG]  # a note about the transcripts is none
    told, other = edited(texts), swapped(texts)
    print(f"{name}: {len(texts)} transcripts, {len(everyday.EVERYDAY)} edits, {told['outcomes'].total()} codings carried")
    print("  " + ", ".join(f"{verdict} {share:.2%}" for verdict, share in shares(told["outcomes"]).items()) + f"; taken for another text {told['another text']}")
    print(f"  CPU ms a transcript: median {statistics.median(told['ms']):.0f}, most {max(told['ms']):.0f}")
    print(f"  swapped: {other['another text']} of {other['pairs']} pairs noticed, {other['moved']} of {other['codings']} codings placed silently")


if __name__ == "__main__":
    _table("worked example", [path.read_text(encoding="utf-8") for path in sorted((ROOT / "data" / "ics_leadership" / "transcripts").glob("*.txt"))])
    if (SHARED / "uk_parliament_oral_evidence").exists():
        _table("hearings", hearings(SHARED / "uk_parliament_oral_evidence"))
    if (SHARED / "interviews_250").exists():
        _table("led by one script", led_by_a_script(SHARED / "interviews_250")[::5])
