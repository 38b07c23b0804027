// The codebook beside the transcript: find a code, give it, make one, read and change what it means; merge, split, retire with a reason.
import { button, counted, el, field, select } from "./elements.js";
import { LOOKS } from "./transcript.js";

const PARTS = [["definition", "Definition"], ["use_when", "Use when"], ["not_when", "Not when"], ["near_miss", "Near miss"], ["example", "Example"]];

export class Codes {
  constructor(pane) {
    this.pane = pane;
    this.title = "Codes";
    this.card = null;
    this.active = 0;
    this.wanted = el("input", { type: "search", class: "sx-find-code", placeholder: "Find or make a code …", role: "combobox", "aria-expanded": "true", "aria-autocomplete": "list",
      "aria-label": "Find a code, or make one", autocomplete: "off", spellcheck: "false", oninput: () => { this.active = 0; this.refresh(); }, onkeydown: (event) => this.#key(event) });
    this.list = el("ul", { class: "sx-codes", role: "listbox", "aria-label": "Codes", id: `${pane.uid}-list` });
    this.wanted.setAttribute("aria-controls", this.list.id);
    this.below = el("div", { class: "sx-card" });
    this.none = el("p", { class: "sx-quiet", hidden: true }, "There is no code yet. Select some words, write a name for what you read in them into the field above, and press Enter.");
    this.root = el("section", { class: "sx-panel" }, this.wanted, this.list, this.none, this.below);
  }

  /** Put the cursor where a code is chosen. */
  choose() {
    this.wanted.value = "";
    this.active = 0;
    this.refresh();
    this.wanted.focus();
  }

  #options() {
    const typed = this.wanted.value.trim(), low = typed.toLowerCase();
    const codes = this.pane.activeCodes(), last = this.pane.lastCodes;
    const rank = (code) => (code.name.toLowerCase().startsWith(low) ? 0 : 2) - (last.includes(code.code_id) ? 1 : 0);
    const found = codes.filter((code) => !low || code.name.toLowerCase().includes(low) || code.code_id.includes(low));
    if (low) found.sort((a, b) => rank(a) - rank(b));
    const exact = codes.some((code) => code.name.toLowerCase() === low);
    return typed && !exact ? [...found, { make: typed }] : found;
  }

  refresh() {
    const { pane } = this, options = this.options = this.#options(), here = new Map();
    for (const coding of pane.codingsNow()) here.set(pane.became(coding.code_id), (here.get(pane.became(coding.code_id)) ?? 0) + 1);
    this.active = Math.min(this.active, Math.max(0, options.length - 1));
    const can = Boolean(pane.transcript.span);
    this.list.replaceChildren(...options.map((code, place) => {
      const id = `${pane.uid}-option-${place}`, chosen = place === this.active;
      const attributes = { id, role: "option", "aria-selected": String(chosen), class: chosen ? "sx-option sx-on" : "sx-option" };
      if (code.make) return el("li", { ...attributes, onclick: () => this.#take(place) }, "Make the code “", el("b", {}, code.make), "”", can ? " and give it" : "");
      return el("li", { ...attributes, "data-code": code.code_id, style: `padding-left:${0.4 + this.#depth(code) * 0.9}rem`, onclick: () => { this.active = place; this.#open(code.code_id); }, ondblclick: () => this.#take(place),
        title: code.definition || "no definition yet" },
        el("i", { class: `sx-swatch sx-look-${pane.looks.get(code.code_id) % LOOKS}`, "aria-hidden": "true" }), el("span", { class: "sx-name" }, code.name),
        el("span", { class: "sx-count", title: `${counted(here.get(code.code_id) ?? 0, "coding")} here, ${counted(code.elsewhere, "coding")} in ${counted(code.interviews_elsewhere, "other interview")}` }, `${here.get(code.code_id) ?? 0} · ${code.elsewhere}`));
    }));
    this.none.hidden = options.length > 0;
    this.wanted.setAttribute("aria-activedescendant", options.length ? `${pane.uid}-option-${this.active}` : "");
    if (this.card && !this.editing) this.#drawCard();
  }

  #depth(code) {
    let depth = 0;
    for (let above = code.parent; above && depth < 6; above = this.pane.code(above).parent) depth++;
    return depth;
  }

  #key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      this.active = (this.active + step + this.options.length) % Math.max(1, this.options.length);
      this.refresh();
      this.list.children[this.active]?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && this.options.length) {
      event.preventDefault();
      this.#take(this.active, event.shiftKey);
    }
  }

  #take(place, stay = false) {
    const option = this.options[place], { pane } = this;
    const code = option.make ? this.make(option.make) : option.code_id;
    if (pane.transcript.span) pane.give([code]); else this.#open(code);
    this.wanted.value = "";
    this.refresh();
    if (stay) this.wanted.focus(); else pane.transcript.focus();
  }

