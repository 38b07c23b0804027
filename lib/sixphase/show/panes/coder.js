// The coding pane and the reading desk: one interview (or two), a side with what belongs to it, and every act on its way to the disk.
import { button, counted, el, select } from "./elements.js";
import { Connection } from "./saving.js";
import { LOOKS, Transcript } from "./transcript.js";
import { Codes } from "./codes.js";
import { Passage } from "./passage.js";
import { Memos } from "./memos.js";
import { Find } from "./find.js";
import { Coders } from "./coders.js";
import { Reading } from "./reading.js";
import { Help } from "./help.js";
import { onKey } from "./keys.js";

const NOTHING_MORE = { forward: () => {}, back: () => {} };

class Pane {
  constructor(model, root) {
    this.model = model;
    this.mode = model.get("mode");
    this.interview = null;
    this.done = [];
    this.undone = [];
    this.handlesById = new Map(); // through all interviews, so that a step is undone wherever one has gone since
    this.brush = false;
    this.counts = new Map(); // source -> codings of mine, where something was done since the study was opened
    this.hidden = { coders: new Set(), code: "", theme: "" };
    this.colourBy = "code";
    this.connection = new Connection(model, (news) => this.#hear(news), () => this.#showStatus());
    this.transcript = new Transcript({
      chosen: (span) => this.#chosen(span), picked: (codings) => this.#picked(codings),
      moved: (id, span) => this.changeCoding(id, span), read: () => { this.root.dataset.read = String(this.transcript.read.size); this.panels.reading.refresh(); },
    });
    this.panels = { codes: new Codes(this), passage: new Passage(this), memos: new Memos(this), find: new Find(this), coders: new Coders(this), reading: new Reading(this), help: new Help(this) };
    this.#build(root);
  }

  close() {
    this.connection.close();
    this.transcript.close();
    this.second?.close();
  }

  get coding() { return this.mode === "coding"; }

  // ---- the pane's parts

  #build(root) {
    this.live = el("p", { class: "sx-live", role: "status", "aria-live": "polite" });
    this.status = el("div", { class: "sx-status" });
    this.tools = el("div", { class: "sx-tools", role: "toolbar", "aria-label": "Interview and view" });
    this.label = el("p", { class: "sx-label" });
    const tabs = Object.entries(this.panels).filter(([name]) => this.coding || !["codes", "passage", "coders"].includes(name));
    this.tabs = new Map(tabs.map(([name, panel]) => [name, el("button", { type: "button", role: "tab", id: `${this.uid}-${name}`, "aria-selected": "false", tabindex: -1,
      onclick: () => this.open(name), onkeydown: (event) => this.#tabKey(event, name) }, panel.title)]));
    tabs.forEach(([name, panel]) => { panel.root.setAttribute("role", "tabpanel"); panel.root.setAttribute("aria-labelledby", `${this.uid}-${name}`); });
    this.side = el("div", { class: "sx-side" }, el("div", { class: "sx-tabs", role: "tablist", "aria-label": "Beside the transcript" }, [...this.tabs.values()]), tabs.map(([, panel]) => panel.root));
    this.stage = el("div", { class: "sx-stage" }, this.transcript.scroller, this.side);
    this.root = el("div", { class: "sx-pane", role: "application", "aria-label": this.coding ? "Coding pane" : "Reading desk" }, this.label, this.tools, this.status, this.stage, this.live);
    // JupyterLab deletes a cell at “d d”: no key may leave the pane.
    for (const kind of ["keydown", "keyup", "keypress"]) this.root.addEventListener(kind, (event) => event.stopPropagation());
    this.root.addEventListener("keydown", (event) => onKey(this, event));
    this.transcript.scroller.addEventListener("focus", () => this.transcript.focus());
    root.append(this.root);
    this.open(this.coding ? "codes" : "memos");
    this.status.textContent = "Opening the interview …";
    this.go(this.model.get("source"));
  }

  get uid() { return (this.id ??= `sx-${Math.random().toString(36).slice(2, 8)}`); }

  open(name) {
    for (const [other, tab] of this.tabs) {
      tab.setAttribute("aria-selected", String(other === name));
      tab.tabIndex = other === name ? 0 : -1;
      this.panels[other].root.hidden = other !== name;
    }
    this.opened = name;
    if (this.interview) this.panels[name].refresh();
  }

  #tabKey(event, name) {
    const names = [...this.tabs.keys()], step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = names[(names.indexOf(name) + step + names.length) % names.length];
    this.open(next);
    this.tabs.get(next).focus();
  }

  #buildTools() {
    const { sources, source_id, coders, themes } = this.interview;
    this.choice = select({ "aria-label": "Interview", onchange: (event) => this.go(event.target.value) }, sources.map((source) => [source.source_id, this.#sourceLabel(source)]), source_id);
    const parts = [el("span", { class: "sx-group" }, button("‹", () => this.neighbour(-1), { "aria-label": "Interview before" }), this.choice, button("›", () => this.neighbour(1), { "aria-label": "Next interview" }))];
    if (!this.coding) parts.push(el("span", { class: "sx-group" }, select({ "aria-label": "Interview beside it", onchange: (event) => this.compareWith(event.target.value) },
      [["", "alone"], ...sources.filter((source) => source.source_id !== source_id).map((source) => [source.source_id, `beside ${source.source_id}`])], this.beside ?? "")));
    if (this.coding) {
      this.undoButton = button("↶ Undo", () => this.undo());
      this.redoButton = button("↷ Redo", () => this.redo());
      this.brushButton = button("Highlighter", () => this.toggleBrush(), { "aria-pressed": String(this.brush), title: "Give the last code to whatever I select (h)" });
      parts.push(el("span", { class: "sx-group" }, this.undoButton, this.redoButton), this.brushButton,
        el("span", { class: "sx-group" }, button("← coding", () => this.jumpCoding(-1), { title: "Coding before (p)" }), button("coding →", () => this.jumpCoding(1), { title: "Next coding (n)" }),
          button("uncoded →", () => this.jumpUncoded(), { title: "Next passage without a code (u)" }), button("unread →", () => this.jumpUnread(), { title: "Next unread turn (x)" })),
        el("span", { class: "sx-group" },
          select({ "aria-label": "Show codings of the code", onchange: (event) => this.filter("code", event.target.value) }, [["", "all codes"], ...this.activeCodes().map((code) => [code.code_id, code.name])], this.hidden.code),
          select({ "aria-label": "Show codings of the theme", onchange: (event) => this.filter("theme", event.target.value) }, [["", "all themes"], ...themes.map((theme) => [theme.theme_id, theme.name])], this.hidden.theme),
          Object.keys(coders).length > 1 && select({ "aria-label": "Show codings of the coder", onchange: (event) => this.filterCoder(event.target.value) }, [["", "all coders"], ...Object.keys(coders).map((id) => [id, id])], this.onlyCoder ?? ""),
          select({ "aria-label": "Colour by", onchange: (event) => { this.colourBy = event.target.value; this.redraw(); } }, [["code", "colour: codes"], ["theme", "colour: themes"], ["coder", "colour: coders"]], this.colourBy)));
    }
    this.tools.replaceChildren(...parts);
  }

  #sourceLabel({ source_id, codings, sittings }) {
    return `${source_id} · ${this.coding ? counted(this.counts.get(source_id) ?? codings, "coding") : sittings ? counted(sittings, "sitting") : "not read yet"}`;
  }

  // ---- what Python says

  async go(sourceId, span = null) {
    try {
      const told = await this.connection.ask("interview", { source_id: sourceId });
      this.interview = told;
      this.base = new Map(told.codings.map((coding) => [coding.coding_id, coding]));
      this.transcript.show(told.source_id, told.turns);
      this.root.dataset.read = "0";
      this.label.textContent = told.label;
      this.label.hidden = !told.label;
      this.lastCodes ??= [];
      this.#buildTools();
      this.redraw();
      this.refreshPanels();
      if (!this.resent) { this.resent = true; this.connection.resend(); }
      if (span) this.show(span);
      this.root.dataset.ready = told.source_id;
      this.#showStatus();
    } catch (error) {
      this.status.textContent = error.message;
    }
  }

  async compareWith(sourceId) {
    this.second?.scroller.remove();
    this.second?.close();
    this.second = null;
    this.beside = sourceId;
    this.stage.classList.toggle("sx-two", Boolean(sourceId));
    if (!sourceId) return;
    const told = await this.connection.ask("interview", { source_id: sourceId });
    this.second = new Transcript({ chosen() {}, picked() {}, moved() {}, read() {} });
    this.second.show(told.source_id, told.turns);
    this.second.setCodings([], () => ({}));
    this.transcript.scroller.after(this.second.scroller);
  }

  #hear(news) {
    if (news.saved) this.#saved(news.saved.act);
    if (news.refused) this.say(`Not saved: ${news.refused.why}`);
    for (const part of ["codes", "memos", "reading", "decisions"]) if (news[part] && this.interview) this.interview[part] = news[part];
    if (news.codings && this.interview?.source_id === news.source_id) {
      this.base = new Map(news.codings.map((coding) => [coding.coding_id, coding]));
      this.redraw();
    } else if (news.codes || news.refused) this.redraw();
    if (this.interview && (news.codes || news.memos || news.reading || news.decisions || news.codings)) this.refreshPanels();
  }

  #saved(act) {
    if (!this.interview || act.source_id !== this.interview.source_id) return;
    if (act.do === "withdraw") { this.base.delete(act.coding_id); this.transcript.drop(act.coding_id); }
    if (act.do === "give") {
      const coding = this.#asCoding(act, false), shown = this.transcript.codings.get(act.id);
      if (act.replaces) { this.base.delete(act.replaces); this.transcript.drop(act.replaces); }
      this.base.set(act.id, coding);
      if (!this.#replacedMeanwhile(act.id) && !shown) this.transcript.put(coding);
      if (shown) { shown.pending = false; this.transcript.rows.querySelectorAll(`[data-coding="${CSS.escape(act.id)}"]`).forEach((chip) => chip.classList.remove("sx-pending")); }
    }
  }

  #replacedMeanwhile(id) {
    return this.connection.pending.some(({ act }) => act.replaces === id || act.coding_id === id);
  }

  #asCoding(act, pending) {
    return { coding_id: act.id, code_id: act.code_id, coder_id: this.interview.me, start: act.start, end: act.end, comment: act.comment ?? "", created: act.created, pass: act.pass, pending };
  }

  // ---- what is shown

  /** The codings as they will stand when everything on its way has arrived. */
  codingsNow() {
    const now = new Map(this.base);
    for (const { act } of this.connection.pending) {
      if (act.source_id !== this.interview.source_id) continue;
      if (act.do === "withdraw") now.delete(act.coding_id);
      if (act.do === "give") { now.delete(act.replaces); now.set(act.id, this.#asCoding(act, true)); }
    }
    return [...now.values()];
  }

  code(id) {
    this.byCode ??= new Map(this.interview.codes.map((code) => [code.code_id, code]));
    return this.byCode.get(id) ?? { code_id: id, name: id, history: [] };
  }

  /** The code that now stands for a code: itself, or the one it was merged into. */
  became(id) {
    const seen = new Set();
    while (this.code(id).merged_into && !seen.has(id)) { seen.add(id); id = this.code(id).merged_into; }
    return id;
  }

  activeCodes() {
    return this.interview.codes.filter((code) => !["merged", "retired"].includes(code.status));
  }

  redraw() {
    this.byCode = null;
    this.looks = new Map(this.interview.codes.map((code, place) => [code.code_id, place % LOOKS]));
    this.themeOf = new Map(this.interview.themes.flatMap((theme, place) => theme.codes.map((code) => [code, { ...theme, place }])));
    this.transcript.setCodings(this.codingsNow(), (coding) => this.drawn(coding));
    if (this.coding) this.#buildTools();
    this.#showStatus();
  }

  drawn(coding) {
    const id = this.became(coding.code_id), code = this.code(id), theme = this.themeOf.get(id), coders = Object.keys(this.interview.coders);
    const look = { code: this.looks.get(id) ?? 0, theme: theme ? theme.place : LOOKS - 1, coder: coders.indexOf(coding.coder_id) }[this.colourBy];
    const others = coding.coder_id !== this.interview.me;
    const shown = this.coding && !this.hidden.coders.has(coding.coder_id) && (!this.hidden.code || this.hidden.code === id) && (!this.hidden.theme || this.hidden.theme === theme?.theme_id);
    return { look, name: others ? `${code.name} (${coding.coder_id})` : code.name, label: `${code.name}, given by ${coding.coder_id}${coding.comment ? `, note: ${coding.comment}` : ""}`, shown, own: !others };
  }

  filter(what, value) {
    this.hidden[what] = value;
    this.redraw();
  }

  filterCoder(id) {
    this.onlyCoder = id;
    this.hidden.coders = new Set(Object.keys(this.interview.coders).filter((other) => id && other !== id));
    this.redraw();
  }

  refreshPanels() { this.panels[this.opened].refresh(); }

  #chosen(span) {
    if (span && this.brush && this.coding && this.lastCodes.length) return this.give(this.lastCodes, span);
    if (this.opened === "passage" || this.opened === "codes") this.panels[this.opened].refresh();
  }

  #picked(codings) {
    this.pickedCodings = codings;
    if (codings.length) this.open("passage");
  }

  show(span) {
    this.transcript.goTo(span);
    this.transcript.choose({ start: span.start, end: span.end });
  }

  say(words) { this.live.textContent = words; }

  #showStatus() {
    const { me, blind, pass } = this.interview ?? {};
    this.connection.show(this.root, this.status, me && `You are ${me}${blind ? ", and do not see what others coded" : ""}; pass ${pass}.`, () => this.redraw());
    this.#count();
    if (this.undoButton) { this.undoButton.disabled = !this.done.length; this.redoButton.disabled = !this.undone.length; }
  }

  /** Keep the number of codings beside the name of this interview true. */
  #count() {
    if (!this.interview || !this.coding) return;
    const { source_id, me } = this.interview, source = this.interview.sources.find((one) => one.source_id === source_id);
    this.counts.set(source_id, this.codingsNow().filter((coding) => coding.coder_id === me).length);
    this.choice.selectedOptions[0].textContent = this.#sourceLabel(source);
  }

