// Where people read the same turn differently: laid side by side to talk about, and settled with a reason. No number sums it up.
import { button, counted, el, field, select } from "./elements.js";

export class Coders {
  constructor(pane) {
    this.pane = pane;
    this.title = "Coders";
    this.root = el("section", { class: "sx-panel" });
  }

  refresh() {
    const { pane } = this;
    if (pane.interview.blind) return this.root.replaceChildren(el("p", { class: "sx-quiet" }, "You code without seeing what others coded. Lay the codings side by side when you are through."));
    const differences = this.#differences();
    if (this.root.contains(document.activeElement) && document.activeElement.tagName === "TEXTAREA") return;
    this.root.replaceChildren(el("p", { class: "sx-quiet" }, differences === null ? "Nobody else coded this interview." :
      `${counted(differences.length, "turn")} read differently. A difference is a question; often the better reading is a third one.`), ...(differences ?? []).map((one) => this.#difference(one)));
  }

  #differences() {
    const { pane } = this, codings = pane.codingsNow(), coders = [...new Set(codings.map((coding) => coding.coder_id))].sort();
    if (coders.length < 2) return null;
    return pane.transcript.turns.map((turn) => {
      const here = codings.filter((coding) => coding.start < turn.end && coding.end > turn.start);
      const given = coders.map((coder) => [coder, here.filter((coding) => coding.coder_id === coder)]);
      const sets = given.map(([, theirs]) => [...new Set(theirs.map((coding) => pane.became(coding.code_id)))].sort().join("|"));
      return { turn, given, differ: here.length && new Set(sets).size > 1 };
    }).filter((one) => one.differ);
  }

  #difference({ turn, given }) {
    const { pane } = this, here = pane.interview.source_id;
    const names = (codings) => [...new Set(codings.map((coding) => pane.code(pane.became(coding.code_id)).name))].join(", ") || "no code";
    const settled = pane.interview.decisions.filter((decision) => (decision.about ?? []).includes(`source:${here}`) && decision.what.startsWith(`Line ${turn.line} of ${here}:`));
    const table = el("table", {}, el("tbody", {}, given.map(([coder, codings]) => el("tr", {}, el("th", { scope: "row" }, coder), el("td", {}, names(codings),
      ...codings.filter((coding) => coding.comment).map((coding) => el("p", { class: "sx-quiet" }, coding.comment)))))));
    const out = el("div");
    return el("article", { class: "sx-difference" }, el("p", {}, button(`Line ${turn.line}`, () => pane.show(turn)), ` ${turn.text.slice(0, 140)}${turn.text.length > 140 ? " …" : ""}`), table,
      ...settled.map((decision) => el("p", { class: "sx-settled" }, `${decision.on}, ${decision.by}: ${decision.what.replace(/^Line \d+ of [^:]+: /, "")} – ${decision.because}`)),
      el("p", { class: "sx-actions" }, button("Settle", () => this.#settle(out, turn, given, names))), out);
  }

  #settle(out, turn, given, names) {
    const { pane } = this, here = pane.interview.source_id, inputs = {};
    const others = given.filter(([coder]) => coder !== pane.interview.me);
    const choices = [["both", "both readings stand"], ["mine", "mine stands"], ...others.map(([coder]) => [coder, `${coder}'s stands: I take it over`]), ["third", "a third reading: I code it anew"]];
    out.replaceChildren(el("form", { onsubmit: (event) => { event.preventDefault(); this.#save(inputs, turn, given, names); } },
      field("Outcome", (a) => (inputs.outcome = select(a, choices, "both"))), field("Why, and who talked about it", (a) => (inputs.because = el("textarea", { ...a, rows: 2, required: true }))),
      el("p", { class: "sx-actions" }, el("button", { type: "submit" }, "Record"), button("Leave it", () => out.replaceChildren()))));
    inputs.outcome.focus();
  }

  #save({ outcome, because }, turn, given, names) {
    const { pane } = this, here = pane.interview.source_id, read = given.map(([coder, codings]) => `${coder} gave ${names(codings)}`), chosen = outcome.selectedOptions[0].textContent;
    const theirs = given.find(([coder]) => coder === outcome.value)?.[1] ?? [], mine = given.find(([coder]) => coder === pane.interview.me)?.[1] ?? [];
    const why = because.value.trim();
    because.blur();
    const settle = (outcome, because) => pane.connection.act("settle", { what: `Line ${turn.line} of ${here}: ${outcome}`, because, about: [`source:${here}`], alternatives: read });
    const taken = theirs.map(({ code_id, coder_id, start, end }) => ({ code_id: pane.became(code_id), start, end, comment: `taken over from ${coder_id}: ${why}` }));
    pane.exchange(`Line ${turn.line}: ${chosen}`, theirs.length ? mine.map((coding) => coding.coding_id) : [], taken, `settled: ${why}`,
      { forward: () => settle(`${read.join("; ")}. Outcome: ${chosen}`, why), back: () => settle("what was settled is taken back", "undone") });
    if (outcome.value === "third") pane.show(turn);
    this.refresh();
  }
}
