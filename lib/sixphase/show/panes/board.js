// The theme board: codes as cards, themes as columns with their subthemes, and what fits none. Every move is an act, by mouse or by keyboard.
import { button, counted, el, field, select } from "./elements.js";
import { Work, idFor } from "./work.js";
import { after, inverse, pile, standing, subthemes, tops } from "./grouping.js";
import { Lines } from "./lines.js";
import { Sortable } from "./vendored/sortable.js";

const KEYS = [["↑ ↓", "next card, card before"], ["← →", "next column, column before"], ["Enter", "open the card: definition and extracts"], ["M", "move the card to a theme"], ["A", "put the card into a second theme"],
  ["Ctrl + Z, Ctrl + Shift + Z", "undo, redo"], ["Esc", "leave a form"]];

class Board extends Work {
  constructor(model, root) {
    super(model, root, "Theme board");
    this.lists = [];
    this.lines = new Lines(this);
    this.main.classList.add("sx-columns");
    this.open();
  }

  async open() {
    try {
      const told = await this.connection.ask("board");
      Object.assign(this, { base: told.board, codes: told.codes, me: told.me, interviews: told.interviews });
      this.byCode = new Map(told.codes.map((code) => [code.code_id, code]));
      this.label.textContent = told.label;
      this.label.hidden = !told.label;
      this.connection.resend();
      this.redraw();
      this.showStatus();
      this.root.dataset.ready = "board";
    } catch (error) { this.status.textContent = error.message; }
  }

  learn(news) {
    if (news.board) this.base = news.board;
    if (this.base && (news.board || news.refused)) this.redraw();
  }

  /** The grouping as it will stand when everything on its way has arrived. */
  get board() { return this.connection.pending.reduce((board, { act }) => after(board, act), this.base); }

  theme(id) { return this.board.themes.find((theme) => theme.theme_id === id); }

  nameOf(id) { return id ? this.theme(id)?.name ?? id : "the pile"; }

  codeName(id) { return this.byCode.get(id)?.name ?? id; }

  /** Themes and subthemes by name, for a choice. */
  choices(without = []) {
    return tops(this.board).flatMap((theme) => [[theme.theme_id, theme.name], ...subthemes(this.board, theme.theme_id).map((sub) => [sub.theme_id, `${theme.name} › ${sub.name}`])])
      .filter(([id]) => !without.includes(id));
  }

  // ---- what is shown

