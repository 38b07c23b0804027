// Level 1: the extracts of a theme in shuffled order, one by one or as a list. Does each belong here?
import { button, el, field, fill, select } from "./elements.js";

export class Extracts {
  constructor(desk) {
    this.desk = desk;
    this.title = "Its extracts";
    this.oneByOne = true;
    this.only = "";
    this.root = el("section", { class: "sx-panel" });
  }

  /** Begin with the first extract nobody has judged. */
  begin() {
    this.only = "";
    const { extracts } = this.desk;
    this.current = (extracts.find((extract) => !this.desk.verdict(extract.coding_id).verdict) ?? extracts[0])?.coding_id;
  }

  get shown() {
    const { desk } = this;
    return desk.extracts.filter((extract) => !this.only || extract.coding_id === this.current || (this.only === "not judged" ? !desk.verdict(extract.coding_id).verdict : desk.verdict(extract.coding_id)[/fitting/.test(this.only) ? "fit" : "verdict"] === this.only));
  }

  refresh() {
    const { desk } = this, shown = this.shown;
    const reason = this.why?.value ?? ""; // what somebody was writing stays
    const at = shown.findIndex((extract) => extract.coding_id === this.current);
    const kinds = ["not judged", "kept", "moved", "dropped", "best fitting", "worst fitting"];
    fill(this.root, el("p", { class: "sx-concept-whole" }, el("b", {}, desk.theme.name), desk.theme.concept ? `: ${desk.theme.concept}` : ""),
      el("p", { class: "sx-actions" }, button("One by one", () => this.#mode(true), { "aria-pressed": String(this.oneByOne), "data-key": "one" }), button("As a list", () => this.#mode(false), { "aria-pressed": String(!this.oneByOne), "data-key": "list" }),
        select({ "aria-label": "Which extracts", onchange: (event) => { this.only = event.target.value; this.current = null; this.current = this.shown[0]?.coding_id; this.refresh(); } }, [["", "all extracts"], ...kinds.map((kind) => [kind, kind])], this.only),
        button("‹ Before", () => this.step(-1), { "data-key": "before" }), button("Next ›", () => this.step(1), { "data-key": "next" }),
        el("span", { class: "sx-quiet" }, shown.length ? `${at + 1} of ${shown.length}, in shuffled order (seed ${desk.seed})` : "")),
      shown.length ? "" : el("p", {}, "There is none."),
      ...(this.oneByOne ? shown.slice(at, at + 1).map((extract) => this.#card(extract)) : shown.map((extract) => (extract.coding_id === this.current ? this.#card(extract) : this.#row(extract)))),
      desk.base.came.length ? el("details", {}, el("summary", {}, `Moved here from another theme: ${desk.base.came.length}`), desk.beside.quoted(desk.base.came.map((one) => ({ ...one, start: 0, end: 0, comment: one.because })))) : "");
    if (this.why && this.drawn === this.current) this.why.value = reason;
    this.drawn = this.current;
  }

  #mode(oneByOne) {
    this.oneByOne = oneByOne;
    this.refresh();
    this.focus();
  }

  #said(extract) {
    const { verdict, to_theme, fit, because, by } = this.desk.verdict(extract.coding_id);
    const words = [verdict === "moved" ? `moved to ${this.desk.themeName(to_theme)}` : verdict, fit].filter(Boolean).join(", ");
    return el("p", { class: "sx-verdict" }, words ? [el("b", {}, words), because ? ` – ${because}` : "", by ? ` (${by})` : ""] : "not judged yet");
  }

  #row(extract) {
    return el("article", { class: "sx-extract-row" }, el("p", { class: "sx-extract" }, extract.words), this.#said(extract),
      button(`Judge ${extract.source_id}, line ${extract.line}`, () => this.goTo(extract.coding_id), { "data-key": `judge ${extract.coding_id}` }));
  }

