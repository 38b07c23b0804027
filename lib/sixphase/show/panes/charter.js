// The framework matrix: a grid of participants by categories. A cell opens with its passages, and is summed up by a person, sentence by sentence.
import { button, counted, el, fill } from "./elements.js";
import { Work } from "./work.js";
import { Cell, saidOf } from "./cell.js";

const KEYS_OF_GRID = [["↑ ↓ ← →, Home, End", "another cell"], ["Enter", "open the cell; on a name, read its row along or its column down"], ["N", "the next cell that is not charted, or is to be looked at again"], ["Ctrl + Enter", "keep what was written in the cell"],
  ["Esc", "back to the grid (what was begun is still there)"], ["Ctrl + Z, Ctrl + Shift + Z", "undo, redo"]];

class Charter extends Work {
  constructor(model, root) {
    super(model, root, "Framework matrix");
    this.at = [1, 1];
    this.grid = el("div", { class: "sx-grid" });
    this.cell = new Cell(this);
    this.main.append(this.grid, this.cell.root);
    this.main.classList.add("sx-charter");
    this.open();
  }

  async open() {
    try {
      const told = await this.connection.ask("matrix");
      Object.assign(this, { rows: told.rows, themes: told.themes, me: told.me });
      this.cells = new Map(told.cells.map((cell) => [idOf(cell), cell]));
      this.label.textContent = told.label;
      this.label.hidden = !told.label;
      this.connection.resend();
      this.redraw();
      this.root.dataset.ready = "matrix";
      this.say(`${counted(this.rows.length, "row")} by ${counted(this.themes.length, "category").replace("categorys", "categories")}`);
    } catch (error) { this.status.textContent = error.message; }
  }

  learn(news) {
    for (const cell of news.cells ?? []) this.cells?.set(idOf(cell), cell);
    if (this.cells && (news.cells || news.refused)) { this.redraw(); this.cell.refresh(); }
  }

  /** A cell as it will stand when everything on its way has arrived. */
  cellAt(participant, source, theme) {
    const base = this.cells.get(idOf({ participant_id: participant, source_id: source, theme_id: theme }));
    return this.connection.pending.reduce((cell, { act }) => (act.do === "chart" && idOf(act) === idOf(cell) ? { ...cell, ...(typeof act.said === "string" ? { state: act.said, sentences: [] } : { state: "summary", sentences: act.said }), summary_id: act.id, by: this.me, look_at: "" } : cell), base);
  }

  of(row, column) { return this.cellAt(this.rows[row - 1].participant_id, this.rows[row - 1].source_id, this.themes[column - 1].theme_id); }

  // ---- what is shown

