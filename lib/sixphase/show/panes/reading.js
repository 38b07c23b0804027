// The reading log: how much of this interview was read, and a record of each sitting.
import { button, counted, el, field } from "./elements.js";

export class Reading {
  constructor(pane) {
    this.pane = pane;
    this.title = "Reading";
    this.progress = el("p");
    this.log = el("ul");
    this.since = Date.now();
    this.root = el("section", { class: "sx-panel" }, this.progress, el("form", { onsubmit: (event) => { event.preventDefault(); this.#save(); } },
      field("Minutes", (a) => (this.minutes = el("input", { ...a, type: "number", min: 1, max: 600 }))), field("What stood out", (a) => (this.note = el("textarea", { ...a, rows: 3 }))),
      el("p", { class: "sx-actions" }, el("button", { type: "submit" }, "Record this sitting"), button("To the next unread turn (x)", () => pane.jumpUnread()))), el("h4", {}, "Sittings"), this.log);
  }

  refresh() {
    const { pane } = this;
    if (!pane.interview || pane.opened !== "reading") return;
    const { source_id } = pane.interview, turns = pane.transcript.turns.length, sittings = pane.interview.reading.filter((one) => one.source_id === source_id);
    this.progress.textContent = `${pane.turnsRead().size} of ${counted(turns, "turn")} read by ${pane.interview.me}. A turn counts once it has been in sight for a moment; only what you record is kept.`;
    if (!this.minutes.value) this.minutes.placeholder = String(Math.max(1, Math.round((Date.now() - this.since) / 60000)));
    this.log.replaceChildren(...sittings.map((one) => el("li", {}, `${one.on}, ${one.by}${one.minutes ? `, ${counted(one.minutes, "minute")}` : ""}${one.turns ? `, turns ${one.turns}` : ""}${one.note ? `: ${one.note}` : ""}`)));
  }

  #save() {
    const { pane } = this, { source_id } = pane.interview;
    const minutes = Number(this.minutes.value || this.minutes.placeholder);
    const turns = pane.transcript.read.size === pane.transcript.turns.length ? "" : spans([...pane.transcript.read].sort((a, b) => a - b));
    if (!turns && pane.transcript.read.size === 0) return pane.say("Nothing was read yet.");
    pane.connection.act("read", { source_id, minutes, turns, note: this.note.value.trim() });
    this.since = Date.now();
    this.minutes.value = this.note.value = "";
    pane.say("This sitting is recorded.");
  }
}

/** 1, 2, 3, 7 as "1-3,7". */
export function spans(numbers) {
  const found = [];
  for (const number of numbers) {
    const last = found[found.length - 1];
    if (last && number === last[1] + 1) last[1] = number; else found.push([number, number]);
  }
  return found.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`)).join(",");
}
