// The placing desk: one card a coding that waits for a place, the old words beside the place proposed, and the new transcript to choose another in.
import { button, counted, el, fill } from "./elements.js";
import { Work } from "./work.js";
import { Chooser } from "./chooser.js";

class Placer extends Work {
  constructor(model, root) {
    super(model, root, "Placing desk");
    this.chooser = new Chooser(this);
    this.list = el("section", { class: "sx-panel" });
    this.main.append(this.list);
    this.main.classList.add("sx-review");
    this.#open();
  }

  async #open() {
    try {
      const told = await this.connection.ask("waiting");
      Object.assign(this, { me: told.me, told: told.waiting });
      this.label.textContent = told.label;
      this.label.hidden = !told.label;
      this.connection.resend();
      this.current = this.rows[0]?.coding_id;
      this.redraw();
      this.root.dataset.ready = "placing";
      this.say(`${counted(this.rows.length, "coding")} to place.`);
    } catch (error) { this.status.textContent = error.message; }
  }

  learn(news) {
    if (news.waiting) this.told = news.waiting;
    if (this.told) this.redraw();
  }

  /** What waits, without what is on its way to the disk. */
  get rows() {
    const going = new Set(this.connection.pending.filter(({ act }) => act.do === "place" || act.do === "leave").map(({ act }) => act.coding_id));
    return this.told.rows.filter((row) => !going.has(row.coding_id));
  }

  get row() { return this.rows.find((row) => row.coding_id === this.current) ?? this.rows[0]; }

  redraw() {
    if (!this.told) return;
    const { rows, row } = this, focused = this.root.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    const at = rows.indexOf(row);
    this.current = row?.coding_id;
    this.tools.replaceChildren(el("span", { class: "sx-group" }, this.undoButton, this.redoButton), button("‹ Before", () => this.turn(-1), { "data-key": "before", disabled: rows.length < 2 }),
      button("Leave for now ›", () => this.turn(1), { "data-key": "next", disabled: rows.length < 2 }),
      el("span", {}, rows.length ? `${at + 1} of ${counted(rows.length, "coding")} to place` : ""), this.told.others.length ? el("span", { class: "sx-quiet" }, `Waiting for those who made them: ${this.told.others.join(", ")}.`) : "");
    fill(this.list, row ? this.#card(row) : el("p", {}, "Every coding of yours has its place, or was let go. Run the cells above again to see them drawn."));
    if (!row) this.beside.open("The new transcript", el("p", { class: "sx-quiet" }, "Nothing waits."));
    else if (this.chooser.of !== row.coding_id) this.chooser.open(row);
    if (focused) (this.root.querySelector(`[data-key="${CSS.escape(focused)}"]:not(:disabled)`) ?? this.list.querySelector("article"))?.focus({ preventScroll: true });
    this.showStatus();
  }

  #card(row) {
    const has = row.start !== null;
    const pieces = (list, tag) => list.map(([words, changed]) => (changed ? el(tag, {}, words) : words));
    return el("article", { class: "sx-extract-card", tabindex: 0, "data-key": "card", "aria-label": `${row.source_id}, ${row.code}` },
      el("p", {}, el("b", {}, row.code), ` in ${row.source_id}`, row.comment ? el("span", { class: "sx-quiet" }, ` – ${row.comment}`) : ""),
      el("div", { class: "sx-versions" },
        el("section", { "aria-label": "As it was coded" }, el("h5", {}, "As it was coded"), el("p", { class: "sx-extract" }, el("span", { class: "sx-quiet" }, row.before ?? ""), el("mark", {}, pieces(row.old, "del")), el("span", { class: "sx-quiet" }, row.after ?? ""))),
        el("section", { "aria-label": "Now" }, el("h5", {}, has ? "Now, at the place proposed" : "Now"), has
          ? el("p", { class: "sx-extract" }, el("span", { class: "sx-quiet" }, row.new_before), el("mark", {}, pieces(row.new, "ins")), el("span", { class: "sx-quiet" }, row.new_after))
          : el("p", {}, row.how === "lost" ? "These words are gone from the new version." : "More than one place fits, or none stands out: choose it in the transcript."))),
      el("p", { class: "sx-actions" }, button("Accept this place (a)", () => this.accept(), { "data-key": "accept", disabled: !has }), button("Choose another place (o)", () => this.chooser.focus(), { "data-key": "other" }),
        button("It has no place … (n)", () => this.leave(), { "data-key": "none" })));
  }

  key(event) {
    const done = { a: () => this.accept(), o: () => this.chooser.focus(), n: () => this.leave(), ArrowRight: () => this.turn(1), ArrowLeft: () => this.turn(-1) }[event.key];
    if (done && event.target.closest("article")) { event.preventDefault(); done(); }
  }

  turn(by) {
    const { rows } = this, at = rows.indexOf(this.row);
    if (rows.length) this.current = rows[(at + by + rows.length) % rows.length].coding_id;
    this.redraw();
  }

  accept() {
    const { row } = this;
    if (row && row.start !== null) this.place(row, row.start, row.end, row.now_reads);
    else this.say("No place is proposed: choose one in the transcript.");
  }

  /** Give a coding its place, [start, end) in code points. */
  place(row, start, end, exact) { this.#decide(row, `Placed: ${row.code}`, "place", { start, end, exact }); }

  leave() {
    const { row } = this;
    if (row) this.ask(`${row.code}: it has no place in the new version`, [], (because) => { this.#decide(row, `Let go: ${row.code}`, "leave", { because }); }, { reason: "Why", wanted: true });
  }

  #decide(row, label, what, more) {
    const { source_id, coding_id } = row;
    const forward = () => ({ what, details: { source_id, coding_id, ...more }, back: (one) => ({ what: "wait", details: { source_id, coding_id, undoes: one.id }, back: forward }) });
    const { rows } = this, next = rows[rows.findIndex((other) => other.coding_id === coding_id) + 1];
    this.current = next?.coding_id;
    this.step(label, [forward()], { at: coding_id });
  }

  focusOn(step) { this.current = step.at; }
}

export default {
  render({ model, el: root }) {
    const desk = new Placer(model, root);
    return () => desk.close();
  },
};