  redraw() {
    if (!this.cells) return;
    const all = [...this.rows.keys()].flatMap((row) => this.themes.map((_, column) => this.of(row + 1, column + 1))), charted = all.filter((cell) => cell.state !== "not yet charted").length, again = all.filter((cell) => cell.look_at).length;
    fill(this.tools, el("span", { class: "sx-group" }, this.undoButton, this.redoButton), button("Next to chart", () => this.next(), { "data-key": "next" }), button("Keys", () => this.beside.open("Keys, while the grid has the focus", el("dl", { class: "sx-keys" }, KEYS_OF_GRID.map(([key, does]) => [el("dt", {}, key), el("dd", {}, does)]))), { "data-key": "keys" }),
      el("span", {}, `${charted} of ${counted(all.length, "cell")} charted${again ? `, ${again} to look at again` : ""}`));
    if (!all.length) { fill(this.grid, el("p", { class: "sx-panel" }, "There is no category with codes yet. Make some on the board of notebook 3, then run this cell again.")); return this.showStatus(); }
    const key = this.root.contains(document.activeElement) ? document.activeElement.dataset.key : null, [left, top] = [this.grid.scrollLeft, this.grid.scrollTop];
    fill(this.grid, el("table", { role: "grid", "aria-label": "Participants by categories" }, el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "participant"), this.themes.map((theme, place) => this.#head(theme.name, 0, place + 1, "col")))),
      el("tbody", {}, this.rows.map((row, place) => el("tr", {}, this.#head(row.occasion > 1 ? `– ${row.source_id}` : row.participant_id, place + 1, 0, "row"), this.themes.map((_, column) => this.#cell(place + 1, column + 1)))))));
    [this.grid.scrollLeft, this.grid.scrollTop] = [left, top];
    if (key?.startsWith("grid ")) this.grid.querySelector(`[data-key="${key}"]`)?.focus({ preventScroll: true });
    this.showStatus();
  }

  #placed(row, column) { return { tabindex: this.at[0] === row && this.at[1] === column ? 0 : -1, "data-key": `grid ${row} ${column}`, "data-row": row, "data-column": column, onclick: () => { this.goTo(row, column); this.#openAt(); } }; }

  #head(label, row, column, scope) {
    return el("th", { scope, ...this.#placed(row, column), title: scope === "row" ? "read along" : "read down" }, label);
  }

  #cell(row, column) {
    const cell = this.of(row, column), words = cell.sentences.map((sentence) => sentence.says).join(" "), open = this.cell.is(cell);
    const pending = this.connection.pending.some(({ act }) => act.do === "chart" && idOf(act) === idOf(cell));
    return el("td", { role: "gridcell", class: [pending ? "sx-pending" : "", open ? "sx-open" : "", cell.look_at ? "sx-look" : ""].join(" "), ...this.#placed(row, column) },
      words ? el("span", { class: "sx-summary" }, words) : el("em", { class: "sx-quiet" }, cell.state), cell.passages && !words ? el("small", {}, ` ${cell.passages} coded`) : "", cell.look_at ? el("strong", { class: "sx-ask" }, " look again") : "");
  }

  goTo(row, column) {
    this.grid.querySelector('[tabindex="0"]')?.setAttribute("tabindex", "-1");
    this.at = [row, column];
    const made = this.grid.querySelector(`[data-key="grid ${row} ${column}"]`);
    made?.setAttribute("tabindex", "0");
    made?.focus();
    made?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  #openAt() {
    const [row, column] = this.at;
    if (row && column) return this.cell.open(this.of(row, column));
    if (row) return this.readAlong(this.rows[row - 1].participant_id);
    this.readDown(this.themes[column - 1]);
  }

  next() {
    const width = this.themes.length, from = Math.max(0, this.at[0] - 1) * width + Math.max(0, this.at[1] - 1), total = this.rows.length * width;
    for (let step = 1; step <= total; step++) {
      const place = (from + step) % total, row = 1 + Math.floor(place / width), column = 1 + (place % width), cell = this.of(row, column);
      if (cell.state === "not yet charted" || cell.look_at) { this.goTo(row, column); return this.say(`${nameOf(cell)}: ${cell.look_at || cell.state}`); }
    }
    this.say("Every cell is charted, and there is nothing to look at again.");
  }

  // ---- reading by row and by column

  readAlong(person) {
    const rows = this.rows.map((row, place) => [row, place + 1]).filter(([row]) => row.participant_id === person);
    this.beside.open(`${person}, read along`, rows.map(([row, place]) => [el("h5", {}, row.source_id), this.themes.map((theme, column) => this.#read(theme.name, place, column + 1))]));
    this.say(`${person} is open beside the grid, category by category.`);
  }

  readDown(theme) {
    const column = 1 + this.themes.indexOf(theme);
    this.beside.open(`${theme.name}, read down`, theme.concept ? el("p", {}, theme.concept) : "", this.rows.map((row, place) => this.#read(`${row.participant_id} (${row.source_id})`, place + 1, column)));
    this.say(`${theme.name} is open beside the grid, person by person.`);
  }

  #read(label, row, column) {
    const cell = this.of(row, column), words = cell.sentences.map((sentence) => sentence.says).join(" ");
    return el("article", { class: "sx-memo" }, el("p", {}, button(label, () => { this.goTo(row, column); this.cell.open(this.of(row, column)); }, { class: "sx-place" })), el("p", {}, words || el("em", { class: "sx-quiet" }, cell.state + (cell.passages ? `, ${cell.passages} coded` : ""))), cell.look_at ? el("p", { class: "sx-ask" }, cell.look_at) : "");
  }

  // ---- keys

  key(event) {
    const at = event.target.closest("[data-row]");
    if (!at) return;
    this.at = [Number(at.dataset.row), Number(at.dataset.column)];
    const [row, column] = this.at, height = this.rows.length, width = this.themes.length;
    const to = { ArrowDown: [row + 1, column], ArrowUp: [row - 1, column], ArrowRight: [row, column + 1], ArrowLeft: [row, column - 1], Home: [row, row ? 0 : 1], End: [row, width] }[event.key];
    if (to) { event.preventDefault(); if (to[0] >= 0 && to[1] >= 0 && to[0] + to[1] > 0 && to[0] <= height && to[1] <= width) this.goTo(...to); return; }
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); this.#openAt(); }
    if (event.key.toLowerCase() === "n") { event.preventDefault(); this.next(); }
  }

  focusOn(step) {
    const row = 1 + this.rows.findIndex((one) => one.participant_id === step.cell.participant_id && one.source_id === step.cell.source_id), column = 1 + this.themes.findIndex((theme) => theme.theme_id === step.cell.theme_id);
    this.goTo(row, column);
    this.cell.refresh();
  }

  /** Chart a cell: a state, or sentences each with what it rests on. Taken back by what stood there before. */
  chart(cell, said) {
    const before = saidOf(cell), place = { participant_id: cell.participant_id, source_id: cell.source_id, theme_id: cell.theme_id };
    const act = (now, was, then) => ({ what: "chart", details: { ...place, said: now, was }, back: (one) => act(then, one.id, now) });
    this.step(`${nameOf(cell)}: ${typeof said === "string" ? said : "summed up"}`, [act(said, cell.summary_id ?? "", before)], { cell: place });
    this.focusOn({ cell: place });
  }
}

function idOf(cell) { return `${cell.participant_id}/${cell.source_id}/${cell.theme_id}`; }

export function nameOf(cell) { return `${cell.participant_id} (${cell.source_id}), ${cell.theme_id}`; }

export default {
  render({ model, el: root }) {
    const grid = new Charter(model, root);
    return () => grid.close();
  },
};
