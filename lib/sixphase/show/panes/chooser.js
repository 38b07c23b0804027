// Choosing a passage of a transcript: by mouse, or by looking for words and moving the ends a word at a time.
import { button, el, field } from "./elements.js";
import { Border, trimmed, wordBorder } from "./border.js";

export class Chooser {
  constructor(work) {
    this.work = work;
    this.of = null;
  }

  /** Open the transcript of a coding that waits, at the place proposed for it. */
  async open(row) {
    this.of = row.coding_id;
    this.row = row;
    this.work.beside.open(`${row.source_id}, the new version`, el("p", { class: "sx-quiet" }, "One moment …")); // nothing of the coding before can be placed meanwhile
    try {
      const told = await this.work.connection.ask("transcript", { source_id: row.source_id });
      if (this.of !== row.coding_id) return; // another one was opened meanwhile
      this.turns = told.turns;
      this.text = told.turns.map((turn) => turn.lead + turn.text).join("");
      this.border = new Border(this.text);
      this.span = row.start === null ? null : { start: this.border.toUnits(row.start), end: this.border.toUnits(row.end) };
      this.words = el("div", { class: "sx-choosing", onmousedown: () => document.addEventListener("mouseup", () => this.#selected(), { once: true }) }); // wherever it is let go
      this.find = el("input", { type: "search", "data-key": "find", onkeydown: (event) => { if (event.key === "Enter") { event.preventDefault(); this.#look(); } } });
      const move = (label, end, direction) => button(label, () => this.#move(end, direction), { "data-key": `move ${end} ${direction}` });
      this.work.beside.open(`${row.source_id}, the new version`, el("p", { class: "sx-quiet" }, "Select the words by mouse; or look for them, and move the ends word by word."),
        field("Look for (Enter: the next place)", ({ id }) => { this.find.id = id; return this.find; }),
        el("p", { class: "sx-actions" }, move("◂ Start earlier", "start", -1), move("Start later ▸", "start", 1), move("◂ End earlier", "end", -1), move("End later ▸", "end", 1)),
        el("p", { class: "sx-actions" }, this.here = button("Place it here", () => this.#place(), { "data-key": "here" })), this.words);
      this.#draw();
    } catch (error) { this.work.say(error.message); }
  }

  focus() { this.find?.focus(); }

  #place() {
    const { row, border, span } = this;
    this.work.place(row, border.toPoints(span.start), border.toPoints(span.end), this.text.slice(span.start, span.end));
  }

  #draw() {
    let at = 0;
    const inside = (turn, start) => {
      const { span } = this, from = span ? Math.max(0, Math.min(turn.text.length, span.start - start)) : 0, to = span ? Math.max(from, Math.min(turn.text.length, span.end - start)) : 0;
      return [turn.text.slice(0, from), to > from ? el("mark", {}, turn.text.slice(from, to)) : "", turn.text.slice(to)];
    };
    this.words.replaceChildren(...this.turns.map((turn) => {
      const start = (at += turn.lead.length);
      at += turn.text.length;
      return el("p", { class: turn.asks ? "sx-turn-read sx-asks" : "sx-turn-read" }, el("small", {}, `${turn.line} ${turn.speaker} `), el("span", { "data-start": start }, inside(turn, start)));
    }));
    this.here.disabled = !this.span;
    const mark = this.words.querySelector("mark"), box = this.work.beside.root;
    if (mark) box.scrollTop += mark.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 2;
  }

  /** Take what was selected by mouse. */
  #selected() {
    const chosen = this.words.ownerDocument.getSelection();
    if (!chosen || chosen.isCollapsed || !this.words.contains(chosen.anchorNode) || !this.words.contains(chosen.focusNode)) return;
    const range = chosen.getRangeAt(0);
    const span = trimmed(this.text, this.#unit(range.startContainer, range.startOffset), this.#unit(range.endContainer, range.endOffset));
    if (span) this.#choose(span);
  }

  /** Where a point of the page is in the text, in units; a point beside the words counts as the beginning of those that follow. */
  #unit(node, offset) {
    const words = [...this.words.querySelectorAll("[data-start]")], point = this.words.ownerDocument.createRange();
    point.setStart(node, offset);
    const own = words.find((span) => span.contains(node)), next = words.find((span) => point.comparePoint(span, 0) >= 0);
    if (!own) return next ? Number(next.dataset.start) : this.text.length;
    const before = this.words.ownerDocument.createRange();
    before.selectNodeContents(own);
    before.setEnd(node, offset);
    return Number(own.dataset.start) + before.toString().length;
  }

  #choose(span) {
    this.span = span;
    this.#draw();
    this.work.say(`Chosen: ${this.text.slice(span.start, span.end).slice(0, 200)}`);
  }

  #look() {
    const words = this.find.value.trim().toLowerCase(), text = this.text.toLowerCase();
    if (!words) return this.work.say("Write the words to look for.");
    const found = text.indexOf(words, this.span ? this.span.start + 1 : 0), at = found < 0 ? text.indexOf(words) : found;
    if (at < 0) return this.work.say("These words do not stand in the new version.");
    this.#choose({ start: at, end: at + words.length });
  }

  #move(end, direction) {
    if (!this.span) return this.work.say("Look for some words first.");
    const moved = { ...this.span, [end]: wordBorder(this.text, this.span[end], direction) };
    if (moved.start < moved.end) this.#choose(trimmed(this.text, moved.start, moved.end) ?? this.span);
  }
}