  /** Make a code and return its id. */
  make(name, definition = "") {
    const { code_id, forward, back } = this.#making(name, definition);
    this.pane.act(`New code: ${name}`, forward, back);
    return code_id;
  }

  /** What makes a code, and what takes it back: it is retired then, for nothing is deleted, and stands again when it is made again. */
  #making(name, definition) {
    const { pane } = this, code_id = this.#idFor(name), code = { code_id, name, definition, status: null, history: [], elsewhere: 0, interviews_elsewhere: 0 };
    const again = () => this.#state(code, { status: null })(["restore code", { code_id, because: "made again" }]);
    const first = () => { pane.interview.codes.push(code); pane.redraw(); return ["new code", { code_id, name, definition }]; };
    return { code_id, forward: () => (pane.interview.codes.some((known) => known.code_id === code_id) ? again() : first()),
      back: () => this.#state(code, { status: "retired" })(["retire code", { code_id, because: "made by mistake, and undone" }]) };
  }

  inVivo() {
    const { pane } = this;
    if (!pane.transcript.span) return pane.say("Select the words first.");
    const words = pane.transcript.wordsOf(pane.transcript.span).replace(/\s+/g, " "), name = words.length > 60 ? `${words.slice(0, 58)}…` : words;
    const known = pane.activeCodes().find((code) => code.name === name);
    pane.give([known ? known.code_id : this.make(name)]);
  }

