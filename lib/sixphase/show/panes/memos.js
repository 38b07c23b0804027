// Memos on the interview, a code or a passage: written here, kept as dated notes.
import { button, el, field, select } from "./elements.js";

const IMPRESSIONS = "What struck me first:\n\nWhat surprised me, or annoyed me, and why:\n\nWhat I might have missed:\n";

export class Memos {
  constructor(pane) {
    this.pane = pane;
    this.title = "Memos";
    this.form = el("div");
    this.list = el("div");
    this.root = el("section", { class: "sx-panel" }, this.form, this.list);
  }

  refresh() {
    const { pane } = this, here = pane.interview.source_id;
    if (!this.writing) this.#invite();
    const about = (memo) => (memo.about ?? []).some((link) => link === `source:${here}` || link.startsWith(`source:${here}:`));
    const memos = pane.interview.memos, ours = memos.filter(about), others = memos.filter((memo) => !about(memo));
    this.list.replaceChildren(el("h4", {}, `About ${here}: ${ours.length}`), ...ours.map((memo) => this.#memo(memo)), el("details", {}, el("summary", {}, `All other memos: ${others.length}`), ...others.map((memo) => this.#memo(memo))));
  }

  #invite() {
    const { pane } = this, coded = pane.base?.size ?? 0, first = !pane.interview.memos.some((memo) => memo.kind === "familiarisation" && (memo.about ?? []).includes(`source:${pane.interview.source_id}`));
    this.form.replaceChildren(el("p", { class: "sx-actions" }, button("New memo", () => this.begin()), first ? button("First impressions", () => this.begin("familiarisation", `First impressions of ${pane.interview.source_id}`, IMPRESSIONS)) : ""),
      first && coded ? el("p", { class: "sx-quiet" }, "This interview has codings, but nothing on first impressions is written down: what is written now is a look back, and should say so.") : "");
  }

  /** Begin a memo about what is selected, or about the interview; or open one. */
  begin(kind = "analytic", title = "", text = "", memo = null) {
    const { pane } = this, span = pane.transcript.span, here = pane.interview.source_id, inputs = {};
    const code = pane.coding && pane.panels.codes.card;
    const choices = [[`source:${here}`, `the interview ${here}`], ...(span ? [[`source:${here}:${span.start}-${span.end}`, "the selected passage"]] : []), ...(code ? [[`code:${code}`, `the code ${pane.code(code).name}`]] : []), ["", "the dataset as a whole"]];
    const chosen = span && kind !== "familiarisation" ? choices[1][0] : choices[0][0];
    const line = (name, label, make) => field(label, (attributes) => (inputs[name] = make(attributes)));
    this.writing = true;
    this.form.replaceChildren(el("form", { class: "sx-memo-form", onsubmit: (event) => { event.preventDefault(); this.#save(inputs, memo, span); } },
      line("title", "Heading", (a) => el("input", { ...a, value: memo?.title ?? title, required: true })),
      memo ? "" : line("kind", "Kind", (a) => select(a, pane.interview.memo_kinds.map((one) => [one, one]), kind)),
      memo ? "" : line("about", "About", (a) => select(a, choices, chosen)),
      line("text", "Memo", (a) => el("textarea", { ...a, rows: 9, value: memo ? body(memo.text) : text, spellcheck: "false" })),
      el("p", { class: "sx-actions" }, el("button", { type: "submit" }, "Save the memo"), button("Leave it", () => { this.writing = false; this.refresh(); }))));
    (memo || title ? inputs.text : inputs.title).focus();
  }

  #save(inputs, memo, span) {
    const { pane } = this, title = inputs.title.value.trim(), passage = !memo && /:\d+-\d+$/.test(inputs.about.value);
    const quoted = passage ? `> ${pane.transcript.wordsOf(span).replace(/\n+/g, " ")}\n> (${pane.interview.source_id}, line ${pane.transcript.turnAt(span.start).line})\n\n` : "";
    const text = quoted + inputs.text.value.trim();
    if (!title || !inputs.text.value.trim()) return pane.say("A memo needs a heading and some words.");
    if (memo) this.#change(memo, title, text);
    else pane.connection.act("memo", { title, text, kind: inputs.kind.value, about: inputs.about.value ? [inputs.about.value] : [] });
    this.writing = false;
    pane.say("The memo is on its way.");
    this.refresh();
  }

  #change({ memo_id, kind, about, title, text }, newTitle, newText) {
    const set = (was, heading, words) => () => ["memo", { memo_id, kind, about: about ?? [], title: heading, text: words, was }];
    this.pane.act(`Changed the memo ${title}`, set(text, newTitle, newText), set(`# ${newTitle.replace(/\s+/g, " ")}\n\n${newText}`, title, body(text)));
  }

  #memo(memo) {
    const place = (memo.about ?? []).map((link) => /^source:([^:]+):(\d+)-(\d+)$/.exec(link)).find(Boolean);
    return el("article", { class: "sx-memo" }, el("h5", {}, memo.title), el("p", { class: "sx-quiet" }, `${memo.on}, ${memo.by}, ${memo.kind}${memo.about?.length ? `, about ${memo.about.join(", ")}` : ""}`),
      el("div", { class: "sx-memo-text" }, body(memo.text)), el("p", { class: "sx-actions" }, memo.by === this.pane.interview.me ? button("Change", () => this.begin(memo.kind, memo.title, memo.text, memo)) : el("span", { class: "sx-quiet" }, `${memo.by} wrote it, and can change it.`),
        place ? button("To the passage", () => { const span = { start: Number(place[2]), end: Number(place[3]) }; place[1] === this.pane.interview.source_id ? this.pane.show(span) : this.pane.go(place[1], span); }) : ""));
  }
}

function body(text) {
  return text.replace(/^#\s+.*\n+/, "");
}
