// The definition cards: one card a theme, every part edited in its place, each change an act. No word is proposed.
import { button, counted, el, field, fill, select } from "./elements.js";
import { Work } from "./work.js";
import { Places, changed } from "./writing.js";
import { Shortlist } from "./shortlist.js";

const LABELS = { concept: "Central organising concept", is: "What belongs to it", is_not: "What does not belong to it", subthemes_because: "Why these subthemes", tensions: "Tensions and contradictions",
  contribution: "What it says to the question", counter_evidence: "What was looked for against it" };
const HINTS = { concept: "The idea that its extracts share, in a sentence.", is: "Which accounts belong to it?", is_not: "What comes near and is left out, and where does that stand?", subthemes_because: "What does each add to the whole that the others do not?",
  tensions: "What in it does not agree with itself, or pulls against it?", contribution: "Which question does it answer, and what would the answer lack without it?", counter_evidence: "What was looked for, how, and what was found?" };
const KEYS_OF_CARDS = [["↑ ↓", "next part of the card, part before"], ["Enter", "write in this part"], ["Ctrl + Enter", "keep what was written"], ["Esc", "leave what was written (it is still there when you come back)"],
  ["N", "name the theme anew"], ["F", "call the theme final"], ["Shift + ↑ ↓, Delete", "with the focus on an extract of the shortlist: move it, take it off"], ["Ctrl + Z, Ctrl + Shift + Z", "undo, redo"]];

class Definer extends Work {
  constructor(model, root) {
    super(model, root, "Definition cards");
    this.places = new Places(this);
    this.shortlist = new Shortlist(this);
    this.main.classList.add("sx-definer");
    this.open(model.get("theme"));
  }

  async open(themeId) {
    try {
      const told = await this.connection.ask("cards", { theme_id: themeId });
      Object.assign(this, { base: told.card, themes: told.themes, me: told.me, questions: told.questions, grouped: told.grouped });
      this.label.textContent = told.label;
      this.label.hidden = !told.label;
      if (!this.resent) { this.resent = true; this.connection.resend(); }
      this.shut();
      this.beside.open("To read beside it", el("p", { class: "sx-quiet" }, "Extracts and transcripts that you open are shown here."));
      this.redraw();
      this.root.dataset.ready = "cards";
      this.say(this.base ? `The card of ${this.base.name}` : "No theme stands yet.");
    } catch (error) { this.status.textContent = error.message; }
  }

  learn(news) {
    if (news.themes) this.themes = news.themes;
    if (news.card && news.card.theme_id === this.base?.theme_id) this.base = news.card;
    if (this.base && (news.card || news.refused)) this.redraw();
  }

  /** The card as it will stand when everything on its way has arrived. */
  get card() { return this.connection.pending.reduce((card, { act }) => afterwards(card, act), this.base); }

  // ---- what is shown

