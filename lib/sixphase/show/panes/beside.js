// The side: passages to read, each with the way to its place in the transcript, and the transcript itself.
import { button, el } from "./elements.js";
import { Border } from "./border.js";

export class Beside {
  constructor(work) {
    this.work = work;
    this.root = el("aside", { class: "sx-beside sx-panel", tabindex: 0, "aria-label": "To read beside it" }, el("p", { class: "sx-quiet" }, "What you open to read is shown here."));
    this.before = [];
  }

  /** Show something, with a way back to what was there before. */
  show(heading, ...parts) {
    this.before.push([...this.root.childNodes]);
    this.#put(el("p", { class: "sx-actions" }, el("strong", {}, heading), button("Close", () => this.back())), ...parts);
  }

  /** Begin anew with something. */
  open(heading, ...parts) {
    this.before = [];
    this.#put(el("h4", {}, heading), ...parts);
  }

  back() {
    const parts = this.before.pop();
    if (parts) this.#put(...parts);
  }

  #put(...parts) {
    this.root.replaceChildren(...parts.flat(Infinity).filter(Boolean));
    this.root.scrollTop = 0;
  }

  /** Passages as quotations, each with a button to its place. */
  quoted(passages) {
    return passages.map((passage) => el("blockquote", {}, passage.words, el("footer", {}, this.place(passage), passage.comment ? ` ${passage.comment}` : "")));
  }

  place(passage) {
    return button(`${passage.source_id}, line ${passage.line}`, () => this.transcript(passage.source_id, passage), { class: "sx-place" });
  }

  /** Open a transcript, at a passage if one is given; `more` is shown above it. */
  async transcript(sourceId, passage = null, more = null) {
    try {
      const told = await this.work.connection.ask("transcript", { source_id: sourceId });
      const border = new Border(told.turns.map((turn) => turn.lead + turn.text).join(""));
      const span = passage && { start: border.toUnits(passage.start), end: border.toUnits(passage.end) };
      let at = 0;
      const turns = told.turns.map((turn) => { const start = (at += turn.lead.length); at += turn.text.length; return el("p", { class: turn.asks ? "sx-turn-read sx-asks" : "sx-turn-read" },
        el("small", {}, `${turn.line} ${turn.speaker} `), marked(turn.text, span ? span.start - start : 0, span ? span.end - start : 0)); });
      this.show(sourceId, more, turns);
      const mark = this.root.querySelector("mark");
      if (mark) this.root.scrollTop += mark.getBoundingClientRect().top - this.root.getBoundingClientRect().top - 120;
      this.root.focus({ preventScroll: true });
      this.work.say(`${sourceId} is open beside it.`);
    } catch (error) { this.work.say(error.message); }
  }
}

function marked(text, start, end) {
  const from = Math.max(0, Math.min(text.length, start)), to = Math.max(0, Math.min(text.length, end));
  return to > from ? [text.slice(0, from), el("mark", {}, text.slice(from, to)), text.slice(to)] : [text];
}
