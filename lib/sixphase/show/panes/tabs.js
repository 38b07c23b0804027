// Tabs: one part shown at a time; arrow keys go from tab to tab.
import { el } from "./elements.js";

let made = 0;

export class Tabs {
  /** `parts` is a list of { title, root, refresh }. */
  constructor(label, parts) {
    this.parts = parts;
    const id = `sixphase-tabs-${++made}`;
    this.buttons = parts.map((part, place) => el("button", { type: "button", role: "tab", id: `${id}-${place}`, onclick: () => this.open(place), onkeydown: (event) => this.#key(event, place) }, part.title));
    parts.forEach((part, place) => { part.root.setAttribute("role", "tabpanel"); part.root.setAttribute("aria-labelledby", `${id}-${place}`); });
    this.root = el("div", { class: "sx-tabs", role: "tablist", "aria-label": label }, this.buttons);
    this.at = 0;
  }

  open(place) {
    this.at = place;
    this.buttons.forEach((tab, other) => { tab.setAttribute("aria-selected", String(other === place)); tab.tabIndex = other === place ? 0 : -1; this.parts[other].root.hidden = other !== place; });
    this.parts[place].refresh();
  }

  #key(event, place) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = (place + step + this.parts.length) % this.parts.length;
    this.open(next);
    this.buttons[next].focus();
  }
}