  redraw() {
    if (!this.base || this.dragging) return;
    const focused = this.root.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    const scrolled = new Map([...this.main.querySelectorAll("[data-scroll]")].map((made) => [made.dataset.scroll, made.scrollTop]));
    this.lists.forEach((list) => list.destroy());
    const board = this.past ? { ...this.board, themes: this.past.themes } : this.board;
    this.#drawTools();
    this.main.replaceChildren(this.#pile(board), ...tops(board).map((theme) => this.#column(board, theme)), this.#gone(board));
    for (const made of this.main.querySelectorAll("[data-scroll]")) made.scrollTop = scrolled.get(made.dataset.scroll) ?? 0;
    this.lists = this.past ? [] : this.#dragged();
    if (focused) this.root.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  #drawTools() {
    const days = this.board.days ?? [];
    this.tools.replaceChildren(el("span", { class: "sx-group" }, this.undoButton, this.redoButton),
      button("New theme", () => this.newTheme(), { "data-key": "new", disabled: Boolean(this.past) }), button("Lines of the map", () => this.lines.open(), { "data-key": "lines" }),
      select({ "aria-label": "The board on a day", "data-key": "day", onchange: (event) => this.goTo(event.target.value) }, [["", "the board now"], ...days.map((day) => [day, `at the end of ${day}`])], this.past?.day ?? ""),
      button("Keys", () => this.beside.open("Keys, while a card has the focus", el("dl", { class: "sx-keys" }, KEYS.map(([key, does]) => [el("dt", {}, key), el("dd", {}, does)]))), { "data-key": "keys" }),
      this.past ? el("strong", { class: "sx-past" }, `This is the board at the end of ${this.past.day}. It can be read, not changed.`) : "",
      !this.past && this.board.too_early ? el("strong", {}, `No theme can be made yet: ${this.board.too_early}.`) : "");
  }

  #pile(board) {
    const codes = pile(board, this.codes);
    return el("section", { class: "sx-column sx-pile", "aria-label": `In no theme: ${counted(codes.length, "code")}` }, el("header", {}, el("h4", {}, "In no theme"), el("p", { class: "sx-quiet" }, `${counted(codes.length, "code")}: what does not fit, or not yet`)),
      el("div", { class: "sx-column-body", "data-scroll": "pile" }, this.#list("", codes)));
  }

  #column(board, theme) {
    const below = subthemes(board, theme.theme_id), codes = theme.codes ?? [];
    return el("section", { class: "sx-column", "data-theme-column": theme.theme_id, "aria-label": `Theme: ${theme.name}` },
      el("header", {}, el("h4", {}, theme.name), theme.concept ? el("p", { class: "sx-concept", title: theme.concept }, theme.concept) : "", el("p", { class: "sx-quiet" }, `${theme.status}, ${counted(new Set([...codes, ...below.flatMap((sub) => sub.codes ?? [])]).size, "code")}`), this.#menu(theme)),
      el("div", { class: "sx-column-body", "data-scroll": theme.theme_id }, this.#list(theme.theme_id, codes),
        below.map((sub) => el("section", { class: "sx-subtheme", "data-subtheme": sub.theme_id, "aria-label": `Subtheme: ${sub.name}` }, el("h5", {}, sub.name), this.#menu(sub), this.#list(sub.theme_id, sub.codes ?? [])))));
  }

  #list(themeId, codes) {
    return el("ul", { class: "sx-cards", "data-theme": themeId }, codes.map((id) => this.#card(id, themeId)));
  }

  #card(id, themeId) {
    const code = this.byCode.get(id) ?? { name: id, codings: 0, interviews: 0 }, key = `card ${id} ${themeId}`;
    const pending = this.connection.pending.some(({ act }) => act.code_id === id || act.effect?.code_id === id);
    return el("li", { class: pending ? "sx-card sx-pending" : "sx-card", "data-code": id }, el("button", { type: "button", class: "sx-card-name", "data-key": key, "data-code": id, "data-in": themeId, onclick: () => this.openCard(id) }, code.name,
      el("small", {}, `given ${counted(code.codings, "time")} in ${counted(code.interviews, "interview")}`)),
      this.past ? "" : button("Move", () => this.move(id, themeId), { class: "sx-card-move", "data-key": `move ${id} ${themeId}`, "aria-label": `Move ${code.name}` }));
  }

  #menu(theme) {
    if (this.past) return "";
    const name = theme.name, one = (label, action) => button(label, action, { "data-key": `${label} ${theme.theme_id}`, "aria-label": `${label}: ${name}` });
    return el("p", { class: "sx-menu" }, one("Rename", () => this.rename(theme)), one("Place", () => this.place(theme)), one("Split", () => this.split(theme)), one("Merge", () => this.merge(theme)), one("Let go", () => this.letGo(theme)));
  }

  #gone(board) {
    const gone = board.themes.filter((theme) => theme.status === "let go");
    return el("section", { class: "sx-column sx-gone", "aria-label": `Let go: ${counted(gone.length, "theme")}` }, el("header", {}, el("h4", {}, "Let go"), el("p", { class: "sx-quiet" }, `${counted(gone.length, "theme")}, on record with the reason`)),
      el("div", { class: "sx-column-body", "data-scroll": "gone" }, gone.map((theme) => el("article", {}, el("h5", {}, theme.name), theme.because ? el("p", {}, theme.because) : "",
        this.past ? "" : button("Take up again", () => this.takeUp(theme), { "data-key": `up ${theme.theme_id}`, "aria-label": `Take up again: ${theme.name}` })))));
  }

  #dragged() {
    const dragged = (list, group, done, more) => new Sortable(list, { group, sort: false, forceFallback: true, fallbackOnBody: true, fallbackTolerance: 4, animation: 0, fallbackClass: "sx-dragged", ghostClass: "sx-ghost", onStart: () => { this.dragging = true; },
      onEnd: ({ item, from, to }) => setTimeout(() => { this.dragging = false; if (from === to) this.redraw(); else this.#offerReason(done(item, from, to)); }), ...more });
    return [...[...this.main.querySelectorAll(".sx-cards")].map((list) => dragged(list, "codes", (item, from, to) => this.#moveCard(item.dataset.code, from.dataset.theme, to.dataset.theme), { filter: ".sx-card-move", preventOnFilter: false })),
      ...[...this.main.querySelectorAll("[data-theme-column] > .sx-column-body")].map((body) => dragged(body, "subthemes", (item, _, to) => this.#placeUnder(this.theme(item.dataset.subtheme), to.dataset.scroll), { draggable: ".sx-subtheme", handle: "h5" }))];
  }

  async openCard(id) {
    const code = this.byCode.get(id) ?? { name: id, codings: 0, interviews: 0, participants: 0 };
    const quotations = el("div");
    const show = async () => {
      const { passages } = await this.connection.ask("extracts", { code_id: id });
      quotations.replaceChildren(el("p", { class: "sx-quiet" }, counted(passages.length, "extract")), ...this.beside.quoted(passages));
      this.say(`${counted(passages.length, "extract")} of ${code.name}`);
    };
    this.beside.open(code.name, el("p", {}, code.definition || "Not defined yet."), el("p", { class: "sx-quiet" }, `Given ${counted(code.codings, "time")}, in ${code.interviews} of ${this.interviews} interviews, heard from ${counted(code.participants, "participant")}.`),
      button("Show its extracts", () => show().catch((error) => this.say(error.message))), quotations);
    this.say(`${code.name} is open beside the board.`);
  }

  async goTo(day) {
    try {
      this.past = day ? { ...(await this.connection.ask("then", { day })), day } : null;
      this.shut();
      this.redraw();
      if (!this.past) return this.say("This is the board now.");
      this.beside.open(`What changed on ${day}`, this.past.changed.length ? "" : "Nothing that is still seen at the end of the day.", this.past.changed.map((one) => el("article", { class: "sx-memo" }, el("h5", {}, one.name),
        el("p", {}, one.what), one.codes_in.length ? el("p", {}, `came in: ${one.codes_in.map((id) => this.codeName(id)).join(", ")}`) : "", one.codes_out.length ? el("p", {}, `went out: ${one.codes_out.map((id) => this.codeName(id)).join(", ")}`) : "",
        one.because ? el("p", { class: "sx-quiet" }, one.because) : "")));
      this.say(`This is the board at the end of ${day}. It can be read, not changed.`);
    } catch (error) { this.say(error.message); }
  }

  // ---- keys, while a card has the focus

  key(event) {
    const at = event.target.closest(".sx-card-name");
    if (!at) return;
    const step = { ArrowDown: [0, 1], ArrowUp: [0, -1], ArrowRight: [1, 0], ArrowLeft: [-1, 0] }[event.key];
    if (step) { event.preventDefault(); return this.#go(at, ...step); }
    if (this.past) return;
    if (event.key.toLowerCase() === "m") { event.preventDefault(); this.move(at.dataset.code, at.dataset.in); }
    if (event.key.toLowerCase() === "a") { event.preventDefault(); this.alsoIn(at.dataset.code, at.dataset.in); }
  }

  #go(at, across, down) {
    const columns = [...this.main.querySelectorAll(".sx-column")].map((column) => [...column.querySelectorAll(".sx-card-name")]).filter((cards) => cards.length);
    const column = columns.findIndex((cards) => cards.includes(at)), place = columns[column].indexOf(at);
    const cards = columns[column + across] ?? columns[column];
    cards[Math.max(0, Math.min(cards.length - 1, place + down))]?.focus();
  }

  /** Put the focus on a card where it is now, or else on the column. */
  focusOn({ code, theme, placed }) {
    if (placed) return this.#focusMenu("Place", placed);
    const cards = [...this.main.querySelectorAll(".sx-card-name")].filter((made) => made.dataset.code === code);
    (cards.find((made) => made.dataset.in === (theme ?? "")) ?? cards[0])?.focus();
  }

  // ---- what a person does

  #move(kind, said) {
    const move = { kind, ...said }, back = inverse(move, this.board);
    return { what: "move", details: move, back: takeBack(move, back) };
  }

  #moves(code, from, to, because) {
    const there = this.theme(to)?.codes?.includes(code); // in both already: it is only taken out of the one
    return this.#move("code moved", { code_id: code, from_theme: from || undefined, theme_id: there ? undefined : to || undefined, because: because || undefined });
  }

  #moveCard(code, from, to, because = "") {
    const step = this.step(`${this.codeName(code)}: from ${this.nameOf(from)} to ${this.nameOf(to)}`, [this.#moves(code, from, to, because)], { code, theme: to });
    this.focusOn(step);
    return step;
  }

  /** A move by mouse is kept at once; why it was made can be said straight after. */
  #offerReason(step) {
    const [{ details, id, back }] = step.acts, why = el("input", { "aria-label": "Why this move (optional)", placeholder: "why? (optional)" });
    const keep = (event) => {
      event.preventDefault();
      if (!why.value.trim() || this.done.at(-1) !== step) return this.shut();
      const act = this.connection.act("move", { ...details, because: why.value.trim(), replaces: id });
      step.acts.push({ what: "move", details, back, id: act.id });
      this.say("The reason is kept.");
      this.shut();
      this.focusOn(step);
    };
    this.form.replaceChildren(el("form", { class: "sx-because", onsubmit: keep, "aria-label": "Why this move" }, el("span", {}, `Moved: ${step.label}.`), why, el("button", { type: "submit" }, "Keep the reason"), button("No reason", () => { this.shut(); this.focusOn(step); })));
    this.form.hidden = false;
  }

  move(code, from) {
    let to;
    this.ask(`Move “${this.codeName(code)}” from ${this.nameOf(from)}`, field("To", (a) => (to = select(a, [...(from ? [["", "the pile: it fits none"]] : []), ...this.choices([from])], ""))),
      (because) => this.#moveCard(code, from, to.value, because), { save: "Move" });
  }

  alsoIn(code, from) {
    let to;
    this.ask(`Put “${this.codeName(code)}” into a second theme, too`, field("Also in", (a) => (to = select(a, this.choices(standing(this.board).filter((theme) => theme.codes?.includes(code)).map((theme) => theme.theme_id)), ""))),
      (because) => { const theme = to.value; if (!theme) return; this.focusOn(this.step(`${this.codeName(code)} also in ${this.nameOf(theme)}`, [this.#moves(code, "", theme, because)], { code, theme: from })); }, { save: "Put it there, too" });
  }

  #made(name, themeId, because) {
    const gone = (one) => ({ what: "move", details: { kind: "theme let go", theme_id: themeId, because: "made by mistake, and undone at once" }, back: again });
    const again = (one) => ({ what: "move", details: { kind: "theme taken up", theme_id: themeId }, back: gone });
    return { what: "move", details: { kind: "theme named", theme_id: themeId, name, because: because || undefined }, back: gone };
  }

  #newId(name) { return idFor(name, [...this.board.themes.map((theme) => theme.theme_id), ...this.codes.map((code) => code.code_id)]); }

  newTheme() {
    let name, parent;
    this.ask("New theme", [field("Name", (a) => (name = el("input", { ...a, required: true }))), field("Under", (a) => (parent = select(a, [["", "nothing: a theme of its own"], ...tops(this.board).map((theme) => [theme.theme_id, theme.name])], "")))], (because) => {
      const id = this.#newId(name.value.trim()), under = parent.value;
      this.step(`New theme: ${name.value.trim()}`, [this.#made(name.value.trim(), id, because), ...(under ? [this.#move("theme placed", { theme_id: id, parent: under })] : [])]);
      this.#focusMenu("Rename", id);
    }, { save: "Make it" });
  }

  rename(theme) {
    let name;
    this.ask(`Rename “${theme.name}”`, field("Name", (a) => (name = el("input", { ...a, value: theme.name, required: true }))), (because) => {
      if (name.value.trim() === theme.name) return;
      this.step(`Renamed: ${theme.name} is now ${name.value.trim()}`, [this.#move("theme named", { theme_id: theme.theme_id, name: name.value.trim(), because: because || undefined })]);
      this.#focusMenu("Rename", theme.theme_id);
    });
  }

  place(theme) {
    let parent;
    const others = tops(this.board).filter((other) => other.theme_id !== theme.theme_id).map((other) => [other.theme_id, `under ${other.name}`]);
    this.ask(`Where does “${theme.name}” stand?`, field("Place", (a) => (parent = select(a, [["", "a theme of its own"], ...(subthemes(this.board, theme.theme_id).length ? [] : others)], theme.parent ?? ""))), (because) => {
      if (parent.value === (theme.parent ?? "")) return;
      this.#placeUnder(theme, parent.value, because);
    });
  }

  #placeUnder(theme, parent, because = "") {
    const step = this.step(parent ? `${theme.name} is now a subtheme of ${this.nameOf(parent)}` : `${theme.name} is now a theme of its own`, [this.#move("theme placed", { theme_id: theme.theme_id, parent: parent || undefined, from_theme: theme.parent || undefined, because: because || undefined })], { placed: theme.theme_id });
    this.focusOn(step);
    return step;
  }

  split(theme) {
    let name;
    const boxes = (theme.codes ?? []).map((id) => [el("input", { type: "checkbox" }), id]), under = theme.parent ?? "";
    this.ask(`Split “${theme.name}”`, [field("Name of the new theme", (a) => (name = el("input", { ...a, required: true }))), el("p", { class: "sx-quiet" }, "Tick the codes that go there."), boxes.map(([box, id]) => el("label", { class: "sx-tick" }, box, ` ${this.codeName(id)}`))], (because) => {
      const going = boxes.filter(([box]) => box.checked).map(([, id]) => id), id = this.#newId(name.value.trim());
      if (!going.length) { this.say("Tick at least one code."); return false; }
      this.step(`Split ${theme.name}: ${counted(going.length, "code")} to ${name.value.trim()}`, [this.#made(name.value.trim(), id, because), ...(under ? [this.#move("theme placed", { theme_id: id, parent: under })] : []),
        ...going.map((code) => this.#move("code moved", { code_id: code, from_theme: theme.theme_id, theme_id: id, because: because || undefined }))]);
      this.#focusMenu("Rename", id);
    });
  }

  merge(theme) {
    let into;
    const below = subthemes(this.board, theme.theme_id);
    this.ask(`Merge “${theme.name}” into another theme`, [field("Into", (a) => (into = select(a, this.choices([theme.theme_id, ...below.map((sub) => sub.theme_id)]), ""))), el("p", { class: "sx-quiet" }, "Its codes and subthemes go there, and it is let go with the reason.")], (because) => {
      const target = into.value;
      if (!target) return;
      if (below.length && this.theme(target).parent) { this.say("It has subthemes: merge it into a theme that stands at the top."); return false; }
      this.step(`Merged ${theme.name} into ${this.nameOf(target)}`, [...(theme.codes ?? []).map((code) => this.#moves(code, theme.theme_id, target, because)), ...below.map((sub) => this.#move("theme placed", { theme_id: sub.theme_id, parent: target, from_theme: theme.theme_id, because })),
        this.#move("theme let go", { theme_id: theme.theme_id, because })]);
      this.#focusMenu("Merge", target);
    }, { reason: "Why", wanted: true, save: "Merge" });
  }

  letGo(theme) {
    this.ask(`Let go of “${theme.name}”`, el("p", { class: "sx-quiet" }, "Its codes lie on the pile again. It stays on record and can be taken up."), (because) => {
      this.step(`Let go: ${theme.name}`, [this.#move("theme let go", { theme_id: theme.theme_id, because })]);
      this.#focusMenu("up", theme.theme_id);
    }, { reason: "Why", wanted: true, save: "Let go" });
  }

  takeUp(theme) {
    this.step(`Taken up again: ${theme.name}`, [this.#move("theme taken up", { theme_id: theme.theme_id })]);
    this.#focusMenu("Rename", theme.theme_id);
  }

  #focusMenu(label, id) { this.root.querySelector(`[data-key="${CSS.escape(`${label} ${id}`)}"]`)?.focus(); }
}

/** What takes a move back, and what takes that back again. */
function takeBack(move, back) {
  return (one) => ({ what: "move", details: { kind: "taken back", replaces: one.id, effect: back }, back: takeBack(back, move) });
}

export default {
  render({ model, el: root }) {
    const board = new Board(model, root);
    return () => board.close();
  },
};
