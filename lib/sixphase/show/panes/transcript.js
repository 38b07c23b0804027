// A transcript by turns: words that can be selected by mouse or keyboard, codings as highlights and stripes, a caret of our own.
// Spans are code points of the canonical transcript everywhere but inside this file, where a turn's text is met in UTF-16 units.
import { Border, sentenceAt, trimmed, wordBorder } from "./border.js";
import { button, el } from "./elements.js";

export const LOOKS = 40; // 8 colours and 5 lines, see pane.css: neighbours differ in both
const LANES = 6;
const LINE = 85; // characters of a line, about: what a turn out of sight is taken to be high
const PIECE = 3000; // characters, about a screen: what is laid out, drawn and watched together
const FEW = 12; // codings that are named beside a turn until somebody asks for all
const READ_AFTER = 1200; // milliseconds: what is in sight at two looks in a row, so far apart, counts as read

export class Transcript {
  /** `told` has `chosen(span)`, `picked(coding ids)`, `moved(coding id, span)` and `read()`. */
  constructor(told) {
    this.told = told;
    this.turns = [];
    this.pieces = [];
    this.codings = new Map();
    this.read = new Set();
    this.span = null;
    this.caretLine = el("div", { class: "sx-caret", hidden: true });
    this.handles = ["start", "end"].map((end) => this.#handle(end));
    this.rows = el("div", { class: "sx-rows" });
    this.scroller = el("div", { class: "sx-transcript", tabindex: 0, role: "region", lang: "", translate: "no", spellcheck: "false" }, this.rows, this.caretLine, ...this.handles);
    this.seen = new IntersectionObserver((pieces) => this.#inSight(pieces), { root: this.scroller, rootMargin: "300px" });
    this.resized = new ResizeObserver(() => this.#redrawSight());
    this.resized.observe(this.scroller);
    this.looks = setInterval(() => this.#look(), READ_AFTER);
    this.rows.addEventListener("mouseup", (event) => this.#released(event));
    this.rows.addEventListener("dblclick", (event) => this.#sentence(event));
  }

  close() {
    this.resized.disconnect();
    clearInterval(this.looks);
    this.#clear();
  }

  #clear() {
    this.seen.disconnect();
    clearTimeout(this.later);
    this.turns.forEach((turn) => this.#unmark(turn));
    for (const name of ["chosen", "found", "picked"]) this.#light(name, []);
  }

  /** Show the turns of a source: `turn`, `line`, `speaker`, `asks`, `start`, `lead` (what stands between the turn before and these words), `text`. */
  show(sourceId, turns) {
    this.#clear();
    this.sourceId = sourceId;
    this.scroller.setAttribute("aria-label", `Transcript of ${sourceId}`);
    this.turns = turns.map((turn, place) => {
      const border = new Border(turn.text);
      return { ...turn, place, border, end: turn.start + border.toPoints(turn.text.length), node: document.createTextNode(turn.text), here: [], marks: [] };
    });
    const widest = Math.max(0, ...this.turns.map((turn) => turn.speaker.length));
    this.rows.style.setProperty("--sx-label", `${Math.min(7, Math.max(3.2, 0.5 + widest * 0.5)).toFixed(1)}rem`);
    this.pieces = inPieces(this.turns).map((turns, place) => this.#piece(turns, place));
    this.rows.replaceChildren(...this.pieces.map((piece) => piece.root));
    this.codings.clear();
    this.read = new Set();
    this.before = new Set();
    this.caret = this.anchor = this.turns.length ? { turn: this.turns[0], unit: 0 } : null;
    this.span = null;
    this.pieces.forEach((piece) => this.seen.observe(piece.root));
    this.scroller.scrollTop = 0;
    this.#placeCaret();
  }

  /** Some turns: out of sight the browser lays them out no more. The first piece is in sight until we hear otherwise. */
  #piece(turns, place) {
    const high = turns.reduce((sum, turn) => sum + 8 + 26 * Math.ceil((turn.text.length + 1) / LINE), 0);
    const piece = { turns, inSight: place === 0, root: el("div", { class: "sx-piece", "data-piece": place, style: `contain-intrinsic-height: auto ${high}px` }, turns.map((turn) => this.#row(turn))) };
    turns.forEach((turn) => { turn.piece = piece; });
    return piece;
  }

  #row(turn) {
    turn.words = el("div", { class: "sx-words" }, turn.node);
    turn.given = el("ul", { class: "sx-given" });
    turn.stripes = el("div", { class: "sx-stripes", "aria-hidden": "true" });
    turn.row = el("div", { class: turn.asks ? "sx-turn sx-asks" : "sx-turn" },
      el("span", { class: "sx-line", "aria-hidden": "true", title: "Select this turn", onclick: () => this.chooseTurn(turn) }, String(turn.line)),
      el("span", { class: "sx-who", title: turn.speaker }, turn.speaker), turn.words, turn.stripes, turn.given);
    return turn.row;
  }

  // ---- codings

  /** Draw all codings afresh. `drawn(coding)` gives `look`, `name`, `label`, `shown`. */
  setCodings(codings, drawn) {
    this.drawn = drawn;
    this.codings = new Map(codings.map((coding) => [coding.coding_id, coding]));
    this.#lanes();
    for (const turn of this.turns) turn.here = [];
    for (const coding of this.codings.values()) {
      if (!drawn(coding).shown) continue;
      for (const turn of this.turnsOf(coding)) turn.here.push(coding);
    }
    this.pieces.forEach((piece) => { piece.stale = true; });
    this.#redrawSight();
    this.#drawLater();
  }

  /** What is out of sight is drawn afterwards, piece by piece, so that nobody waits for it; whoever searches or listens finds it whole. */
  #drawLater() {
    clearTimeout(this.later);
    const piece = this.pieces.find((one) => one.stale);
    if (piece) this.later = setTimeout(() => { this.#margins(piece); this.#drawLater(); });
  }

  #margins(piece) {
    if (piece.stale) piece.turns.forEach((turn) => this.#margin(turn));
    piece.stale = false;
  }

  /** Add a coding, or put a changed one in its place. */
  put(coding) {
    this.drop(coding.coding_id);
    this.codings.set(coding.coding_id, coding);
    if (!this.drawn(coding).shown) return;
    const turns = this.turnsOf(coding), taken = new Set(turns.flatMap((turn) => turn.here).filter((other) => other.start < coding.end && other.end > coding.start).map((other) => other.lane));
    coding.lane = 0;
    while (taken.has(coding.lane)) coding.lane++;
    turns.forEach((turn) => turn.here.push(coding));
    this.#redraw(turns);
  }

  drop(id) {
    const coding = this.codings.get(id);
    if (!coding) return;
    this.codings.delete(id);
    const turns = this.turnsOf(coding);
    for (const turn of turns) turn.here = turn.here.filter((other) => other.coding_id !== id);
    this.#redraw(turns);
  }

  #redraw(turns) {
    turns.forEach((turn) => this.#margin(turn));
    this.#draw(turns.filter((turn) => turn.piece.inSight));
  }

  /** Highlight the codings of a turn. Only turns in sight have highlights: thousands of ranges would slow every frame. */
  #mark(turn) {
    this.#unmark(turn);
    turn.marks = turn.here.map((coding) => [`sixphase-${this.drawn(coding).look % LOOKS}`, this.#range(turn, coding.start, coding.end)]);
    for (const [name, range] of turn.marks) highlight(name).add(range);
  }

  #unmark(turn) {
    for (const [name, range] of turn.marks) highlight(name).delete(range);
    turn.marks = [];
  }

  #margin(turn) {
    const ordered = turn.here.sort((a, b) => a.start - b.start || a.end - b.end || (a.coding_id < b.coding_id ? -1 : 1));
    const few = turn.unfolded ? ordered : ordered.slice(0, FEW);
    const unfold = () => { turn.unfolded = true; this.#margin(turn); };
    turn.given.replaceChildren(...few.map((coding) => {
      const { look, name, label } = this.drawn(coding);
      const chip = button([el("i", { class: `sx-swatch sx-look-${look % LOOKS}`, "aria-hidden": "true" }), name], () => this.pick([coding.coding_id]),
        { class: `sx-chip${coding.pending ? " sx-pending" : ""}`, "data-coding": coding.coding_id, "aria-label": `${label}: “${short(this.wordsOf(coding))}”`, title: label });
      return el("li", {}, chip);
    }), ...(few.length < ordered.length ? [el("li", {}, button(`and ${ordered.length - few.length} more`, unfold, { class: "sx-chip" }))] : []));
  }

  /** Which stripe a coding has: the first lane that is free where it begins. */
  #lanes() {
    const ends = [];
    for (const coding of [...this.codings.values()].filter((one) => this.drawn(one).shown).sort((a, b) => a.start - b.start || b.end - a.end)) {
      let lane = ends.findIndex((end) => end <= coding.start);
      if (lane < 0) lane = ends.length;
      ends[lane] = coding.end;
      coding.lane = lane;
    }
  }

  #inSight(pieces) {
    const come = [];
    for (const { target, isIntersecting } of pieces) {
      const piece = this.pieces[Number(target.dataset.piece)];
      if (piece?.root !== target) continue;
      piece.inSight = isIntersecting;
      if (isIntersecting) come.push(piece); else piece.turns.forEach((turn) => this.#unmark(turn));
    }
    this.#drawPieces(come);
  }

  /** Look which turns are in sight; those that were so at the look before have been read. */
  #look() {
    if (document.hidden || !this.scroller.isConnected) return;
    const box = this.scroller.getBoundingClientRect();
    const now = this.pieces.filter((piece) => piece.inSight).flatMap((piece) => piece.turns).filter((turn) => {
      const own = turn.row.getBoundingClientRect();
      return own.bottom > box.top && own.top < box.bottom;
    });
    const read = now.filter((turn) => this.before.has(turn) && !this.read.has(turn.turn));
    this.before = new Set(now);
    read.forEach((turn) => this.read.add(turn.turn));
    if (read.length) this.told.read();
  }

  #redrawSight() {
    this.#drawPieces(this.pieces.filter((piece) => piece.inSight));
    this.#placeCaret();
    this.#placeHandles();
  }

  #drawPieces(pieces) {
    pieces.forEach((piece) => this.#margins(piece));
    this.#draw(pieces.flatMap((piece) => piece.turns));
  }

  /** Draw highlights and stripes of turns in sight: all is measured before anything is drawn, so that the page is laid out once. */
  #draw(turns) {
    turns.forEach((turn) => this.#mark(turn));
    const measured = turns.map((turn) => {
      const top = turn.here.length ? turn.words.getBoundingClientRect().top : 0;
      return [turn, turn.here.filter((coding) => coding.lane < LANES).map((coding) => {
        const box = this.#range(turn, coding.start, coding.end).getBoundingClientRect();
        return el("i", { class: `sx-stripe sx-look-${this.drawn(coding).look % LOOKS}`, style: `top:${(box.top - top).toFixed(1)}px;height:${box.height.toFixed(1)}px;left:${coding.lane * 9}px` });
      })];
    });
    for (const [turn, bars] of measured) turn.stripes.replaceChildren(...bars);
  }

  // ---- spans

  turnAt(point) {
    let low = 0, high = this.turns.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.turns[middle].start <= point) low = middle; else high = middle - 1;
    }
    return this.turns[low];
  }

  turnsOf(span) {
    if (!this.turns.length) return [];
    const found = [];
    for (let place = this.turnAt(span.start).place; place < this.turns.length && this.turns[place].start < span.end; place++) {
      if (this.turns[place].end > span.start) found.push(this.turns[place]);
    }
    return found;
  }

  /** The words of a span, as they stand in the transcript, with what stands between its turns. */
  wordsOf(span) {
    return this.turnsOf(span).map((turn, place) => (place ? turn.lead : "") + turn.text.slice(...this.#units(turn, span))).join("");
  }

  #units(turn, span) {
    return [span.start > turn.start ? turn.border.toUnits(span.start - turn.start) : 0, span.end < turn.end ? turn.border.toUnits(span.end - turn.start) : turn.text.length];
  }

  #range(turn, start, end) {
    const range = new Range(), [from, to] = this.#units(turn, { start, end });
    range.setStart(turn.node, from);
    range.setEnd(turn.node, to);
    return range;
  }

  #rangesOf(span) {
    return this.turnsOf(span).map((turn) => this.#range(turn, span.start, span.end));
  }

  #light(name, spans) {
    highlight(`sixphase-${name}`).clear();
    for (const span of spans) this.#rangesOf(span).forEach((range) => highlight(`sixphase-${name}`).add(range));
  }

  /** The span between two places, its ends trimmed to words; null when there are none. */
  #between(from, to) {
    let [first, last] = from.turn.place < to.turn.place || (from.turn === to.turn && from.unit <= to.unit) ? [from, to] : [to, from];
    if (last.unit === 0 && last.turn !== first.turn) last = { turn: this.turns[last.turn.place - 1], unit: this.turns[last.turn.place - 1].text.length };
    while (first.turn !== last.turn && !first.turn.text.slice(first.unit).trim()) first = { turn: this.turns[first.turn.place + 1], unit: 0 };
    while (first.turn !== last.turn && !last.turn.text.slice(0, last.unit).trim()) {
      last = { turn: this.turns[last.turn.place - 1], unit: this.turns[last.turn.place - 1].text.length };
    }
    const head = trimmed(first.turn.text, first.unit, first.turn === last.turn ? last.unit : first.turn.text.length);
    const tail = first.turn === last.turn ? head : trimmed(last.turn.text, 0, last.unit);
    return head && tail ? { start: first.turn.start + first.turn.border.toPoints(head.start), end: last.turn.start + last.turn.border.toPoints(tail.end) } : null;
  }

  /** A place in the page as a place in a turn. Labels and chips are no words: they count as the nearest words. */
  #place(node, offset) {
    const own = this.turns.find((turn) => turn.node === node);
    if (own) return { turn: own, unit: offset };
    const here = new Range();
    here.setStart(node, offset);
    for (const turn of this.turns) {
      if (here.comparePoint(turn.node, 0) >= 0) return { turn, unit: 0 };
      if (here.comparePoint(turn.node, turn.text.length) >= 0) return { turn, unit: turn.text.length };
    }
    const last = this.turns[this.turns.length - 1];
    return { turn: last, unit: last.text.length };
  }

  #released(event) {
    const selection = getSelection();
    if (!selection.rangeCount || !this.rows.contains(selection.anchorNode) || !this.rows.contains(selection.focusNode)) return;
    this.anchor = this.#place(selection.anchorNode, selection.anchorOffset);
    this.caret = this.#place(selection.focusNode, selection.focusOffset);
    this.#placeCaret();
    if (!selection.isCollapsed) return this.choose(this.#between(this.anchor, this.caret));
    if (event.target.closest(".sx-words")) this.pickAt(this.#point(this.caret));
  }

  #sentence(event) {
    const selection = getSelection();
    if (!selection.rangeCount || !event.target.closest(".sx-words")) return;
    this.caret = this.#place(selection.anchorNode, selection.anchorOffset);
    this.chooseSentence();
  }

  #point(place) {
    return place.turn.start + place.turn.border.toPoints(place.unit);
  }

