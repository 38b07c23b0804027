"""The border between the browser's UTF-16 and Python's code points, over text made of trouble."""

import random

PIECES = ["They waited ", "😀", "👩‍👩‍👧‍👦", "e\u0301tait ", "שלום עולם ", "مرحبا ", "“curly” ", "it’s ", "naïve ", "🇬🇧", "👍🏽 ", "a\u0323\u0307 ", "— dash ", "日本 ", "<b>&amp; ", "\u200bzero ", "…and\n", "𝒜𝓁𝓅 "]


def trouble(turns: int, rng: random.Random) -> str:
    made = []
    for turn in range(turns):
        label = "INT" if turn % 2 == 0 else "P01"
        made.append(f"{label}: word " + "".join(rng.choice(PIECES) for _ in range(40)).strip() + " end.")
    return "\n\n".join(made) + "\n"


def test_five_hundred_random_selections_are_stored_exactly(lab):
    rng = random.Random(20240301)
    import unicodedata

    text = unicodedata.normalize("NFC", trouble(60, rng))
    (lab.study / "transcripts" / "P01-1.txt").write_text(text, encoding="utf-8", newline="\n")
    for old in (lab.study / "codings").glob("P01-1.*"):
        old.unlink()
    themes = (lab.study / "themes.yaml").read_text(encoding="utf-8")
    (lab.study / "themes.yaml").write_text(themes.split("    extracts:")[0] + "    history:" + themes.split("    history:", 1)[1], encoding="utf-8")
    lab.coder()
    lab.page.evaluate("() => { getSelection().selectAllChildren(document.querySelectorAll('.sx-words')[1]); document.querySelectorAll('.sx-words')[1].dispatchEvent(new MouseEvent('mouseup', { bubbles: true })); }")
    lab.give("Feeling")
    lab.keys("h")

    wanted = lab.page.evaluate("""async (seed) => { const words = [...document.querySelectorAll('.sx-words')], wanted = [];
      const random = () => { seed = (seed * 1664525 + 1013904223) % 4294967296; return seed / 4294967296; };
      for (let n = 0; n < 500; n++) {
        const first = Math.floor(random() * words.length), last = Math.min(words.length - 1, first + (random() < 0.2 ? 1 : 0));
        const cuts = (node) => [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(node.data)].map((one) => one.index).concat(node.data.length);
        const a = words[first].firstChild, b = words[last].firstChild, as = cuts(a), bs = cuts(b);
        let from = as[Math.floor(random() * as.length)], to = bs[Math.floor(random() * bs.length)];
        if (first === last && from > to) [from, to] = [to, from];
        const said = first === last ? a.data.slice(from, to) : a.data.slice(from) + '\\0' + b.data.slice(0, to);
        const backwards = random() < 0.5;
        backwards ? getSelection().setBaseAndExtent(b, to, a, from) : getSelection().setBaseAndExtent(a, from, b, to);
        words[first].dispatchEvent(new MouseEvent('mouseup', { bubbles: true }));
        if (said.replace('\\0', '').trim()) wanted.push(said.trim());
        if (n % 20 === 0) await new Promise((on) => setTimeout(on, 30));
      }
      return wanted; }""", 7)
    lab.page.wait_for_selector('.sx-pane[data-pending="0"]', timeout=60000)

    rows = lab.codings().sort_values(["created"], kind="stable")
    stored = [row.quotation for row in rows.itertuples() if text[row.start:row.end] == row.quotation][0:]
    assert len(rows) >= 480 and len(stored) == len(rows)
    assert lab.page.locator('.sx-pane[data-failed="0"]').count() == 1
    import collections
    import re

    def told(words):  # a selection over two turns holds what stands between them: an empty line and a label
        return re.sub(r"\n\n(INT|P01): ", "\0", words)

    missing = collections.Counter(w.strip() for w in wanted) - collections.Counter(told(w) for w in stored)
    assert not [words for words in missing.elements() if "\0" not in words]
    assert len(wanted) - sum(missing.values()) >= len(wanted) - 10
