// The lines of the thematic map: from one theme to another, with its words and a reason. Drawn by people, one by one.
import { button, el, field, select } from "./elements.js";

export class Lines {
  constructor(board) { this.board = board; }

  open() {
    const { board } = this;
    board.beside.open("Lines of the map", el("p", { class: "sx-quiet" }, "How one theme stands to another. “opposes” says that they pull against each other. Figure 3.2 draws them when the notebook is run again."),
      button("New line", () => this.edit(null), { "data-key": "new line" }), board.board.relations.map((line) => this.#shown(line)));
  }

  #name(id) { return this.board.theme(id)?.name ?? this.board.codeName(id); }

  #shown(line) {
    const said = `${this.#name(line.from)} → ${line.label} → ${this.#name(line.to)}`;
    return el("article", { class: "sx-memo" }, el("p", {}, el("b", {}, this.#name(line.from)), ` → ${line.label} → `, el("b", {}, this.#name(line.to))), line.because ? el("p", { class: "sx-quiet" }, line.because) : "",
      el("p", { class: "sx-actions" }, button("Change", () => this.edit(line), { "aria-label": `Change: ${said}` }), button("Take away", () => this.take(line), { "aria-label": `Take away: ${said}` })));
  }

  edit(line) {
    const { board } = this, inputs = {};
    const ends = [...board.choices(), ...board.codes.map((code) => [code.code_id, `code: ${code.name}`])];
    board.ask(line ? "Change a line of the map" : "New line of the map", [field("From", (a) => (inputs.from = select({ ...a, disabled: Boolean(line) }, ends, line?.from ?? ""))), field("To", (a) => (inputs.to = select({ ...a, disabled: Boolean(line) }, ends, line?.to ?? ends[1]?.[0] ?? ""))),
      field("Its words, such as feeds, or opposes", (a) => (inputs.label = el("input", { ...a, value: line?.label ?? "", required: true })))], (because) => {
      const now = { from: inputs.from.value, to: inputs.to.value, label: inputs.label.value.trim(), because: because || line?.because || undefined };
      if (now.from === now.to) { board.say("A line leads from one theme to another."); return false; }
      const set = (to, was) => ({ what: "relate", details: { ...to, was: was?.label }, back: () => (was ? set(was, to) : taken(to)) });
      const taken = (gone) => ({ what: "unrelate", details: gone, back: () => set(gone, null) });
      board.step(`${this.#name(now.from)} ${now.label} ${this.#name(now.to)}`, [set(now, line)]);
      this.open();
    });
  }

  take(line) {
    const { board } = this;
    const taken = () => ({ what: "unrelate", details: line, back: () => ({ what: "relate", details: line, back: taken }) });
    board.step(`Taken away: ${this.#name(line.from)} ${line.label} ${this.#name(line.to)}`, [taken()]);
    this.open();
  }
}