  /** Choose a span to act on; null chooses nothing. */
  choose(span) {
    this.span = span;
    this.#light("chosen", span ? [span] : []);
    this.#light("picked", []);
    this.picked = null;
    this.#placeHandles();
    this.told.chosen(span);
  }

  chooseSentence() {
    const found = sentenceAt(this.caret.turn.text, this.caret.unit);
    if (found) this.#chooseUnits(this.caret.turn, found);
  }

  chooseTurn(turn = this.caret?.turn) {
    const found = turn && trimmed(turn.text, 0, turn.text.length);
    if (found) this.#chooseUnits(turn, found);
  }

  #chooseUnits(turn, { start, end }) {
    this.anchor = { turn, unit: start };
    this.caret = { turn, unit: end };
    this.#select();
    this.choose(this.#between(this.anchor, this.caret));
  }

  /** Point out codings, with handles for the first. */
  pick(ids) {
    const found = ids.map((id) => this.codings.get(id)).filter(Boolean);
    this.span = found.length ? { start: found[0].start, end: found[0].end } : null;
    this.picked = found.length ? found[0].coding_id : null;
    this.#light("chosen", []);
    this.#light("picked", found.slice(0, 1));
    this.#placeHandles();
    this.told.picked(found);
  }

  pickAt(point) {
    const here = [...this.codings.values()].filter((coding) => coding.start <= point && point < coding.end && this.drawn(coding).shown);
    const ordered = here.sort((a, b) => (a.end - a.start) - (b.end - b.start) || (a.coding_id < b.coding_id ? -1 : 1));
    if (ordered.length) this.pick(ordered.map((coding) => coding.coding_id)); else this.choose(null);
  }

