// The review desk: each theme against its extracts, and against the whole dataset. What is found is an act, kept with its reason.
import { counted, el, select } from "./elements.js";
import { Work } from "./work.js";
import { Tabs } from "./tabs.js";
import { Extracts } from "./extracts.js";
import { Absent, Against, Decision, Pairs, searchesTold } from "./dataset.js";
import { Questions } from "./questions.js";

class Reviewer extends Work {
  constructor(model, root) {
    super(model, root, "Review desk");
    this.parts = { extracts: new Extracts(this), absent: new Absent(this), questions: new Questions(this), pairs: new Pairs(this), against: new Against(this), decision: new Decision(this) };
    this.tabs = new Tabs("Review of the theme", Object.values(this.parts));
    this.main.append(this.tabs.root, ...Object.values(this.parts).map((part) => part.root));
    this.main.classList.add("sx-review");
    this.open(model.get("theme"));
  }

  async open(themeId) {
    try {
      const told = await this.connection.ask("theme", { theme_id: themeId });
      const { theme, themes, extracts, sources, codes, seed, me, state, questions } = told;
      Object.assign(this, { theme, themes, extracts, sources, codes, seed, me, questions, base: state });
      this.byId = new Map(told.extracts.map((extract) => [extract.coding_id, extract]));
      this.label.textContent = told.label;
      this.label.hidden = !told.label;
      if (!this.resent) { this.resent = true; this.connection.resend(); }
      this.shut();
      this.parts.extracts.begin();
      this.redraw();
      this.tabs.open(this.tabs.at);
      this.showStatus();
      this.root.dataset.ready = "review";
      this.say(`${this.theme.name}: ${counted(this.extracts.length, "extract")}`);
    } catch (error) { this.status.textContent = error.message; }
  }

  learn(news) {
    if (!this.base) return;
    if (news.state?.theme_id === this.theme.theme_id) this.base = news.state;
    if (news.state || news.refused) this.redraw();
  }

  codeNames(ids) { return ids.split(", ").map((id) => this.codes[id] ?? id).join(", "); }

  themeName(id) { return this.themes.find((theme) => theme.theme_id === id)?.name ?? id; }

  /** What readers said of an extract, as it will stand when everything on its way has arrived. */
  verdict(codingId) {
    let now = this.base.verdicts.find((one) => one.coding_id === codingId) ?? {};
    for (const { act } of this.connection.pending) {
      const about = act.effect ?? act;
      if (about.coding_id === codingId && about.theme_id === this.theme.theme_id) now = act.effect ? about.before : said(now, act);
    }
    return now;
  }

  get judged() { return this.extracts.filter((extract) => this.verdict(extract.coding_id).verdict).length; }

  redraw() {
    if (!this.base) return;
    this.tools.replaceChildren(el("span", { class: "sx-group" }, this.undoButton, this.redoButton),
      select({ "aria-label": "Theme under review", "data-key": "theme", onchange: (event) => this.open(event.target.value) }, this.themes.map((theme) => [theme.theme_id, theme.name]), this.theme.theme_id),
      el("span", {}, `${this.judged} of ${counted(this.extracts.length, "extract")} judged, ${searchesTold(this.base.searches.length)} for evidence against it`));
    const writing = this.main.contains(document.activeElement) && ["INPUT", "TEXTAREA", "SELECT"].includes(document.activeElement.tagName);
    if (!writing) this.#keepFocus(() => this.tabs.parts[this.tabs.at].refresh());
    this.showStatus();
  }

  #keepFocus(draw) {
    const focused = this.root.contains(document.activeElement) ? document.activeElement.dataset.key : null, top = this.main.scrollTop;
    draw();
    this.main.scrollTop = top;
    if (focused) this.root.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  /** Keep an act of review on the theme that is open. */
  review(label, kind, details, more = {}) {
    const theme_id = this.theme.theme_id, said = { kind, theme_id, of_theme: theme_id, ...details };
    const before = details.coding_id ? { ...this.verdict(details.coding_id) } : {};
    const forward = { what: "review", details: said, back: (one) => taken(one.id, before, () => taken) };
    const taken = (id, was) => ({ what: "review", details: { kind: "taken back", replaces: id, of_theme: theme_id, effect: { coding_id: details.coding_id, theme_id, before: was } },
      back: (one) => taken(one.id, was === before ? { ...before, ...verdictOf(said) } : before) });
    return this.step(label, [forward], more);
  }

  key(event) {
    if (this.tabs.parts[this.tabs.at] === this.parts.extracts) this.parts.extracts.key(event);
  }

  focusOn(step) { if (step.at) { this.tabs.open(0); this.parts.extracts.goTo(step.at); } }
}

function verdictOf(act) {
  return ["best fitting", "worst fitting"].includes(act.kind) ? { fit: act.kind, because: act.because } : ["kept", "moved", "dropped"].includes(act.kind) ? { verdict: act.kind, to_theme: act.to_theme, because: act.because } : {};
}

function said(now, act) { return act.do === "review" ? { ...now, ...verdictOf(act) } : now; }

export default {
  render({ model, el: root }) {
    const desk = new Reviewer(model, root);
    return () => desk.close();
  },
};