  // ---- what a person does: each is an act, and can be undone by another

  run(step) {
    step.forward();
    this.done.push(step);
    this.undone = [];
    this.say(step.label);
    this.#showStatus();
  }

  undo() {
    const step = this.done.pop();
    if (!step) return this.say("There is nothing to undo.");
    step.back();
    this.undone.push(step);
    this.say(`Undone: ${step.label}`);
    this.#showStatus();
  }

  redo() {
    const step = this.undone.pop();
    if (!step) return this.say("There is nothing to redo.");
    step.forward();
    this.done.push(step);
    this.say(`Again: ${step.label}`);
    this.#showStatus();
  }

  /** One object stands for a coding through all its changes, so that steps undone later still find it. */
  handle(id) {
    if (!this.handlesById.has(id)) {
      const { code_id, start, end, comment, pass } = this.transcript.codings.get(id);
      this.handlesById.set(id, { id, source_id: this.interview.source_id, code_id, start, end, comment, pass, exact: this.transcript.wordsOf({ start, end }) });
    }
    return this.handlesById.get(id);
  }

  #give(handle, other = "") {
    const replaces = this.connection.forget(other) ? handle.replaces : other; // what was refused never stood
    handle.replaces = replaces;
    const act = this.connection.act("give", { source_id: handle.source_id, code_id: handle.code_id, start: handle.start, end: handle.end, exact: handle.exact, comment: handle.comment, pass: handle.pass ?? this.interview.pass, replaces });
    handle.id = act.id;
    this.handlesById.set(act.id, handle);
    if (handle.source_id !== this.interview.source_id) return;
    if (replaces) this.transcript.drop(replaces);
    this.transcript.put(this.#asCoding(act, true));
  }

