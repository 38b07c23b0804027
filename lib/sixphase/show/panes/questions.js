// What the whole dataset asks about a theme: laid out as questions, each answered with a decision and its reason, or left open.
import { button, counted, el, field, fill, select } from "./elements.js";

const ANSWERS = { keep: "Keep as it is", narrow: "Narrow it", rename: "Rename it", merge: "Merge it", single: "Keep, and say whose it is" };

export class Questions {
  constructor(desk) {
    this.desk = desk;
    this.title = "Questions";
    this.root = el("section", { class: "sx-panel" });
  }

  refresh() {
    const { desk } = this, kinds = [...new Set(desk.questions.map((one) => one.about))];
    fill(this.root, el("p", { class: "sx-quiet" }, "Questions, and no statistic: leaving somebody out holds the coding and the reading as they are. The tables stand below in notebook 4 (who was asked, whose words does it rest on). A theme from one voice can be kept, if it says so."),
      kinds.length ? "" : el("p", {}, "Nothing is asked about it."), kinds.map((kind, place) => this.#kind(kind, place === 0)));
  }

  #kind(kind, open) {
    const asked = this.desk.questions.filter((one) => one.about === kind), done = asked.filter((one) => this.#answers(one).length).length;
    return el("details", { open }, el("summary", {}, `${kind}: ${counted(asked.length, "question")}, ${done} answered`), el("ul", {}, asked.map((one) => this.#question(one))));
  }

  #question(one) {
    const answers = this.#answers(one);
    return el("li", {}, el("b", {}, one.part), `. ${one.asks} `, answers.map((answer) => el("p", { class: "sx-quiet" }, `${answer.on}, ${answer.by}: ${answer.what.split(": ")[0]}. ${answer.because}`)),
      button(answers.length ? "Answer anew" : "Answer", () => this.#answer(one), { "aria-label": `Answer: ${one.part}, ${one.asks}`, "data-key": `answer ${one.part} ${one.asks}` }));
  }

  #answers(one) { return this.desk.base.decisions.filter((decision) => decision.what.endsWith(`: ${one.part}. ${one.asks}`)); }

  #answer(one) {
    const { desk } = this, inputs = {};
    desk.ask(`${one.part}: ${one.asks}`, [field("What becomes of it", (a) => (inputs.what = select(a, Object.entries(ANSWERS), "keep")))], (because) => {
      desk.connection.act("decide", { phase: 4, of_theme: desk.theme.theme_id, what: `${ANSWERS[inputs.what.value]}: ${one.part}. ${one.asks}`, because, about: [`theme:${desk.theme.theme_id}`] });
      desk.say(`Answered: ${ANSWERS[inputs.what.value]}`);
    }, { reason: "Why", wanted: true, save: "Record the answer" });
  }
}