  redraw() {
    if (!this.themes) return;
    this.#drawTools();
    if (!this.base) { fill(this.main, el("p", { class: "sx-panel" }, "No theme stands yet. Develop some on the board of notebook 3, then run this cell again.")); return this.showStatus(); }
    const card = this.card;
    this.places.keepFocus(() => fill(this.main, this.#head(card), this.#lacking(card), this.#text("concept", card), this.#text("is", card), this.#text("is_not", card), this.#subthemes(card), this.#text("tensions", card), this.#text("contribution", card, this.#questions()),
      this.shortlist.drawn(card), this.#against(card), this.#history(card)));
    this.shortlist.sortable(this.main);
    this.showStatus();
  }

  #drawTools() {
    const card = this.base && this.card, at = card?.theme_id;
    fill(this.tools, el("span", { class: "sx-group" }, this.undoButton, this.redoButton),
      this.base ? [select({ "aria-label": "Theme", "data-key": "theme", onchange: (event) => this.open(event.target.value) }, this.themes.map((theme) => [theme.theme_id, `${theme.name} (${theme.status}${theme.lacks ? `, lacks ${theme.lacks}` : ""})`]), at),
        card.status === "final" ? button("A candidate again …", () => this.#candidate(), { "data-key": "candidate" }) : button("Call final", () => this.final(), { "data-key": "final" })] : "",
      button("Keys", () => this.beside.open("Keys, while a part of the card has the focus", el("dl", { class: "sx-keys" }, KEYS_OF_CARDS.map(([key, does]) => [el("dt", {}, key), el("dd", {}, does)]))), { "data-key": "keys" }));
  }

  #head(card) {
    return this.places.section("name", "Name", [el("h3", {}, card.name), el("p", { class: "sx-quiet" }, card.status, card.codes.length ? `, codes of its own: ${card.codes.join(", ")}` : ""), this.#check(card.check),
      el("p", { class: "sx-actions" }, button("Name it anew", () => this.rename(card), { "data-key": "rename" })), this.#names(card.names)], () => this.rename(card));
  }

  #check(check) { return check.look_at ? el("p", { class: "sx-ask" }, el("b", {}, "The name: "), `${check.look_at} ${check.do}`) : ""; }

  #names(names) {
    return names.length ? el("details", { open: this.namesOpen, ontoggle: (event) => { this.namesOpen = event.target.open; } }, el("summary", {}, `${counted(names.length, "name")} so far`), el("ol", {}, names.map((given) => el("li", {}, el("b", {}, given.name), ` ${[given.on, given.by].filter(Boolean).join(", ")}`, given.because ? `: ${given.because}` : "")))) : "";
  }

  #lacking(card) {
    const below = Object.fromEntries(card.subthemes.map((sub) => [sub.theme_id, `${sub.name}: `]));
    return el("section", { class: card.gaps.length ? "sx-lacking" : "sx-lacking sx-whole", "aria-label": "What this card still lacks" }, el("h4", {}, card.gaps.length ? `What this card still lacks: ${card.gaps.length}` : "Nothing is missing from this card."),
      card.gaps.length ? el("ul", {}, card.gaps.map((gap) => el("li", {}, `${below[gap.theme_id] ?? ""}${gap.look_at} `, el("em", {}, gap.do), " ", this.#goButton(gap)))) : "");
  }

  #goButton(gap) {
    const key = gap.part === "codes" ? "" : gap.theme_id === this.base.theme_id ? (gap.part === "search" ? "counter_evidence" : gap.part) : `concept ${gap.theme_id}`;
    return key ? button("Go there", () => { this.shut(); this.places.go(key); }, { "aria-label": `Go there: ${gap.look_at}`, "data-key": `go ${gap.theme_id} ${gap.part}` }) : "";
  }

  /** A part that is words: read, or written in its place. */
  #text(part, card, more = "") {
    return this.places.text({ key: part, label: LABELS[part], hint: HINTS[part], words: card.parts[part], more: [more, this.#wordings(card, card.theme_id, part)], keep: (words, because, was) => this.define(card.theme_id, part, words, was, because, LABELS[part]) });
  }

  #wordings(card, themeId, part) {
    const before = card.wordings.filter((one) => one.part === part && one.theme_id === themeId);
    return before.length ? el("details", {}, el("summary", {}, `${counted(before.length, "earlier wording")}`), before.map((one) => el("blockquote", {}, one.text ?? "(empty)", el("footer", {}, `${one.created.slice(0, 10)}, ${one.by}${one.because ? `: ${one.because}` : ""}`)))) : "";
  }

  #questions() { return this.questions.length ? el("p", { class: "sx-quiet" }, `The study asks: ${this.questions.join(" ")}`) : ""; }

  #subthemes(card) {
    if (!card.subthemes.length) return "";
    return el("div", { class: "sx-subthemes" }, card.subthemes.map((sub) => el("div", { class: "sx-subtheme" }, el("h4", {}, `Subtheme: ${sub.name}`), this.#check(sub.check),
      el("p", { class: "sx-quiet" }, `Codes: ${sub.codes.join(", ") || "none"}.${sub.made_because ? ` Made because: ${sub.made_because}` : ""}`), el("p", { class: "sx-actions" }, button("Name it anew", () => this.rename(sub), { "data-key": `rename ${sub.theme_id}`, "aria-label": `Name it anew: ${sub.name}` })), this.#names(sub.names),
      this.places.text({ key: `concept ${sub.theme_id}`, label: `${LABELS.concept} of “${sub.name}”`, hint: HINTS.concept, words: sub.concept, more: this.#wordings(card, sub.theme_id, "concept"), keep: (words, because, was) => this.define(sub.theme_id, "concept", words, was, because, `Concept of ${sub.name}`) }))),
      this.#text("subthemes_because", card));
  }

  #against(card) {
    const told = card.searches.length ? card.searches.map((one) => el("article", { class: "sx-memo" }, el("p", {}, el("b", {}, `${one.found}: `), one.claim), el("p", {}, `How: ${one.how}`), el("p", {}, `What stands there: ${one.what}`), el("p", {}, `What it changed: ${one.changed}`),
      el("p", { class: "sx-quiet" }, `${one.on}, ${one.by}${one.contrary.length ? `, ${one.contrary.join("; ")}` : ""}`))) : el("p", { class: "sx-ask" }, "No search for evidence against it is recorded. Search at the review desk of notebook 4; a search that found nothing counts.");
    return this.#text("counter_evidence", card, el("details", { open: !card.searches.length }, el("summary", {}, `Searches on record: ${card.searches.length}`), told));
  }

  #history(card) {
    return card.history.length ? el("details", { class: "sx-part" }, el("summary", {}, "What happened to it"), el("ul", {}, card.history.map((entry) => el("li", {}, `${entry.on}, ${entry.by}: ${entry.what}${entry.because ? ` – ${entry.because}` : ""}`)))) : "";
  }

  key(event) {
    if (this.shortlist.key(event)) return;
    const at = event.target.closest(".sx-part");
    if (!at || event.target !== at) return;
    const does = { ArrowDown: () => this.places.step(1), ArrowUp: () => this.places.step(-1), Enter: () => ({ name: () => this.rename(this.card), extracts: () => this.shortlist.choose() }[at.dataset.key] ?? (() => this.places.write(at.dataset.key)))(), n: () => this.rename(this.card), f: () => (this.card.status === "final" ? this.#candidate() : this.final()) }[event.key.length > 1 ? event.key : event.key.toLowerCase()];
    if (!does) return;
    event.preventDefault();
    does();
  }

  focusOn(step) { if (step.at) this.places.go(step.at); }

  // ---- what a person does

  /** Write a part anew: one act, taken back by the words that stood there before. */
  define(themeId, part, value, was, because, label) {
    const details = { of_theme: this.base.theme_id, theme_id: themeId, part, value, was, because: because || undefined };
    return this.step(`${label}: written`, [changed(details)], { at: part === "concept" && themeId !== this.base.theme_id ? `concept ${themeId}` : part });
  }

  rename(theme) {
    let name;
    this.ask(`Name “${theme.name}” anew`, [field("Name", (a) => (name = el("input", { ...a, value: theme.name, required: true }))), el("p", { class: "sx-quiet" }, "Name what is claimed: who does what, and what comes of it. The name before is kept.")], (because) => {
      const said = name.value.trim(), key = theme.theme_id === this.base.theme_id ? "name" : `concept ${theme.theme_id}`;
      if (said === theme.name) return;
      this.step(`${theme.name} is now called ${said}`, [named({ of_theme: this.base.theme_id, kind: "theme named", theme_id: theme.theme_id, name: said, because: because || undefined }, theme.name)], { at: key });
      this.places.go(key);
    }, { reason: "Why the new name", save: "Name it" });
  }

  /** Call the theme final, or say what it lacks and how to fill each. */
  final() {
    const card = this.card;
    const own = card.gaps.filter((gap) => gap.theme_id === card.theme_id);
    if (own.length && !this.connection.pending.length) {
      fill(this.form, el("div", { class: "sx-refusal", role: "group", "aria-label": "Not final yet" }, el("h4", {}, `“${card.name}” is not final yet. It lacks:`), el("ul", {}, own.map((gap) => el("li", {}, `${gap.look_at} `, el("em", {}, gap.do), " ", this.#goButton(gap)))), el("p", { class: "sx-actions" }, button("Close", () => { this.shut(); this.places.go("name"); }, { "data-key": "close" }))));
      this.form.hidden = false;
      this.form.querySelector("button").focus();
      return this.say(`Not final yet: it lacks ${own.length}. ${own[0].look_at}`);
    }
    this.ask(`Call “${card.name}” final`, el("p", { class: "sx-quiet" }, "Nothing is missing from its card. It can be called a candidate again at any time."), (because) => { this.#call("final", because); }, { save: "Call it final" });
  }

  #candidate() {
    this.ask(`Call “${this.card.name}” a candidate again`, [], (because) => { this.#call("candidate", because); }, { reason: "Why", wanted: true, save: "Call it a candidate" });
  }

  #call(status, because) {
    this.step(`Called ${status}: ${this.card.name}`, [changed({ of_theme: this.base.theme_id, theme_id: this.base.theme_id, part: "status", value: status, was: this.card.status, because: because || undefined })], { at: "name" });
    this.places.go("name");
  }
}

function named(details, was) {
  return { what: "move", details, back: () => named({ ...details, name: was, because: "taken back" }, details.name) };
}

/** The card after an act on it. */
function afterwards(card, act) {
  if (act.do === "move" && act.kind === "theme named") return act.theme_id === card.theme_id ? { ...card, name: act.name } : { ...card, subthemes: card.subthemes.map((sub) => (sub.theme_id === act.theme_id ? { ...sub, name: act.name } : sub)) };
  if (act.do !== "define") return card;
  if (act.theme_id !== card.theme_id) return { ...card, subthemes: card.subthemes.map((sub) => (sub.theme_id === act.theme_id ? { ...sub, [act.part]: act.value } : sub)) };
  if (act.part === "status") return { ...card, status: act.value };
  if (act.part === "extracts") return { ...card, shortlist: act.value.map((one) => ({ ...(card.shortlist.find((other) => other.coding_id === one.coding) ?? act.told?.[one.coding] ?? { coding_id: one.coding }), because: one.because })) };
  return { ...card, parts: { ...card.parts, [act.part]: act.value } };
}

export default {
  render({ model, el: root }) {
    const cards = new Definer(model, root);
    return () => cards.close();
  },
};
