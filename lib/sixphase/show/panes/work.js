// What the theme board and the review desk have in common: the frame, the line that says what is saved, undo, and the side with transcripts.
import { button, el, fill } from "./elements.js";
import { Connection } from "./saving.js";
import { Beside } from "./beside.js";

export class Work {
  constructor(model, root, name) {
    this.model = model;
    this.done = [];
    this.undone = [];
    this.connection = new Connection(model, (news) => this.#hear(news), () => this.showStatus());
    this.live = el("p", { class: "sx-live", role: "status", "aria-live": "polite" });
    this.status = el("div", { class: "sx-status" });
    this.label = el("p", { class: "sx-label", hidden: true });
    this.tools = el("div", { class: "sx-tools", role: "toolbar", "aria-label": name });
    this.form = el("div", { class: "sx-drawer", hidden: true });
    this.main = el("div", { class: "sx-main" });
    this.beside = new Beside(this);
    this.undoButton = button("↶ Undo", () => this.undo());
    this.redoButton = button("↷ Redo", () => this.redo());
    this.root = el("div", { class: "sx-pane sx-work", role: "region", "aria-label": name }, this.label, this.tools, this.status, this.form, el("div", { class: "sx-work-stage" }, this.main, this.beside.root), this.live);
    // JupyterLab deletes a cell at “d d”: no key may leave.
    for (const kind of ["keydown", "keyup", "keypress"]) this.root.addEventListener(kind, (event) => event.stopPropagation());
    this.root.addEventListener("keydown", (event) => this.#key(event));
    root.append(this.root);
    this.status.textContent = "Opening …";
  }

  close() { this.connection.close(); }

  say(words) { this.live.textContent = words; }

  /** What came from Python: `learn` takes it in, `redraw` shows it. */
  #hear(news) {
    if (news.refused) this.say(`Not saved: ${news.refused.why}`);
    this.learn(news);
  }

  showStatus() {
    this.connection.show(this.root, this.status, this.me && `You are ${this.me}.`, () => this.redraw());
    this.undoButton.disabled = !this.done.length;
    this.redoButton.disabled = !this.undone.length;
  }

  // ---- acts. A step is one thing a person did: one act or several. It is undone by taking each back, the last first.

  /** Do something: `acts` is a list of { what, details, back }, where `back` is what takes it back: { details }, by the id of the act. */
  step(label, acts, more = {}) {
    const step = { label, acts: acts.map((one) => this.#send(one)), ...more };
    this.done.push(step);
    this.undone = [];
    this.say(label);
    this.redraw();
    return step;
  }

  #send({ what, details, back }) {
    const act = this.connection.act(what, details);
    return { what, details, back, id: act.id };
  }

  undo() { this.#turn(this.done, this.undone, "Undone", "There is nothing to undo."); }

  redo() { this.#turn(this.undone, this.done, "Again", "There is nothing to redo."); }

  #turn(from, to, word, nothing) {
    const step = from.pop();
    if (!step) return this.say(nothing);
    const acts = [...step.acts].reverse().map((one) => this.#send(one.back(one)));
    to.push({ ...step, acts });
    this.say(`${word}: ${step.label}`);
    this.redraw();
    this.focusOn?.(step);
  }

  // ---- forms, of which there is one at a time, above what is worked on

  /** Ask for something. `done` is called with the reason; `wanted` says whether there must be one. */
  ask(heading, fields, done, { reason = "Why (optional)", wanted = false, save = "Save" } = {}) {
    this.returnTo = this.root.contains(document.activeElement) ? document.activeElement : null;
    const why = el("textarea", { rows: 2, "aria-label": reason, placeholder: reason });
    const submit = (event) => {
      event.preventDefault();
      if (wanted && !why.value.trim()) { why.focus(); return this.say("Say why: the reason is kept."); }
      if (done(why.value.trim()) !== false) this.shut();
    };
    fill(this.form, el("form", { onsubmit: submit, "aria-label": heading, onkeydown: (event) => { if (event.key === "Escape") { event.stopPropagation(); this.shut(true); } } },
      el("h4", {}, heading), fields, why, el("p", { class: "sx-actions" }, el("button", { type: "submit" }, save), button("Leave it", () => this.shut(true)))));
    this.form.hidden = false;
    this.form.scrollIntoView({ block: "nearest" });
    this.form.querySelector("input, select, textarea").focus();
  }

  shut(back = false) {
    this.form.hidden = true;
    this.form.replaceChildren();
    if (back) this.returnTo?.focus();
  }

  #key(event) {
    const typing = event.target.closest("input, textarea, select"), command = event.ctrlKey || event.metaKey, key = event.key.toLowerCase();
    if (command && key === "s") { event.preventDefault(); return this.say("What you do here is saved at once; the line above says so."); }
    if (typing) return;
    if (command && key === "z") { event.preventDefault(); return event.shiftKey ? this.redo() : this.undo(); }
    if (!command && !event.altKey) this.key?.(event);
  }
}

/** An id for a name: its words, told apart from the ids there are by a number. */
export function idFor(name, taken) {
  const words = name.normalize("NFKD").replace(/[^\w\s-]/g, "").toLowerCase().trim().replace(/[\s_]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 40) || `theme-${Math.random().toString(16).slice(2, 8)}`;
  let id = words, number = 2;
  while (taken.includes(id)) id = `${words}-${number++}`;
  return id;
}
