"""Captions of a recording: WebVTT as Zoom and Teams write it, and SubRip.

Read line by line and leniently: a cue whose time is damaged keeps its words. Cues of one speaker that follow each other
are one turn, unless a minute of silence lies between; a cue that names nobody goes on with who spoke before.
"""

import html
import re
from pathlib import Path

from ..arrivals import Arrival, decoded, refused, tidied
from .clock import seconds

PAUSE = 60  # seconds of silence after which the same speaker begins a new turn
ARROW = re.compile(r"^\s*(\S*)\s*-->\s*(\S*)")
TIME = re.compile(r"(?:\d{1,3}:)?[0-5]?\d:[0-5]?\d(?:[.,]\d{1,3})?")
VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]*)>")
NAMED = re.compile(r"([^\W\d_][^:<>\n]{0,60}?|\w{1,12}): +(?=\S)")
TAG = re.compile(r"</?(?:v|c|i|b|u|ruby|rt|lang|font)(?:[.\s][^<>]*)?>|<\d[\d:.]*>|\{\\[^}]*\}")
ASIDE = re.compile(r"(NOTE|STYLE|REGION)(\s|$)")


def read(path: Path, raw: bytes, *, encoding: str | None = None) -> list[Arrival]:
    """Read captions as one interview, with the times of its turns."""
    text, used = decoded(path, raw, encoding)
    text, notes, doubts = tidied(text)
    cues, left_out, odd = _cues(text)
    if not any(words for *_, words in cues):
        raise refused(path, "no words found: no cue has any", expected="lines such as 00:00:01.000 --> 00:00:02.000, and words below them")
    labels = _labels(cues)
    turns: list[list] = []
    unnamed = 0
    for begins, ends, voice, words in cues:
        for who, said in _by_speaker(voice, words, labels):
            unnamed += not who
            goes_on = bool(turns) and (not who or turns[-1][0] == who)
            who = who or (turns[-1][0] if goes_on else "")
            if goes_on and not (begins is not None and turns[-1][3] is not None and begins - turns[-1][3] > PAUSE):
                turns[-1][1] += f" {said}" if turns[-1][1] else said
                turns[-1][3] = ends if ends is not None else turns[-1][3]
            else:
                turns.append([who, said, begins, ends])
    notes += [f"{len(cues):,} cues became {len(turns):,} turns", f"times of {sum(t[2] is not None for t in turns):,} turns kept"]
    notes += [f"{left_out:,} notes or styles not imported"] if left_out else []
    doubts += [f"the times of {len(odd)} cues are odd (the first is cue {odd[0]}): their words are kept"] if odd else []
    doubts += [f"{unnamed} cues name no speaker and go on with the one before"] if unnamed and labels else []
    common = {"encoding": used, "notes": notes, "doubts": doubts, "times": [(t[2], t[3]) for t in turns]}
    if not labels:
        return [Arrival(path.stem, "captions", raw, paragraphs=[t[1] for t in turns], **common)]
    return [Arrival(path.stem, "captions", raw, turns=[(t[0], t[1]) for t in turns], **common)]


def _cues(text: str) -> tuple[list[tuple], int, list[int]]:
    """(begins, ends, voice, words) of each cue; how many asides were passed over; the cues whose times are odd."""
    cues: list[tuple] = []
    left_out, odd, last = 0, [], -1.0
    lines = text.split("\n")
    at = next((n for n, line in enumerate(lines) if ARROW.match(line)), len(lines))
    left_out += sum(bool(ASIDE.match(line)) for line in lines[:at])
    while at < len(lines):
        arrow = ARROW.match(lines[at])
        if not arrow:
            if ASIDE.match(lines[at]) and not lines[at - 1].strip():
                left_out += 1
                while at < len(lines) and lines[at].strip() and not ARROW.match(lines[at]):
                    at += 1
            at += 1
            continue
        begins, ends = (seconds(part) if TIME.fullmatch(part) else None for part in arrow.groups())
        body, at = [], at + 1
        while at < len(lines) and not ARROW.match(lines[at]):
            if not lines[at].strip() and _is_end(lines, at + 1):
                break
            body.append(lines[at])
            at += 1
        if body and at < len(lines) and ARROW.match(lines[at]) and re.fullmatch(r"\s*\d+\s*", body[-1]):
            body.pop()  # the number of the cue below, where no empty line stands between
        if begins is None or ends is None or ends < begins or begins < last:
            odd.append(len(cues) + 1)
        last = begins if begins is not None else last
        voice = VOICE.search("\n".join(body))
        cues.append((begins, ends if begins is None or ends is None or ends >= begins else None, html.unescape(voice[1]).strip() if voice else "", "\n".join(body)))
    return cues, left_out, odd


def _is_end(lines: list[str], at: int) -> bool:
    """Whether an empty line ends a cue: what follows is a cue, an aside, or nothing. SubRip in the wild has empty lines inside."""
    following = [line for line in lines[at:at + 3] if line.strip()]
    return not following or any(ARROW.match(line) for line in following[:2]) or bool(ASIDE.match(following[0]))


def _labels(cues: list[tuple]) -> set[str]:
    """Names that begin cues, as Zoom writes them: those of one to five words that begin at least two, and all voices."""
    begun: dict[str, int] = {}
    for *_, voice, words in cues:
        found = NAMED.match(TAG.sub("", words).lstrip("- ").strip())
        if found and not voice and len(found[1].split()) <= 5:
            begun[found[1].strip()] = begun.get(found[1].strip(), 0) + 1
    named = {label for label, times in begun.items() if times >= 2 or sum(begun.values()) >= 0.5 * len(cues)}
    return named | {voice for *_, voice, _ in cues if voice}


def _by_speaker(voice: str, words: str, labels: set[str]) -> list[tuple[str, str]]:
    """The parts of a cue by who says them."""
    if voice:
        parts = [part for part in re.split(r"(?=<v[.\s])", words) if _plain(part)]
        return [(html.unescape(found[1]).strip() if (found := VOICE.match(part)) else "", _plain(part)) for part in parts]
    said: list[tuple[str, str]] = []
    for line in words.split("\n"):
        plain = _plain(line)
        found = NAMED.match(plain.lstrip("- "))
        if found and found[1].strip() in labels:
            said.append((found[1].strip(), plain.lstrip("- ")[found.end():].strip()))
        elif plain and said:
            said[-1] = (said[-1][0], f"{said[-1][1]} {plain}")
        elif plain:
            said.append(("", plain))
    return said


def _plain(words: str) -> str:
    """Words without marks of style and with their characters, white space folded."""
    return " ".join(html.unescape(TAG.sub("", words)).replace("\u200e", "").split())
