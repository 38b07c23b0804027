// Words written in their place: a part is read, or it is a form where it stands. What was begun is kept while the page is open.
import { button, el } from "./elements.js";

export const drafts = (globalThis[Symbol.for("sixphase words begun")] ??= new Map()); // desk and place -> { words, why }

export class Places {
  constructor(work) {
    this.work = work;
    this.words = new Map();
  }

  #id(key) { return `${this.work.connection.desk} ${this.work.base?.theme_id} ${key}`; }

  /** A part of the card that can have the focus; `write` begins to change it. */
  section(key, label, parts, write) {
    return el("section", { class: "sx-part", tabindex: 0, "data-key": key, "aria-label": label, onclick: (event) => { if (event.target.closest(".sx-written")) write?.(); } }, parts);
  }

  /** A part that is words. */
  text({ key, label, hint, words, more, keep }) {
    const draft = drafts.get(this.#id(key));
    this.words.set(key, words);
    const body = draft ? this.#form(key, label, words, draft, keep) : [words ? el("p", { class: "sx-written", title: "Click to write here" }, words) : el("p", { class: "sx-written sx-quiet" }, `Not written yet. ${hint}`),
      el("p", { class: "sx-actions" }, button(words ? "Write it anew" : "Write it", () => this.write(key), { "data-key": `write ${key}`, "aria-label": `${words ? "Write it anew" : "Write it"}: ${label}` }))];
    return this.section(key, label, [el("h4", {}, label), body, more], () => this.write(key));
  }

  #form(key, label, words, draft, keep) {
    const lines = draft.words.split("\n").reduce((sum, line) => sum + 1 + Math.floor(line.length / 90), 0);
    const area = el("textarea", { rows: Math.min(18, Math.max(3, lines + 1)), "aria-label": label, "data-key": `area ${key}`, value: draft.words, oninput: (event) => { draft.words = event.target.value; } });
    const why = el("input", { "aria-label": `Why it is changed: ${label}`, placeholder: "why? (optional)", "data-key": `why ${key}`, value: draft.why, oninput: (event) => { draft.why = event.target.value; } });
    const done = () => { this.forget(key); if (area.value.trim() !== words) keep(area.value.trim(), draft.why.trim(), draft.was); else this.work.redraw(); this.go(key); };
    const onkeydown = (event) => {
      if (event.key === "Escape") { event.stopPropagation(); this.leave(key); }
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); done(); }
    };
    return el("form", { class: "sx-writing", "aria-label": `Write: ${label}`, onkeydown, onsubmit: (event) => { event.preventDefault(); done(); } }, draft.was === words ? "" : el("p", { class: "sx-ask" }, `It was written anew meanwhile, and now says: ${words || "nothing"}. What you keep will not be written over it: copy it, leave it, and write again.`), area, words ? why : "", el("p", { class: "sx-actions" }, el("button", { type: "submit" }, "Keep it"), button("Leave it", () => this.leave(key, true))));
  }

  /** Begin to write, or go on where one left it. */
  write(key) {
    const words = this.words.get(key);
    if (words === undefined) return;
    if (!drafts.has(this.#id(key))) drafts.set(this.#id(key), this.begun?.get(this.#id(key)) ?? { words, why: "", was: words });
    this.work.redraw();
    this.work.main.querySelector(`[data-key="${CSS.escape(`area ${key}`)}"]`)?.focus();
  }

  /** Leave what was written; by Esc it is there again when one comes back. */
  leave(key, forgotten = false) {
    this.begun ??= new Map();
    if (forgotten) this.begun.delete(this.#id(key)); else this.begun.set(this.#id(key), drafts.get(this.#id(key)));
    drafts.delete(this.#id(key));
    this.work.redraw();
    this.go(key);
  }

  forget(key) { drafts.delete(this.#id(key)); this.begun?.delete(this.#id(key)); }

  go(key) {
    const at = this.work.main.querySelector(`[data-key="${CSS.escape(key)}"]`);
    at?.scrollIntoView({ block: "nearest" });
    at?.focus({ preventScroll: true });
  }

  step(by) {
    const all = [...this.work.main.querySelectorAll(".sx-part[tabindex]")], next = all[all.indexOf(document.activeElement) + by];
    next?.scrollIntoView({ block: "nearest" });
    next?.focus({ preventScroll: true });
  }

  /** Draw anew and leave the focus, the place in the words and the scroll where they are. */
  keepFocus(draw) {
    const { work } = this, at = work.root.contains(document.activeElement) ? document.activeElement : null, key = at?.dataset.key, ends = at?.matches("textarea, input:not([type=checkbox])") ? [at.selectionStart, at.selectionEnd] : null, top = work.main.scrollTop;
    draw();
    work.main.scrollTop = top;
    const again = key && work.root.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!again || again === document.activeElement) return;
    again.focus({ preventScroll: true });
    if (ends && again.setSelectionRange) again.setSelectionRange(...ends);
  }
}

/** A change of a part, and what takes it back: the words that stood there. */
export function changed(details, first = details.because) {
  return { what: "define", details, back: () => changed({ ...details, value: details.was, was: details.value, because: details.because === "taken back" ? first : "taken back" }, first) };
}
