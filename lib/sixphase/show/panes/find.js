// Search in this interview or in all, with the words around each place.
import { button, counted, el, field, select } from "./elements.js";

export class Find {
  constructor(pane) {
    this.pane = pane;
    this.title = "Search";
    this.places = [];
    this.result = el("div", { "aria-live": "polite" });
    this.root = el("section", { class: "sx-panel" }, el("form", { onsubmit: (event) => { event.preventDefault(); this.search(); } },
      field("Words (* stands for the rest of a word)", (a) => (this.words = el("input", { ...a, type: "search", autocomplete: "off", spellcheck: "false" }))),
      field("Where", (a) => (this.where = select(a, [["here", "in this interview"], ["all", "in all interviews"]], "here"))),
      el("label", { class: "sx-tick" }, (this.interviewers = el("input", { type: "checkbox" })), "in what interviewers say, too"),
      el("label", { class: "sx-tick" }, (this.regular = el("input", { type: "checkbox" })), "as a regular expression"),
      el("p", { class: "sx-actions" }, el("button", { type: "submit" }, "Search"))), this.result);
  }

  focus() {
    this.words.focus();
    this.words.select();
  }

  refresh() { this.#light(); }

  async search() {
    const { pane } = this;
    try {
      const told = await pane.connection.ask("find", { words: this.words.value, source_id: this.where.value === "here" ? pane.interview.source_id : "", interviewers: this.interviewers.checked, regular: this.regular.checked });
      this.places = told.places;
      const interviews = new Set(told.places.map((place) => place.source_id)).size;
      this.result.replaceChildren(el("p", { class: "sx-quiet" }, `${counted(told.total, "place")} in ${counted(interviews, "interview")}.${told.total > told.places.length ? ` The first ${told.places.length} are shown.` : ""}`),
        el("ol", { class: "sx-concordance" }, told.places.map((place) => el("li", {}, button([el("small", {}, `${place.source_id}, line ${place.line}, ${place.speaker} `), el("span", {}, `…${place.before}`), el("mark", {}, place.found), el("span", {}, `${place.after}…`)],
          () => (place.source_id === pane.interview.source_id ? pane.show(place) : pane.go(place.source_id, place)))))));
      this.#light();
    } catch (error) {
      this.result.replaceChildren(el("p", { class: "sx-failed", role: "alert" }, error.message));
    }
  }

  #light() {
    const { pane } = this;
    pane.transcript.found(this.places.filter((place) => place.source_id === pane.interview?.source_id));
  }
}