  #card(extract) {
    const { desk } = this, others = desk.themes.filter((theme) => theme.theme_id !== desk.theme.theme_id);
    this.why = el("textarea", { rows: 2, "aria-label": "Why", placeholder: "why? (asked for when it is moved or dropped)" });
    this.to = select({ "aria-label": "Move to" }, others.map((theme) => [theme.theme_id, theme.name]), "");
    const one = (label, key, action) => button(`${label} (${key})`, action, { "data-key": `${label} ${extract.coding_id}` });
    return el("article", { class: "sx-extract-card", tabindex: 0, "data-key": `extract ${extract.coding_id}`, "aria-label": `Extract: ${extract.source_id}, line ${extract.line}` },
      el("p", { class: "sx-extract" }, el("span", { class: "sx-quiet" }, extract.before), el("mark", {}, extract.words), el("span", { class: "sx-quiet" }, extract.after)),
      el("p", { class: "sx-actions" }, desk.beside.place(extract), el("span", { class: "sx-quiet" }, `${desk.codeNames(extract.codes)}${extract.comment ? ` – ${extract.comment}` : ""}`)), this.#said(extract), this.why,
      el("p", { class: "sx-actions" }, one("Keep", "k", () => this.judge("kept")), one("Drop", "d", () => this.judge("dropped")), one("Best fitting", "b", () => this.judge("best fitting")), one("Worst fitting", "w", () => this.judge("worst fitting")),
        one("Pulls against …", "p", () => this.pull(extract))),
      others.length ? el("p", { class: "sx-actions" }, one("Move to", "m", () => this.judge("moved")), this.to) : "");
  }

  goTo(codingId) {
    this.current = codingId;
    this.refresh();
    this.focus();
  }

  focus() { this.root.querySelector(".sx-extract-card")?.focus(); }

  step(by) {
    const shown = this.shown, next = shown[shown.findIndex((extract) => extract.coding_id === this.current) + by];
    if (!next) return this.desk.say("There is no further extract.");
    this.goTo(next.coding_id);
    this.desk.say(`${next.source_id}, line ${next.line}: ${next.words}`);
  }

  key(event) {
    if (!event.target.closest(".sx-extract-card, .sx-actions")) return;
    const does = { k: () => this.judge("kept"), d: () => this.judge("dropped"), b: () => this.judge("best fitting"), w: () => this.judge("worst fitting"), m: () => this.judge("moved"),
      p: () => this.pull(this.desk.byId.get(this.current)), n: () => this.step(1), ArrowRight: () => this.step(1), ArrowLeft: () => this.step(-1) }[event.key];
    if (!does || !this.current) return;
    event.preventDefault();
    does();
  }

  /** Keep a verdict, or how well it fits; a verdict leads on to the next extract. */
  judge(kind) {
    const { desk } = this, at = this.current, because = this.why.value.trim(), to_theme = kind === "moved" ? this.to.value : undefined;
    if (["moved", "dropped"].includes(kind) && !because) { this.why.focus(); return desk.say("Say why first: the reason is kept."); }
    if (kind === "moved" && !to_theme) return desk.say("There is no other theme.");
    this.why.value = "";
    const extract = desk.byId.get(at), shown = this.shown, next = shown[shown.findIndex((one) => one.coding_id === at) + 1];
    desk.review(`${extract.source_id}, line ${extract.line}: ${kind}`, kind, { coding_id: at, to_theme, because: because || undefined }, { at });
    if (/fitting/.test(kind) || !next) this.goTo(at); else this.goTo(next.coding_id);
  }

  /** Mark that two extracts pull against each other. */
  pull(extract) {
    const { desk } = this;
    let against;
    const label = (one) => `${one.source_id}, line ${one.line}: ${one.words.slice(0, 70)}`;
    desk.ask(`What does ${extract.source_id}, line ${extract.line} pull against?`, field("The other extract", (a) => (against = select(a, desk.extracts.filter((one) => one !== extract).map((one) => [one.coding_id, label(one)]), ""))), (because) => {
      if (!against.value) return;
      desk.review(`${extract.source_id}, line ${extract.line} pulls against another extract`, "pulls against", { coding_id: extract.coding_id, against: against.value, because });
      this.focus();
    }, { reason: "Why: what would hold both, or cannot?", wanted: true, save: "Mark the pair" });
  }
}
