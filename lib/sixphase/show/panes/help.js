// All keys, and what the marks mean.
import { el } from "./elements.js";
import { KEYS } from "./keys.js";

export class Help {
  constructor(pane) {
    this.title = "Help";
    this.root = el("section", { class: "sx-panel", tabindex: -1 }, el("h4", {}, "Keys, while the transcript has the focus"),
      el("dl", { class: "sx-keys" }, KEYS.map(([key, does]) => [el("dt", {}, key), el("dd", {}, does)])),
      el("h4", {}, "By mouse"), el("p", {}, "Select words and choose a code; a double click selects the sentence, a click on a line number the turn. Click on coded words to see their codings; drag the handles to move an end."),
      el("h4", {}, "What is kept"), el("p", {}, "Everything you do is written to the study at once. The line above the transcript says when it is on the disk. Nothing is ever deleted: a withdrawn coding stays on record."));
  }

  refresh() {}
}