  #withdraw(handle, because = "") {
    if (!this.connection.forget(handle.id)) handle.withdrawal = this.connection.act("withdraw", { source_id: handle.source_id, coding_id: handle.id, because }).id;
    if (handle.source_id === this.interview.source_id) this.transcript.drop(handle.id);
  }

  #giveBack(handle) {
    if (this.connection.forget(handle.withdrawal)) this.redraw(); else this.#give(handle); // what was refused never left
  }

  give(codeIds, span = this.transcript.span, comment = "") {
    if (!span) return this.say("Select some words first.");
    const { start, end } = span;
    this.exchange(`${codeIds.map((id) => this.code(id).name).join(", ")} given to “${this.transcript.wordsOf(span).slice(0, 60)}”`, [], codeIds.map((code_id) => ({ code_id, start, end, comment })));
    this.lastCodes = codeIds;
    if (this.opened === "codes" || this.opened === "passage") this.panels[this.opened].refresh();
  }

  /** Withdraw codings (`gone`, by id) and give others (`come`: `code_id`, `start`, `end`, `comment`) as one step; `more` is what else belongs to it, and what takes that back. */
  exchange(label, gone, come, because = "", more = NOTHING_MORE) {
    const source_id = this.interview.source_id, old = gone.map((id) => this.handle(id)), made = come.map((one) => ({ source_id, ...one, exact: this.transcript.wordsOf(one) }));
    this.run({ label, forward: () => { more.forward(); old.forEach((handle) => this.#withdraw(handle, because)); made.forEach((handle) => this.#give(handle)); },
      back: () => { made.forEach((handle) => this.#withdraw(handle, "undone")); old.forEach((handle) => this.#giveBack(handle)); more.back(); } });
  }

  changeCoding(id, changes) {
    const handle = this.handle(id), before = { ...handle };
    const after = { ...changes };
    if (changes.start !== undefined) after.exact = this.transcript.wordsOf(changes);
    if (Object.keys(after).every((name) => after[name] === handle[name])) return;
    const set = (to) => () => {
      Object.assign(handle, Object.fromEntries(Object.keys(after).map((name) => [name, to[name]])));
      this.#give(handle, handle.id);
      if (handle.source_id === this.interview.source_id) this.transcript.pick([handle.id]);
    };
    this.run({ label: `Changed: ${this.code(handle.code_id).name}`, forward: set(after), back: set(before) });
  }

  withdraw(id, because = "") {
    const handle = this.handle(id);
    this.exchange(`Withdrawn: ${this.code(handle.code_id).name}`, [id], [], because);
    this.transcript.choose({ start: handle.start, end: handle.end });
  }

  /** Give another code to codings anywhere in the study: `rows` have `coding_id`, `source_id`, `code_id`, `start`, `end`, `exact`, `comment`, `pass`. */
  recode(rows, into, label, more = NOTHING_MORE) {
    const handles = rows.map((row) => { const handle = this.handlesById.get(row.coding_id) ?? { ...row, id: row.coding_id }; this.handlesById.set(handle.id, handle); return handle; });
    const from = handles.map((handle) => handle.code_id);
    const set = (codes) => handles.forEach((handle, place) => { handle.code_id = codes[place]; this.#give(handle, handle.id); });
    this.run({ label, forward: () => { more.forward(); set(into); }, back: () => { set(from); more.back(); } });
  }

  /** Something done to the codebook, a memo or the log, and what takes it back. */
  act(label, forward, back) {
    this.run({ label, forward: () => this.connection.act(...forward()), back: () => this.connection.act(...back()) });
  }

  toggleBrush() {
    this.brush = !this.brush;
    this.brushButton.setAttribute("aria-pressed", String(this.brush));
    this.say(this.brush ? this.lastCodes.length ? `What you select is given ${this.lastCodes.map((id) => this.code(id).name).join(", ")}.` : "Give a code once; what you select after that is given the same." : "The highlighter is put away.");
  }

  // ---- going about

  neighbour(step) {
    const ids = this.interview.sources.map((source) => source.source_id);
    const next = ids[ids.indexOf(this.interview.source_id) + step];
    if (next) this.go(next); else this.say("There is no further interview.");
  }

  jumpCoding(step) {
    const shown = [...this.transcript.codings.values()].filter((coding) => this.drawn(coding).shown).sort((a, b) => a.start - b.start || a.end - b.end);
    const at = this.transcript.picked ? shown.findIndex((coding) => coding.coding_id === this.transcript.picked) : -1;
    const here = this.transcript.point;
    const next = at >= 0 ? shown[at + step] : step > 0 ? shown.find((coding) => coding.start >= here) : shown.filter((coding) => coding.start < here).pop();
    if (!next) return this.say("There is no further coding.");
    this.transcript.goTo(next);
    this.transcript.pick([next.coding_id]);
  }

  jumpUncoded() {
    const own = this.codingsNow().filter((coding) => coding.coder_id === this.interview.me);
    const here = this.transcript.point, turns = this.transcript.turns;
    const free = turns.filter((turn) => !turn.asks && turn.text.trim() && !own.some((coding) => coding.start < turn.end && coding.end > turn.start));
    const next = free.find((turn) => turn.start > here) ?? free[0];
    if (!next) return this.say("Every turn of a participant has a code.");
    this.transcript.goTo(next);
    this.transcript.chooseTurn(next);
  }

  jumpUnread() {
    const read = this.turnsRead(), here = this.transcript.point;
    const unread = this.transcript.turns.filter((turn) => !read.has(turn.turn));
    const next = unread.find((turn) => turn.start > here) ?? unread[0];
    if (!next) return this.say("Every turn was read.");
    this.transcript.goTo(next);
  }

  /** Turns read in this sitting and in those on record. */
  turnsRead() {
    const read = new Set(this.transcript.read);
    for (const sitting of this.interview.reading.filter((one) => one.source_id === this.interview.source_id && one.by === this.interview.me)) {
      if (!sitting.turns) return new Set(this.transcript.turns.map((turn) => turn.turn));
      for (const part of sitting.turns.split(",")) {
        const [first, last] = part.split("-").map(Number);
        for (let turn = first; turn <= (last || first); turn++) read.add(turn);
      }
    }
    return read;
  }
}

export default {
  render({ model, el: root }) {
    const pane = new Pane(model, root);
    return () => pane.close();
  },
};
