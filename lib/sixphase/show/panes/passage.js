// What is selected: its words, the codings that lie on it, and what can be done with each.
import { button, el, select } from "./elements.js";
import { LOOKS } from "./transcript.js";

export class Passage {
  constructor(pane) {
    this.pane = pane;
    this.title = "Passage";
    this.root = el("section", { class: "sx-panel" });
  }

  refresh() {
    const { pane } = this, span = pane.transcript.span;
    if (this.root.contains(document.activeElement) && document.activeElement.tagName === "TEXTAREA") return; // somebody is writing
    if (!span) return this.root.replaceChildren(el("p", { class: "sx-quiet" }, "Select some words, or click on words that have a code."));
    const here = pane.codingsNow().filter((coding) => coding.start < span.end && coding.end > span.start && pane.drawn(coding).shown);
    const first = pane.transcript.picked;
    here.sort((a, b) => (b.coding_id === first) - (a.coding_id === first) || a.start - b.start);
    const turn = pane.transcript.turnAt(span.start);
    this.root.replaceChildren(el("blockquote", {}, pane.transcript.wordsOf(span), el("footer", {}, `${pane.interview.source_id}, line ${turn.line}, ${turn.speaker}`)),
      el("p", { class: "sx-actions" }, button("Choose a code (c)", () => { pane.open("codes"); pane.panels.codes.choose(); }), button("In vivo (v)", () => pane.panels.codes.inVivo()),
        pane.lastCodes.length ? button(`Again: ${pane.lastCodes.map((id) => pane.code(id).name).join(", ")} (r)`, () => pane.give(pane.lastCodes)) : "",
        button("Memo (m)", () => { pane.open("memos"); pane.panels.memos.begin(); })),
      el("h4", {}, here.length ? "Codings on these words" : "No coding lies on these words."), ...here.map((coding) => this.#coding(coding)));
  }

  #coding(coding) {
    const { pane } = this, { look, own } = pane.drawn(coding), code = pane.code(pane.became(coding.code_id));
    const head = el("p", { class: "sx-coding-head" }, el("i", { class: `sx-swatch sx-look-${look % LOOKS}`, "aria-hidden": "true" }), el("span", {}, el("b", {}, code.name), ` – ${coding.coder_id}, ${coding.created.slice(0, 10)}, pass ${coding.pass}`));
    if (!own) return el("article", { class: "sx-coding" }, head, coding.comment ? el("p", {}, coding.comment) : "", button("I read it so, too", () => pane.give([code.code_id], { start: coding.start, end: coding.end })));
    const note = el("textarea", { rows: 2, "aria-label": `Note on ${code.name}`, placeholder: "A note on this coding", value: coding.comment ?? "", onchange: () => { note.blur(); pane.changeCoding(coding.coding_id, { comment: note.value.trim() }); },
      onkeydown: (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) note.blur(); } });
    const nudge = (label, which, direction) => button(label, () => pane.changeCoding(coding.coding_id, pane.transcript.nudged({ start: coding.start, end: coding.end }, which, direction)), { "aria-label": `${which === "start" ? "Beginning" : "End"} one word ${direction < 0 ? "earlier" : "later"}` });
    const other = select({ "aria-label": "Another code instead", onchange: (event) => pane.changeCoding(coding.coding_id, { code_id: event.target.value }) }, pane.activeCodes().map((one) => [one.code_id, one.name]), code.code_id);
    return el("article", { class: "sx-coding", "data-coding-card": coding.coding_id }, head, note, el("p", { class: "sx-actions" }, other,
      el("span", { class: "sx-group" }, "begins", nudge("◂", "start", -1), nudge("▸", "start", 1)), el("span", { class: "sx-group" }, "ends", nudge("◂", "end", -1), nudge("▸", "end", 1)),
      button("Withdraw", () => pane.withdraw(coding.coding_id))));
  }

  /** Put the cursor into the note of the picked coding. */
  note() {
    this.root.querySelector(`[data-coding-card="${CSS.escape(this.pane.transcript.picked ?? "")}"] textarea`)?.focus();
  }
}