  #idFor(name) {
    const words = name.normalize("NFKD").replace(/[^\w\s-]/g, "").toLowerCase().trim().replace(/[\s_]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 40) || `code-${Math.random().toString(16).slice(2, 8)}`;
    let id = words, number = 2;
    while (this.pane.interview.codes.some((code) => code.code_id === id)) id = `${words}-${number++}`;
    return id;
  }

  // ---- one code

  #open(codeId) {
    this.card = codeId;
    this.editing = false;
    this.refresh();
  }

  #drawCard() {
    const { pane } = this, code = pane.code(this.card);
    const parts = PARTS.filter(([part]) => code[part]).map(([part, label]) => [el("dt", {}, label), el("dd", {}, code[part])]);
    const history = (code.history ?? []).map((entry) => el("li", {}, `${entry.on}, ${entry.by}: ${entry.what}${entry.because ? ` – ${entry.because}` : ""}`));
    this.quotations = el("div", { class: "sx-extracts" });
    this.below.replaceChildren(el("h4", {}, code.name), parts.length ? el("dl", {}, parts) : el("p", { class: "sx-quiet" }, "No definition yet."),
      el("p", { class: "sx-quiet" }, `${counted(code.elsewhere, "coding")} in ${counted(code.interviews_elsewhere, "other interview")} when the study was opened.`),
      el("p", { class: "sx-actions" }, pane.transcript.span && button("Give to the selection", () => pane.give([code.code_id])), button("Define or rename", () => this.#edit(code)),
        button("Merge", () => this.#merge(code)), button("Split", () => this.#split(code)), button("Retire", () => this.#retire(code)), button("All its passages", () => this.#passages(code))),
      history.length ? el("details", {}, el("summary", {}, "What happened to it"), el("ul", {}, history)) : "", this.quotations);
  }

  /** A form in the card's place: fields, and a reason; `done` gets the values. */
  #form(heading, fields, done, { reason = true } = {}) {
    this.editing = true;
    const why = el("textarea", { rows: 2 });
    const shown = [...fields];
    if (reason) shown.push(field("Why", (attributes) => { why.id = attributes.id; why.required = true; return why; }));
    const close = () => { this.editing = false; this.#drawCard(); };
    this.below.replaceChildren(el("form", { onsubmit: (event) => {
      event.preventDefault();
      if (reason && !why.value.trim()) { why.focus(); return this.pane.say("Say why: the reason is kept."); }
      this.editing = false;
      done(why.value.trim());
      this.refresh();
    } }, el("h4", {}, heading), shown, el("p", { class: "sx-actions" }, el("button", { type: "submit" }, "Save"), button("Leave it", close))));
    this.below.querySelector("input, select, textarea")?.focus();
  }

  #edit(code) {
    const inputs = {}, { pane } = this;
    const line = (name, label, make) => field(label, (attributes) => (inputs[name] = make(attributes)));
    const others = pane.activeCodes().filter((other) => other.code_id !== code.code_id).map((other) => [other.code_id, other.name]);
    this.#form(`Change “${code.name}”`, [line("name", "Name", (a) => el("input", { ...a, value: code.name, required: true })),
      ...PARTS.map(([part, label]) => line(part, label, (a) => el("textarea", { ...a, rows: 2, value: code[part] ?? "" }))),
      line("parent", "Under", (a) => select(a, [["", "nothing: it stands at the top"], ...others], code.parent ?? ""))],
    (because) => {
      const after = Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, input.value.trim()]).filter(([name, value]) => value !== (code[name] ?? "")));
      if (!Object.keys(after).length) return;
      const before = Object.fromEntries(Object.keys(after).map((name) => [name, code[name] ?? ""]));
      const told = (from, to) => ["name" in to && `renamed from “${from.name}” to “${to.name}”`, "parent" in to && (to.parent ? `moved under ${to.parent}` : "moved to the top"),
        Object.keys(to).some((name) => !["name", "parent"].includes(name)) && `redefined: ${Object.keys(to).filter((name) => !["name", "parent"].includes(name)).map((name) => name.replace("_", " ")).join(", ")}`].filter(Boolean).join("; ");
      const set = (from, to, why) => () => { Object.assign(pane.code(code.code_id), to); pane.redraw(); return ["change code", { code_id: code.code_id, changes: to, what: told(from, to), because: why }]; };
      pane.act(`Changed the code ${code.name}`, set(before, after, because), set(after, before, "undone"));
    });
  }

  #state(code, set) {
    return (message) => { Object.assign(this.pane.code(code.code_id), set); this.pane.redraw(); return message; };
  }

  #merge(code) {
    const { pane } = this;
    let into;
    this.#form(`Merge “${code.name}” into another code`, [field("Into", (a) => (into = select(a, pane.activeCodes().filter((other) => other.code_id !== code.code_id).map((other) => [other.code_id, other.name]), "")))],
      (because) => {
        const target = into.value, { code_id } = code;
        pane.act(`Merged ${code.name} into ${pane.code(target).name}`, () => this.#state(code, { status: "merged", merged_into: target })(["merge codes", { code_id, into: target, because }]),
          () => this.#state(code, { status: null, merged_into: null })(["restore code", { code_id, because: "undone" }]));
        this.card = target;
      });
  }

  #retire(code) {
    const { code_id } = code;
    this.#form(`Retire “${code.name}”`, [el("p", { class: "sx-quiet" }, "Its codings stay on record and no longer count.")], (because) => {
      this.pane.act(`Retired ${code.name}`, () => this.#state(code, { status: "retired" })(["retire code", { code_id, because }]), () => this.#state(code, { status: null })(["restore code", { code_id, because: "undone" }]));
      this.card = null;
      this.below.replaceChildren();
    });
  }

  async #rows(code) {
    const { pane } = this, here = pane.interview.source_id;
    const told = await pane.connection.ask("passages", { code_id: code.code_id, source_id: here });
    const own = pane.codingsNow().filter((coding) => pane.became(coding.code_id) === code.code_id).map((coding) => ({ ...coding, source_id: here, exact: pane.transcript.wordsOf(coding), line: pane.transcript.turnAt(coding.start).line }));
    return [...own.sort((a, b) => a.start - b.start), ...told.passages];
  }

  async #passages(code) {
    const rows = await this.#rows(code);
    this.quotations.replaceChildren(el("p", { class: "sx-quiet" }, `${counted(rows.length, "coding")}`), ...rows.map((row) => el("blockquote", {}, row.exact,
      el("footer", {}, button(`${row.source_id}, line ${row.line}`, () => (row.source_id === this.pane.interview.source_id ? this.pane.show(row) : this.pane.go(row.source_id, row))), ` ${row.coder_id}${row.comment ? ` – ${row.comment}` : ""}`))));
  }

  async #split(code) {
    const { pane } = this, rows = (await this.#rows(code)).filter((row) => row.coder_id === pane.interview.me), choices = [];
    let name;
    const fields = [field("Name of the new code", (a) => (name = el("input", { ...a, required: true }))), el("p", { class: "sx-quiet" }, "Tick what goes to the new code."),
      ...rows.map((row) => { const box = el("input", { type: "checkbox" }); choices.push([box, row]); return el("label", { class: "sx-tick" }, box, `${row.source_id}, line ${row.line}: ${row.exact.slice(0, 160)}`); })];
    this.#form(`Split “${code.name}”`, fields, (because) => {
      const chosen = choices.filter(([box]) => box.checked).map(([, row]) => row);
      if (!name.value.trim() || !chosen.length) return pane.say("Name the new code and tick at least one passage.");
      const known = pane.activeCodes().find((other) => other.name === name.value.trim()), made = known ? null : this.#making(name.value.trim(), `Split from ${code.name}.`);
      const into = known?.code_id ?? made.code_id, { code_id } = code, act = (message) => pane.connection.act(...message);
      pane.recode(chosen, chosen.map(() => into), `Split ${code.name}: ${counted(chosen.length, "coding")} to ${name.value.trim()}`, {
        forward: () => { if (made) act(made.forward()); act(["split code", { code_id, into: [into], because }]); },
        back: () => { act(["change code", { code_id, changes: {}, what: `the split was taken back: nothing goes to ${into}`, because: "undone" }]); if (made) act(made.back()); } });
    });
  }
}