  found(spans) { this.#light("found", spans); }

  /** Bring a span into view, with the caret at its beginning. */
  goTo(span) {
    const turn = this.turnAt(span.start);
    this.caret = this.anchor = { turn, unit: turn.border.toUnits(Math.max(0, span.start - turn.start)) };
    turn.row.scrollIntoView({ block: "nearest" });
    const box = this.scroller.getBoundingClientRect(), at = this.#caretBox();
    this.scroller.scrollTop += (at?.top ?? turn.row.getBoundingClientRect().top) - box.top - box.height / 3;
    this.#select();
  }

  // ---- the span's handles

  #handle(which) {
    const made = el("div", { class: `sx-handle sx-${which}`, hidden: true, "aria-hidden": "true", title: `Drag to move the ${which}` });
    made.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      made.setPointerCapture(event.pointerId);
      const coding = this.codings.get(this.picked);
      let span = coding && { start: coding.start, end: coding.end };
      const move = (moved) => {
        made.style.pointerEvents = "none";
        const at = under(moved.clientX, moved.clientY);
        made.style.pointerEvents = "";
        if (!span || !at || !this.rows.contains(at.node)) return;
        const point = this.#point(this.#place(at.node, at.offset));
        const wanted = which === "start" ? { start: point, end: span.end } : { start: span.start, end: point };
        if (wanted.start < wanted.end) { span = wanted; this.#light("picked", [span]); }
      };
      made.onpointermove = move;
      made.onpointerup = made.onpointercancel = () => {
        made.onpointermove = made.onpointerup = made.onpointercancel = null;
        if (span) this.told.moved(coding.coding_id, this.trim(span));
      };
    });
    return made;
  }

  /** A span with its ends brought to words. */
  trim(span) {
    const first = this.turnAt(span.start), last = this.turnAt(span.end - 1);
    return this.#between({ turn: first, unit: first.border.toUnits(span.start - first.start) }, { turn: last, unit: last.border.toUnits(Math.min(span.end, last.end) - last.start) });
  }

  /** Move one end of a span by a word. */
  nudged(span, which, direction) {
    const turn = this.turnAt(which === "start" ? span.start : span.end - 1);
    const unit = wordBorder(turn.text, turn.border.toUnits((which === "start" ? span.start : span.end) - turn.start), direction);
    const wanted = { ...span, [which]: turn.start + turn.border.toPoints(unit) };
    return wanted.start < wanted.end ? wanted : span;
  }

  #placeHandles() {
    const coding = this.codings.get(this.picked), movable = coding && this.drawn(coding).own;
    this.handles.forEach((handle) => { handle.hidden = !movable; });
    if (!movable) return;
    const ranges = this.#rangesOf(coding), box = this.scroller.getBoundingClientRect();
    const first = ranges[0].getClientRects()[0], rects = ranges[ranges.length - 1].getClientRects(), last = rects[rects.length - 1];
    if (!first || !last) return;
    place(this.handles[0], first.left - box.left, first.top - box.top + this.scroller.scrollTop, first.height);
    place(this.handles[1], last.right - box.left, last.top - box.top + this.scroller.scrollTop, last.height);
  }

  // ---- the caret, for those who work without a mouse

  #caretBox() {
    const { turn, unit } = this.caret, range = new Range();
    range.setStart(turn.node, Math.max(0, Math.min(unit, turn.text.length - 1)));
    range.setEnd(turn.node, Math.min(turn.text.length, Math.max(unit, 0) + (unit < turn.text.length ? 1 : 0)));
    const rects = range.getClientRects(), box = rects[unit < turn.text.length ? 0 : rects.length - 1];
    return box && { left: unit < turn.text.length ? box.left : box.right, top: box.top, bottom: box.bottom, height: box.height };
  }

  #placeCaret() {
    const shown = this.caret && document.activeElement === this.scroller;
    const box = shown && this.#caretBox();
    this.caretLine.hidden = !box;
    if (!box) return;
    const own = this.scroller.getBoundingClientRect();
    place(this.caretLine, box.left - own.left, box.top - own.top + this.scroller.scrollTop, box.height);
  }

  #select() {
    getSelection().setBaseAndExtent(this.anchor.turn.node, this.anchor.unit, this.caret.turn.node, this.caret.unit);
    this.#placeCaret();
  }

  focus() {
    this.scroller.focus({ preventScroll: true });
    this.#placeCaret();
  }

  /** Move the caret: `by` is character, word, line, turn or page; with `extend` the chosen span grows with it. */
  move(by, direction, extend) {
    if (!this.caret) return;
    this.caret = this.#moved(by, direction) ?? this.caret;
    if (!extend) this.anchor = this.caret;
    this.#select();
    this.#keepInSight();
    this.choose(extend ? this.#between(this.anchor, this.caret) : null);
  }

  #moved(by, direction) {
    const { turn, unit } = this.caret, next = this.turns[turn.place + direction];
    const beyond = () => next && { turn: next, unit: direction > 0 ? 0 : next.text.length };
    if (by === "turn") return next && { turn: next, unit: 0 };
    if (by === "page") {
      const wanted = turn.row.getBoundingClientRect().top + direction * this.scroller.clientHeight * 0.9;
      const rows = direction > 0 ? this.turns.slice(turn.place + 1) : this.turns.slice(0, turn.place).reverse();
      const found = rows.find((other) => direction * (other.row.getBoundingClientRect().top - wanted) >= 0) ?? rows[rows.length - 1];
      return found && { turn: found, unit: 0 };
    }
    if (by === "line") {
      const box = this.#caretBox();
      const at = box && under(box.left + 1, direction > 0 ? box.bottom + box.height / 2 : box.top - box.height / 2);
      if (at && at.node === turn.node) return { turn, unit: at.offset };
      return beyond() && { turn: next, unit: direction > 0 ? 0 : next.text.length };
    }
    if (direction > 0 ? unit >= turn.text.length : unit <= 0) return beyond();
    if (by === "word") return { turn, unit: wordBorder(turn.text, unit, direction) };
    const pieces = [...new Intl.Segmenter("en", { granularity: "grapheme" }).segment(turn.text)].map((piece) => piece.index).concat(turn.text.length);
    return { turn, unit: direction > 0 ? pieces.find((place) => place > unit) : pieces.reverse().find((place) => place < unit) };
  }

  #keepInSight() {
    const at = this.#caretBox(), box = this.scroller.getBoundingClientRect();
    if (!at) return this.caret.turn.row.scrollIntoView({ block: "nearest" });
    if (at.top < box.top + 30) this.scroller.scrollTop -= box.top + 60 - at.top;
    if (at.bottom > box.bottom - 30) this.scroller.scrollTop += at.bottom - box.bottom + 60;
    this.#placeCaret();
  }

  /** Where the caret is, in code points. */
  get point() { return this.caret ? this.#point(this.caret) : 0; }
}

/** Turns in pieces of about a screen each. */
function inPieces(turns) {
  const pieces = [];
  let room = 0;
  for (const turn of turns) {
    if (room <= 0) { pieces.push([]); room = PIECE; }
    pieces[pieces.length - 1].push(turn);
    room -= turn.text.length + LINE;
  }
  return pieces;
}

function highlight(name) {
  if (!CSS.highlights.has(name)) CSS.highlights.set(name, new Highlight());
  const found = CSS.highlights.get(name);
  found.priority = name.endsWith("chosen") ? 3 : name.endsWith("picked") ? 2 : name.endsWith("found") ? 1 : 0;
  return found;
}

function under(x, y) {
  if (document.caretPositionFromPoint) {
    const found = document.caretPositionFromPoint(x, y);
    return found && { node: found.offsetNode, offset: found.offset };
  }
  const found = document.caretRangeFromPoint(x, y);
  return found && { node: found.startContainer, offset: found.startOffset };
}

function place(made, left, top, height) {
  made.style.cssText = `left:${left.toFixed(1)}px;top:${top.toFixed(1)}px;height:${height.toFixed(1)}px`;
}

function short(words) {
  return words.length > 90 ? `${words.slice(0, 88)}…` : words;
}
