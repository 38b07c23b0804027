// Level 2: the theme against the whole dataset. Who is absent, what was read again, what pulls against it, what was searched for, what was decided.
import { button, counted, el, field, fill, select } from "./elements.js";

export function searchesTold(number) { return `${number} ${number === 1 ? "search" : "searches"}`; }

export class Absent {
  constructor(desk) {
    this.desk = desk;
    this.title = "Who is absent";
    this.root = el("section", { class: "sx-panel" });
  }

  refresh() {
    const { desk } = this, parts = [...new Set(desk.base.absent.map((row) => row.part))];
    fill(this.root, el("p", { class: "sx-quiet" }, "Absence of a coding is not absence of a view: not everyone was asked. Open the transcript, look, and say what stands there."),
      parts.length ? "" : el("p", {}, "Everybody is heard in it."), parts.map((part, place) => this.#part(part, place === 0)),
      el("h4", {}, "Read again for this theme"), desk.base.reread.length ? el("ul", {}, desk.base.reread.map((mark) => el("li", {}, `${mark.source_id}, ${mark.created.slice(0, 10)}, ${mark.by}: ${mark.because}`))) : el("p", { class: "sx-quiet" }, "No transcript yet."),
      button("Open a transcript to read again", () => this.#again(), { "data-key": "again" }));
  }

  #part(part, open) {
    const rows = this.desk.base.absent.filter((row) => row.part === part), looked = rows.filter((row) => row.looked_on).length;
    return el("details", { open }, el("summary", {}, `${part}: ${counted(rows.length, "participant")} not heard, ${looked} looked for`), el("ul", { class: "sx-absent" }, rows.map((row) => this.#row(row))));
  }

  #row(row) {
    const { desk } = this;
    return el("li", {}, el("b", {}, row.participant_id), ` (${row.group}) `, row.interviews.map((id) => button(id, () => desk.beside.transcript(id, null, this.#lookedFor(row, id)), { class: "sx-place", "aria-label": `Open ${id} to look for ${row.participant_id}` })),
      row.looked_on ? el("span", {}, ` ${row.looked_on}: ${row.what_stands_there}`) : el("span", { class: "sx-quiet" }, " not looked for yet "),
      button(row.looked_on ? "Say anew" : "Say what stands there", () => this.#say(row), { "aria-label": `What stands there: ${row.participant_id}`, "data-key": `absent ${row.theme_id} ${row.participant_id}` }));
  }

  #lookedFor(row, id) {
    return el("p", { class: "sx-actions" }, button(`Say what stands there of ${row.participant_id}`, () => this.#say(row)), button("Mark as read again", () => this.#mark(id)));
  }

  #say(row) {
    this.desk.ask(`Looked for ${row.participant_id} in “${row.part}”`, [], (because) => {
      this.desk.review(`Looked for ${row.participant_id}`, "absent looked for", { theme_id: row.theme_id, participant_id: row.participant_id, because });
    }, { reason: "What stands there?", wanted: true });
  }

  #again() {
    let source;
    this.desk.ask("Open a transcript to read again", field("Interview", (a) => (source = select(a, this.desk.sources.map((id) => [id, id]), ""))), () => {
      const id = source.value;
      this.desk.beside.transcript(id, null, el("p", { class: "sx-actions" }, button("Mark as read again", () => this.#mark(id))));
    }, { reason: "What to look for (a note to yourself, not kept)", save: "Open it" });
  }

  #mark(id) {
    this.desk.ask(`${id} was read again for “${this.desk.theme.name}”`, [], (because) => { this.desk.review(`Read again: ${id}`, "re-read", { source_id: id, because }); }, { reason: "What was found?", wanted: true });
  }
}

export class Pairs {
  constructor(desk) {
    this.desk = desk;
    this.title = "What pulls against it";
    this.root = el("section", { class: "sx-panel" });
  }

  refresh() {
    const { pairs } = this.desk.base;
    fill(this.root, el("p", { class: "sx-quiet" }, "Side by side: can one idea hold both? A pair is here because a reader marked it (P on an extract), called one the best and one the worst fitting, or found one of them in a search. No measure chooses."),
      pairs.length ? "" : el("p", {}, "No pair is marked yet."), pairs.map((pair) => el("article", { class: "sx-pair" }, el("p", {}, el("b", {}, pair.chosen), ` ${pair.whose}. ${pair.because ?? ""}`),
        el("blockquote", {}, pair.first_words, el("footer", {}, pair.first)), el("blockquote", {}, pair.second_words, el("footer", {}, pair.second)))));
  }
}

const WAYS = ["read the interviews of those who are absent from it", "read the codes that oppose it", "looked for words that say the contrary", "read the least typical extracts", "compared second interviews with first ones"];

export class Against {
  constructor(desk) {
    this.desk = desk;
    this.title = "Evidence against it";
    this.root = el("section", { class: "sx-panel" });
  }

  refresh() {
    const { desk } = this, { searches } = desk.base;
    if (this.form?.isConnected && this.theme === desk.theme.theme_id) { this.#list(searches); return; }
    this.theme = desk.theme.theme_id;
    this.listed = el("div");
    this.form = this.#form();
    fill(this.root, this.listed, el("h4", {}, "A new search"), this.form);
    this.#list(searches);
  }

  #list(searches) {
    fill(this.listed, el("p", {}, searches.length ? `${searchesTold(searches.length)} on record.` : el("b", {}, "Nobody has searched for evidence against it yet. A theme is not final without one search, whatever it finds.")),
      ...searches.map((one) => el("article", { class: "sx-memo" }, el("p", {}, el("b", {}, `${one.found}: `), one.claim), el("p", {}, `How: ${one.how}`), el("p", {}, `What stands there: ${one.because}`), el("p", {}, `What it changed: ${one.changed}`),
        el("p", { class: "sx-quiet" }, `${one.created.slice(0, 10)}, ${one.by}${one.contrary?.length ? `, ${counted(one.contrary.length, "contrary extract")}` : ""}`))));
  }

  #form() {
    const { desk } = this, inputs = {}, chosen = new Map();
    const line = (name, label, value = "") => field(label, (a) => (inputs[name] = el("textarea", { ...a, rows: 2, value })));
    const ways = WAYS.map((way) => button(way, () => { inputs.how.value = [inputs.how.value.trim(), way].filter(Boolean).join("; "); inputs.how.focus(); }));
    const found = el("div"), picked = el("ul", { class: "sx-picked" });
    const wanted = el("input", { type: "search", "aria-label": "Search coded passages", placeholder: "words, a code, or P07-1", onkeydown: (event) => { if (event.key === "Enter") { event.preventDefault(); look(); } } });
    const show = () => picked.replaceChildren(...[...chosen.values()].map((one) => el("li", {}, `${one.source_id}, line ${one.line} `, button("Take out", () => { chosen.delete(one.coding_id); show(); }, { "aria-label": `Take out ${one.source_id}, line ${one.line}` }))));
    const look = async () => {
      try {
        const { passages, total } = await desk.connection.ask("find", { words: wanted.value });
        found.replaceChildren(el("p", { class: "sx-quiet" }, `${counted(total, "passage")}${total > passages.length ? `; the first ${passages.length} are shown` : ""}`), ...passages.map((one) => el("label", { class: "sx-tick" },
          el("input", { type: "checkbox", onchange: (event) => { if (event.target.checked) chosen.set(one.coding_id, one); else chosen.delete(one.coding_id); show(); } }), ` ${one.source_id}, line ${one.line}: ${one.words.slice(0, 200)}`)));
        desk.say(counted(total, "passage"));
      } catch (error) { desk.say(error.message); }
    };
    const outcome = field("Was any found?", (a) => (inputs.found = select(a, [["found", "found"], ["none found", "searched, none found"]], "")));
    return el("form", { class: "sx-search-form", onsubmit: (event) => { event.preventDefault(); this.#keep(inputs, chosen); } },
      line("claim", "The claim that was tested", desk.theme.concept || desk.theme.name), line("how", "How it was looked for"), el("p", { class: "sx-actions" }, ways),
      outcome, line("because", "What stands there, or why there may be nothing"),
      el("fieldset", {}, el("legend", {}, "Contrary extracts"), el("p", { class: "sx-actions" }, wanted, button("Search", look)), found, picked), line("changed", "What it changed in the theme (“nothing, because …” will do)"),
      el("p", { class: "sx-actions" }, el("button", { type: "submit" }, "Keep the search")));
  }

  #keep(inputs, chosen) {
    const { desk } = this, said = Object.fromEntries(["claim", "how", "because", "changed"].map((name) => [name, inputs[name].value.trim()]));
    const empty = Object.keys(said).find((name) => !said[name]);
    if (empty) { inputs[empty].focus(); return desk.say("This is still to be said."); }
    if (inputs.found.value === "found" && !chosen.size) return desk.say("Tick the extracts that were found, or say that none was.");
    this.form = null;
    desk.review(`Searched for evidence against ${desk.theme.name}: ${inputs.found.value}`, "negative case", { ...said, found: inputs.found.value, contrary: [...chosen.keys()] });
    document.activeElement?.blur();
    this.refresh();
  }
}

const CHOICES = { keep: "Keep", split: "Split", merge: "Merge", drop: "Drop", rework: "Rework" };

export class Decision {
  constructor(desk) {
    this.desk = desk;
    this.title = "Decision";
    this.root = el("section", { class: "sx-panel" });
  }

  refresh() {
    const { desk } = this, { decisions } = desk.base;
    fill(this.root, el("p", { class: "sx-quiet" }, "What becomes of the theme, and why. Codes are moved, and themes split, merged and let go, on the board of notebook 3; here it is said that they should be. A decision is not taken back: record another."),
      el("p", { class: "sx-actions" }, Object.entries(CHOICES).map(([kind, label]) => button(`${label} …`, () => this.#decide(label), { "data-key": `decide ${kind}` }))),
      el("h4", {}, `Decisions about it: ${decisions.length}`), decisions.map((one) => el("article", { class: "sx-memo" }, el("h5", {}, one.what), el("p", {}, one.because), one.alternatives?.length ? el("p", {}, `Also considered: ${one.alternatives.join("; ")}`) : "",
        el("p", { class: "sx-quiet" }, `${one.on}, ${one.by}, phase ${one.phase}${one.back_to ? `, back to phase ${one.back_to}` : ""}`))));
  }

  #decide(label) {
    const { desk } = this, inputs = {};
    desk.ask(`${label}: “${desk.theme.name}”`, [field("What exactly", (a) => (inputs.what = el("input", { ...a, value: `${label} the theme “${desk.theme.name}”`, required: true }))),
      field("What else was considered, separated by ;", (a) => (inputs.other = el("input", a))),
      field("Does it lead back?", (a) => (inputs.back = select(a, [["", "no"], ["1", "to phase 1, reading"], ["2", "to phase 2, coding"], ["3", "to phase 3, grouping"]], "")))], (because) => {
      desk.connection.act("decide", { phase: 4, of_theme: desk.theme.theme_id, what: inputs.what.value.trim(), because, about: [`theme:${desk.theme.theme_id}`], back_to: Number(inputs.back.value) || undefined,
        alternatives: inputs.other.value.split(";").map((words) => words.trim()).filter(Boolean) });
      desk.say(`Decided: ${inputs.what.value.trim()}`);
    }, { reason: "Why", wanted: true, save: "Record the decision" });
  }
}
