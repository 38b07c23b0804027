"""The border between the browser's UTF-16 and Python's code points, over text made of trouble."""

import json
import random
import unicodedata

from sixphase.files import open_study

PIECES = ["They waited ", "😀", "👩‍👩‍👧‍👦", "e\u0301tait ", "שלום עולם ", "مرحبا ", "“curly” ", "it’s ", "naïve ", "🇬🇧", "👍🏽 ", "a\u0323\u0307 ", "— dash ", "日本 ", "<b>&amp; ", "\u200bzero ", "…and\n", "𝒜𝓁𝓅 "]
SELECT = """async ([number, seed]) => { const words = [...document.querySelectorAll('.sx-words')], selected = [];
  const random = () => { seed = (seed * 1664525 + 1013904223) % 4294967296; return seed / 4294967296; };
  const cuts = (node) => [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(node.data)].map((one) => one.index).concat(node.data.length);
  const any = (list) => list[Math.floor(random() * list.length)];
  while (selected.length < number) {
    const first = Math.floor(random() * words.length), last = Math.min(words.length - 1, first + (random() < 0.2 ? 1 : 0));
    const a = words[first].firstChild, b = words[last].firstChild;
    let from = any(cuts(a)), to = any(cuts(b));
    if (first === last && from > to) [from, to] = [to, from];
    if (!(first === last ? a.data.slice(from, to) : a.data.slice(from) + b.data.slice(0, to)).trim()) continue;
    if (random() < 0.5) getSelection().setBaseAndExtent(a, from, b, to); else getSelection().setBaseAndExtent(b, to, a, from);
    words[first].dispatchEvent(new MouseEvent('mouseup', { bubbles: true }));
    if (selected.push([first, from, last, to]) % 20 === 0) await new Promise((on) => setTimeout(on, 30));
  }
  return selected; }"""


def trouble(turns: int, rng: random.Random) -> str:
    made = []
    for turn in range(turns):
        label = "INT" if turn % 2 == 0 else "P01"
        made.append(f"{label}: word " + "".join(rng.choice(PIECES) for _ in range(40)).strip() + " end.")
    return unicodedata.normalize("NFC", "\n\n".join(made) + "\n")


def span_of(text: str, turns: list[tuple[int, int]], first: int, begin: int, last: int, end: int) -> tuple[int, int]:
    """What a selection means: from its first to its last character that is said and is no white space; `begin` and `end` in UTF-16 units of their turns."""
    def points(turn: int, units: int) -> int:
        start, stop = turns[turn]
        return start + len(text[start:stop].encode("utf-16-le")[:2 * units].decode("utf-16-le"))

    begin, end = points(first, begin), points(last, end)
    said = [place for start, stop in turns for place in range(max(start, begin), min(stop, end)) if not text[place].isspace()]
    return said[0], said[-1] + 1


def test_five_hundred_random_selections_are_stored_exactly(lab):
    text = trouble(60, random.Random(20240301))
    (lab.study / "transcripts" / "P01-1.txt").write_text(text, encoding="utf-8", newline="\n")
    for old in (lab.study / "codings").glob("P01-1.*"):
        old.unlink()
    themes = (lab.study / "themes.yaml").read_text(encoding="utf-8")
    (lab.study / "themes.yaml").write_text(themes.split("    extracts:")[0] + "    history:" + themes.split("    history:", 1)[1], encoding="utf-8")
    lab.coder()
    lab.page.evaluate("() => { getSelection().selectAllChildren(document.querySelectorAll('.sx-words')[1]); document.querySelectorAll('.sx-words')[1].dispatchEvent(new MouseEvent('mouseup', { bubbles: true })); }")
    lab.give("Feeling")
    lab.keys("h")

    selected = lab.page.evaluate(SELECT, [500, 7])
    lab.saved()

    turns = open_study(lab.study).turns.query("source_id == 'P01-1'")
    spans = list(zip(turns["start"].tolist(), turns["end"].tolist(), strict=True))
    lines = (lab.study / "codings" / "P01-1.am.jsonl").read_text(encoding="utf-8").splitlines()[1:]  # as they were done, after the one that took the code up
    stored = [json.loads(line)["target"]["selector"] for line in lines]
    wanted = [span_of(text, spans, *one) for one in selected]
    assert [(position["start"], position["end"]) for position, _ in stored] == wanted
    assert [quote["exact"] for _, quote in stored] == [text[start:end] for start, end in wanted]
    assert len(wanted) == 500 and sum(first != last for first, _, last, _ in selected) > 50
    assert lab.page.locator('.sx-pane[data-failed="0"]').count() == 1
