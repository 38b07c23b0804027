// The border between the browser and Python. A browser counts UTF-16 units, in which 😀 is two; Python counts code points,
// in which it is one. Offsets cross here and nowhere else.

export class Border {
  constructor(text) {
    this.astral = []; // where a character of two units begins, in units
    for (let unit = 0; unit < text.length; unit++) {
      const code = text.charCodeAt(unit);
      if (code >= 0xd800 && code < 0xdc00) this.astral.push(unit++);
    }
  }

  /** Units to code points; the middle of a character counts as its beginning. */
  toPoints(units) {
    return units - this.#before((place) => this.astral[place] < units);
  }

  /** Code points to units. */
  toUnits(points) {
    return points + this.#before((place) => this.astral[place] - place < points);
  }

  #before(isBefore) {
    let low = 0, high = this.astral.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(middle)) low = middle + 1; else high = middle;
    }
    return low;
  }
}

/** A stretch of text without white space at its ends, and with whole characters: [start, end) in units; null when nothing is left. */
export function trimmed(text, start, end) {
  while (start < end && /\s/.test(text[start])) start++;
  while (end > start && /\s/.test(text[end - 1])) end--;
  if (start >= end) return null;
  for (const { index, segment } of graphemes(text, start)) if (index < start && index + segment.length > start) start = index;
  for (const { index, segment } of graphemes(text, end)) if (index < end && index + segment.length > end) end = index + segment.length;
  return { start, end };
}

function graphemes(text, at) {
  // Only the surroundings are cut into characters: the longest we know (a family of four with skin tones) has 25 units.
  const from = Math.max(0, at - 40), near = text.slice(from, at + 40);
  return [...new Intl.Segmenter("en", { granularity: "grapheme" }).segment(near)].map(({ index, segment }) => ({ index: index + from, segment }));
}

/** The sentence around a place, [start, end) in units. */
export function sentenceAt(text, at) {
  for (const { index, segment } of new Intl.Segmenter("en", { granularity: "sentence" }).segment(text)) {
    if (index + segment.length > at) return trimmed(text, index, index + segment.length);
  }
  return trimmed(text, 0, text.length);
}

/** The nearest border of a word after (or before) a place, in units. */
export function wordBorder(text, at, direction) {
  const words = [...new Intl.Segmenter("en", { granularity: "word" }).segment(text)].filter((word) => word.isWordLike);
  if (direction > 0) return words.map((word) => word.index + word.segment.length).find((border) => border > at) ?? text.length;
  return words.map((word) => word.index).reverse().find((border) => border < at) ?? 0;
}
