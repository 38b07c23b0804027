// The shortlist of a theme: extracts chosen to speak for it, each with a reason, in an order, and on whom it rests.
import { button, counted, el, fill, select } from "./elements.js";
import { changed } from "./writing.js";
import { Sortable } from "./vendored/sortable.js";

export class Shortlist {
  constructor(work) { this.work = work; }

  drawn(card) {
    const list = card.shortlist;
    return this.work.places.section("extracts", "Extract shortlist", [el("h4", {}, "Extract shortlist"), this.#balance(card), el("p", { class: "sx-actions" }, button("Choose from its extracts", () => this.choose(), { "data-key": "choose" })),
      list.length ? el("ol", { class: "sx-short" }, list.map((one, place) => this.#item(one, place, list))) : el("p", { class: "sx-quiet" }, "No extract is chosen yet. A contrary one among them shows the limit of the theme.")]);
  }

  #balance({ balance, shortlist }) {
    if (!shortlist.length || !balance.extracts) return "";
    return el("div", {}, el("p", { class: balance.much.length ? "sx-ask" : "" }, balance.told),
      balance.not_on_it.length ? el("p", { class: "sx-quiet" }, `Heard in the theme and not on the list: ${balance.not_on_it.join(", ")}. Even is not better: a rich informant may deserve more.`) : "");
  }

  #item(one, place, list) {
    const { work } = this, where = one.source_id ? `${one.source_id}, line ${one.line}` : "its place is being looked up", key = `extract ${one.coding_id}`;
    const act = (label, does, more = {}) => button(label, does, { "aria-label": `${label}: ${where}`, "data-key": `${label} ${one.coding_id}`, ...more });
    return el("li", { class: "sx-short-item", tabindex: 0, "data-key": key, "data-coding": one.coding_id, "aria-label": `${place + 1} of ${list.length}: ${where}` },
      el("blockquote", {}, one.words ?? "", el("footer", {}, one.source_id ? work.beside.place(one) : where, ` ${one.participant_id ?? ""}${work.grouped && one.group ? `, ${one.group}` : ""}`, one.may_be_quoted === false ? el("strong", { class: "sx-ask" }, " may not be quoted: this person did not agree to it, or has withdrawn") : "")),
      work.places.text({ key: `reason ${one.coding_id}`, label: `Why ${where}`, hint: "Why was it chosen?", words: one.because ?? "", more: "", keep: (words) => this.#set(list.map((other) => (other === one ? { ...other, because: words } : other)), `Reason of ${where}: written`, key) }),
      el("p", { class: "sx-actions" }, el("span", { class: "sx-grip", title: "drag to another place", "aria-hidden": "true" }, "⠿"), act("Up", () => this.shift(one.coding_id, -1), { disabled: place === 0 }), act("Down", () => this.shift(one.coding_id, 1), { disabled: place === list.length - 1 }), act("Take off", () => this.#off(one, list, where))));
  }

  /** Make the list sortable with the mouse. */
  sortable(root) {
    this.sorting?.destroy();
    const list = root.querySelector(".sx-short");
    this.sorting = list && new Sortable(list, { handle: ".sx-grip", forceFallback: true, fallbackOnBody: true, animation: 0, fallbackClass: "sx-dragged", ghostClass: "sx-ghost",
      onEnd: ({ oldIndex, newIndex }) => setTimeout(() => { const from = this.work.card.shortlist; this.work.redraw(); if (oldIndex !== newIndex) this.#moveTo(from, oldIndex, newIndex); }) });
  }

  key(event) {
    const at = event.target.closest(".sx-short-item");
    if (!at || event.target !== at) return false;
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step && event.shiftKey) { event.preventDefault(); this.shift(at.dataset.coding, step); return true; }
    if (step) { event.preventDefault(); const other = step < 0 ? at.previousElementSibling : at.nextElementSibling; other?.focus(); }
    if (event.key === "Delete") { event.preventDefault(); at.querySelector('[data-key^="Take off"]').click(); }
    if (event.key === "Enter") { event.preventDefault(); this.work.places.write(`reason ${at.dataset.coding}`); }
    return true;
  }

  shift(codingId, by) {
    const list = this.work.card.shortlist, place = list.findIndex((one) => one.coding_id === codingId), to = place + by;
    if (to < 0 || to >= list.length) return this.work.say(by < 0 ? "It stands first." : "It stands last.");
    this.#moveTo(list, place, to);
  }

  #moveTo(list, from, to) {
    const next = [...list], [moved] = next.splice(from, 1);
    next.splice(to, 0, moved);
    this.#set(next, `Shortlist: number ${from + 1} is now number ${to + 1}`, `extract ${moved.coding_id}`);
  }

  #off(one, list, where) {
    this.#set(list.filter((other) => other !== one), `Taken off the shortlist: ${where}`, "extracts");
  }

  #set(next, label, at, told = {}) {
    const { work } = this, card = work.card, plain = (list) => list.map((one) => ({ coding: one.coding_id, ...(one.because ? { because: one.because } : {}) }));
    const known = Object.fromEntries([...card.shortlist, ...next].map((one) => [one.coding_id, one]));
    work.step(label, [changed({ of_theme: card.theme_id, theme_id: card.theme_id, part: "extracts", value: plain(next), was: plain(card.shortlist), told: { ...known, ...told } })], { at });
    work.places.go(at);
  }

  // ---- choosing

  async choose() {
    const { work } = this;
    try {
      const { choices } = await work.connection.ask("choices", { theme_id: work.base.theme_id });
      const wanted = el("input", { type: "search", "aria-label": "Search its extracts", placeholder: "words, a code, or P07", oninput: () => show() }), found = el("div");
      const only = select({ "aria-label": "Which extracts", onchange: () => show() }, [["", "all its extracts"], ["new", "of people not on the list"], ["may", "that may be quoted"]], "");
      const show = () => {
        const list = work.card.shortlist, on = new Set(list.map((one) => one.coding_id)), people = new Set(list.map((one) => one.participant_id)), words = wanted.value.trim().toLowerCase();
        const rows = choices.filter((one) => (only.value !== "new" || !people.has(one.participant_id)) && (only.value !== "may" || one.may_be_quoted) && (!words || `${one.words} ${one.names} ${one.source_id}`.toLowerCase().includes(words)));
        fill(found, el("p", { class: "sx-quiet" }, `${counted(rows.length, "extract")}${rows.length > 60 ? "; the first 60 are shown" : ""}`), rows.slice(0, 60).map((one) => this.#choice(one, on.has(one.coding_id), list.filter((other) => other.participant_id === one.participant_id).length, show)));
      };
      work.beside.open("Choose extracts", el("p", { class: "sx-actions" }, wanted, only), found);
      show();
      wanted.focus();
      work.say(`${counted(choices.length, "extract")} to choose from`);
    } catch (error) { work.say(error.message); }
  }

  #choice(one, on, times, again) {
    const { work } = this, where = `${one.source_id}, line ${one.line}`;
    const why = el("textarea", { rows: 2, "aria-label": `Why ${where}`, placeholder: "why this one?" });
    const put = (event) => {
      event.preventDefault();
      if (!why.value.trim()) { why.focus(); return work.say("Say why first: the reason stands beside the extract."); }
      this.#set([...work.card.shortlist, { ...one, because: why.value.trim() }], `On the shortlist: ${where}`, `extract ${one.coding_id}`);
      again();
    };
    return el("article", { class: "sx-choice" }, el("blockquote", {}, one.words, el("footer", {}, work.beside.place(one), ` ${one.participant_id ?? ""}${work.grouped && one.group ? `, ${one.group}` : ""}${times ? `, ${times} on the list` : ""}. ${one.names}`, one.may_be_quoted ? "" : el("strong", { class: "sx-ask" }, " may not be quoted"))),
      on ? el("p", { class: "sx-quiet" }, "On the shortlist.") : el("form", { onsubmit: put }, why, el("p", { class: "sx-actions" }, el("button", { type: "submit" }, "Put it on the list"))));
  }
}
