// One cell of the framework matrix: its passages, numbered, and the sentences that sum them up, each linked to those it rests on.
import { button, counted, el, field, fill, select } from "./elements.js";
import { drafts } from "./writing.js";

const STATES = [["summary", "summed up"], ["asked, nothing said", "asked, nothing said"], ["not asked", "not asked"], ["not yet charted", "not yet charted"]];

/** What a cell says, as an act says it. */
export function saidOf(cell) { return cell.state === "summary" ? cell.sentences : cell.state; }

export class Cell {
  constructor(work) {
    this.work = work;
    this.root = el("section", { class: "sx-cell sx-panel", hidden: true, tabindex: -1, "aria-label": "The cell that is open" });
    this.root.addEventListener("keydown", (event) => this.#key(event));
  }

  is(cell) { return Boolean(this.of) && this.#id(cell) === this.#id(this.of); }

  #id(cell) { return `${this.work.connection.desk} ${cell.participant_id}/${cell.source_id}/${cell.theme_id}`; }

  get #now() { return this.work.cellAt(this.of.participant_id, this.of.source_id, this.of.theme_id); }

  async open(cell) {
    const { work } = this;
    try {
      const { passages, now } = await work.connection.ask("cell", { participant_id: cell.participant_id, source_id: cell.source_id, theme_id: cell.theme_id, named: cell.sentences.flatMap((sentence) => sentence.codings) });
      Object.assign(this, { of: cell, passages, now });
      this.root.hidden = false;
      work.redraw();
      this.#draw();
      this.root.scrollTop = 0;
      (this.root.querySelector("textarea") ?? this.root.querySelector("select")).focus();
      work.say(`${cell.participant_id}, ${this.#theme().name}: ${counted(passages.length, "passage")}`);
    } catch (error) { work.say(error.message); }
  }

  /** Draw the cell as it is now, unless somebody is writing in it. */
  refresh() { if (this.of && !drafts.has(this.#id(this.of))) this.#draw(); }

  #theme() { return this.work.themes.find((theme) => theme.theme_id === this.of.theme_id); }

  /** What is being written: begun from what stands in the cell. */
  #draft() {
    const cell = this.#now, begun = drafts.get(this.#id(this.of));
    return begun ?? { state: cell.state === "not yet charted" && this.passages.length ? "summary" : cell.state, sentences: cell.sentences.length ? cell.sentences.map((one) => ({ says: one.says, codings: [...one.codings] })) : [{ says: "", codings: [] }], was: cell.summary_id ?? "" };
  }

  #change(draft, alter, focus) {
    alter(draft);
    drafts.set(this.#id(this.of), draft);
    if (focus !== undefined) { this.#draw(); this.root.querySelector(`[data-key="${CSS.escape(focus)}"]`)?.focus(); }
  }

  #draw() {
    const draft = this.#draft(), cell = this.#now, { passages } = this;
    fill(this.root, el("p", { class: "sx-actions" }, el("strong", {}, `${cell.participant_id} (${cell.source_id}): ${this.#theme().name}`), el("span", { class: "sx-quiet" }, cell.summary_id ? `${cell.state}, by ${cell.by}` : "not yet charted"), button("Close", () => this.shut(), { "data-key": "close" })),
      cell.look_at ? el("p", { class: "sx-ask" }, cell.look_at) : "", draft.was !== (cell.summary_id ?? "") ? el("p", { class: "sx-ask" }, "Somebody charted this cell after you began. What you keep will not be written over it: copy it, leave it, and write again.") : "",
      el("div", { class: "sx-two-sides" },
        el("div", {}, el("h5", {}, `Its passages: ${passages.length}`), passages.length ? el("ol", { class: "sx-passages" }, passages.map((one) => el("li", {}, el("blockquote", {}, one.words, el("footer", {}, this.work.beside.place(one), ` ${one.code}${one.comment ? ` – ${one.comment}` : ""}`))))) : el("p", { class: "sx-quiet" }, "Nothing is coded in this cell. Was this person asked?"),
          button("Open the transcript", () => this.work.beside.transcript(cell.source_id), { "data-key": "transcript" })),
        el("form", { "aria-label": "What the cell says", onsubmit: (event) => { event.preventDefault(); this.keep(); } }, field("This cell is", (a) => select({ ...a, "data-key": "state", onchange: (event) => this.#change(draft, () => { draft.state = event.target.value; }, "state") }, STATES, draft.state)),
          draft.state === "summary" ? [draft.sentences.map((sentence, place) => this.#sentence(draft, sentence, place)), el("p", { class: "sx-actions" }, button("Add a sentence", () => this.#change(draft, () => draft.sentences.push({ says: "", codings: [] }), `sentence ${draft.sentences.length}`), { "data-key": "add" }))] : "",
          el("p", { class: "sx-actions" }, el("button", { type: "submit" }, "Keep it"), button("Leave it", () => { drafts.delete(this.#id(this.of)); this.shut(); })))));
  }

  #sentence(draft, sentence, place) {
    const { passages } = this, label = `Sentence ${place + 1}`, gone = sentence.codings.filter((id) => !passages.some((one) => one.coding_id === id));
    const toggle = (id, focus) => this.#change(draft, () => { sentence.codings = sentence.codings.includes(id) ? sentence.codings.filter((other) => other !== id) : [...sentence.codings, id]; }, focus);
    return el("div", { class: "sx-sentence" }, el("textarea", { rows: 2, "aria-label": label, "data-key": `sentence ${place}`, value: sentence.says, placeholder: "one sentence, in your words", oninput: (event) => this.#change(draft, () => { sentence.says = event.target.value; }) }),
      el("p", { class: "sx-actions" }, el("span", { class: "sx-quiet" }, passages.length ? "rests on" : "there is no passage to rest on"),
        passages.map((one, number) => button(`[${number + 1}]`, () => toggle(one.coding_id, `link ${place} ${number}`), { "aria-pressed": String(sentence.codings.includes(one.coding_id)), "aria-label": `${label} rests on passage ${number + 1}: ${one.words.slice(0, 60)}`, "data-key": `link ${place} ${number}` })),
        draft.sentences.length > 1 ? button("Take out", () => this.#change(draft, () => draft.sentences.splice(place, 1), `sentence ${Math.max(0, place - 1)}`), { "aria-label": `Take out: ${label}` }) : ""),
      gone.map((id) => el("p", { class: "sx-actions sx-ask" }, this.now[id] ? "The passage it rests on was changed. " : "The passage it rests on was withdrawn, or is no longer in this category. ",
        this.now[id] ? button("I have read it again: link it", () => this.#change(draft, () => { sentence.codings = [...new Set(sentence.codings.map((other) => (other === id ? this.now[id] : other)))]; }, `sentence ${place}`), { "aria-label": `${label}: link the changed passage` }) : "", button("Unlink it", () => toggle(id, `sentence ${place}`), { "aria-label": `${label}: unlink the passage that is gone` }))));
  }

  keep() {
    const { work } = this, draft = this.#draft(), cell = this.#now;
    const sentences = draft.sentences.map((one) => ({ says: one.says.trim(), codings: one.codings })).filter((one) => one.says);
    const bare = sentences.findIndex((one) => !one.codings.length), stale = sentences.findIndex((one) => one.codings.some((id) => !this.passages.some((passage) => passage.coding_id === id)));
    if (draft.state === "summary" && !sentences.length) { this.root.querySelector("textarea")?.focus(); return work.say("Write a sentence, or say that nothing was said or asked."); }
    if (draft.state === "summary" && bare >= 0) { this.root.querySelector(`[data-key="${CSS.escape(`link ${bare} 0`)}"]`)?.focus(); return work.say(`“${sentences[bare].says}” rests on no passage yet: link one.`); }
    if (draft.state === "summary" && stale >= 0) return work.say(`“${sentences[stale].says}” rests on a passage that is gone: link another, or unlink it.`);
    drafts.delete(this.#id(this.of));
    const said = draft.state === "summary" ? sentences : draft.state;
    if (JSON.stringify(said) === JSON.stringify(saidOf(cell))) { work.say("Nothing was changed."); return this.shut(); }
    work.chart({ ...cell, summary_id: draft.was }, said);
    this.#draw();
  }

  /** Back to the grid; what was begun is there again when the cell is opened. */
  shut() {
    this.root.hidden = true;
    this.of = null;
    this.work.redraw();
    this.work.goTo(...this.work.at);
  }

  #key(event) {
    if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); this.shut(); }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); event.stopPropagation(); this.keep(); }
  }
}
