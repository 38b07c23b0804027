// The names desk: one card an entity, with its written forms, an example of each, and the words to put in its stead.
import { button, counted, el, field, select } from "./elements.js";
import { Connection } from "./saving.js";

const DECIDED = { replace: "replace", keep: "keep", "": "not decided" };

function entities(forms) {
  const found = new Map();
  for (const form of forms) found.set(form.entity, [...(found.get(form.entity) ?? []), form]);
  return [...found.entries()].map(([entity, own]) => ({ entity, own, kind: own[0].kind, decision: own[0].decision, replacement: own[0].replacement,
    places: own.reduce((sum, form) => sum + form.places, 0) }));
}

class NamesPane {
  constructor(model, root) {
    this.root = root;
    this.forms = [];
    this.shown = { kind: "", decision: "", words: "" };
    this.status = el("p", { class: "sx-status", role: "status" });
    this.list = el("div", { class: "sx-names" });
    this.connection = new Connection(model, (message) => this.#heard(message), () => this.#tell());
    root.addEventListener("keydown", (event) => event.stopPropagation()); // or JupyterLab's shortcuts delete cells
    root.addEventListener("pointerdown", () => { this.pressed = true; });
    root.ownerDocument.addEventListener("pointerup", this.released = () => setTimeout(() => { this.pressed = false; if (this.late) { this.late = false; this.#draw(); } }));
    this.#open();
  }

  close() {
    this.root.ownerDocument.removeEventListener("pointerup", this.released);
    this.connection.close();
  }

  async #open() {
    const told = await this.connection.ask("names");
    this.kinds = told.kinds;
    this.forms = told.forms;
    this.root.replaceChildren(el("div", { class: "sx-tools" }, this.#filters()), this.status, el("p", { class: "sx-quiet sx-names-note" },
      `Who is who stays in ${told.key}. Decide about each once; nothing changes in the transcripts before “pseudonymise”. No list is complete: what identifies somebody without being a name is found by reading.`), this.list);
    this.connection.resend();
    this.#draw();
    this.#tell();
    this.root.dataset.ready = "names";
  }

  #filters() {
    const chosen = (name) => (event) => { this.shown[name] = event.target.value; this.#draw(); };
    return [field("Kind", (tied) => select({ ...tied, onchange: chosen("kind") }, [["", "all kinds"], ...this.kinds.map((kind) => [kind, kind])], "")),
      field("Decision", (tied) => select({ ...tied, onchange: chosen("decision") }, [["", "all"], ["open", "not decided"], ["replace", "replace"], ["keep", "keep"]], "")),
      field("Look for", (tied) => el("input", { ...tied, type: "search", oninput: chosen("words") }))];
  }

  #heard(message) {
    if (!message.forms) return;
    const here = document.activeElement?.dataset?.place;
    this.forms = message.forms;
    this.#draw();
    if (here) this.list.querySelector(`[data-place="${CSS.escape(here)}"]`)?.focus();
  }

  /** Nothing is drawn anew under a pressed button, or its click would be lost. */
  #draw() {
    if (this.pressed) return void (this.late = true);
    const { kind, decision, words } = this.shown;
    const wanted = entities(this.forms).filter((entity) => (!kind || entity.kind === kind) && (!decision || entity.decision === (decision === "open" ? "" : decision))
      && (!words || entity.own.some((form) => form.form.toLowerCase().includes(words.toLowerCase()))));
    this.list.replaceChildren(...wanted.map((entity) => this.#card(entity)), wanted.length ? "" : el("p", {}, "Nothing on the list fits."));
  }

  #card(entity) {
    const decide = (change) => this.connection.act("decide", { entity: entity.entity, kind: entity.kind, decision: entity.decision, replacement: words.value, ...change });
    const words = el("input", { "data-place": `${entity.entity} words`, value: entity.replacement, onchange: () => decide({}) });
    const place = (name) => ({ "data-place": `${entity.entity} ${name}` });
    const choice = (decision, label) => button(label, () => decide({ decision }), { ...place(decision), "aria-pressed": String(entity.decision === decision), "aria-label": `${label}: ${entity.own[0].form}` });
    return el("section", { class: "sx-coding", "aria-label": `${entity.own[0].form}, ${entity.kind}, ${DECIDED[entity.decision]}` },
      el("ul", { class: "sx-forms" }, entity.own.map((form) => el("li", {}, el("strong", {}, form.form), ` ${counted(form.places, "place")} in ${counted(form.interviews, "interview")} `,
        entity.own.length > 1 ? button("Somebody else", () => this.connection.act("apart", { form: form.form }), { "aria-label": `${form.form} is somebody or something else` }) : null,
        el("q", { class: "sx-quiet" }, `… ${form.example} …`)))),
      el("div", { class: "sx-actions" }, choice("replace", "Replace"), choice("keep", "Keep"), choice("", "Not decided"),
        field("with", ({ id }) => { words.id = id; return words; }),
        field("kind", (tied) => select({ ...tied, ...place("kind"), onchange: (event) => decide({ kind: event.target.value }) }, this.kinds.map((kind) => [kind, kind]), entity.kind))));
  }

  #tell() {
    const open = this.forms.filter((form) => !form.decision).length;
    const { pending, failed } = this.connection;
    this.root.dataset.pending = pending.length;
    this.root.dataset.failed = failed.length;
    this.status.replaceChildren(el("span", { class: pending.length ? "sx-wait" : "sx-saved" }, pending.length ? `Saving ${counted(pending.length, "decision")} …` : "Saved."),
      el("span", {}, `${open} of ${counted(this.forms.length, "form")} not decided.`),
      ...failed.map((entry) => el("span", { class: "sx-failed" }, `Not saved: ${entry.why} `, button("Let it go", () => { this.connection.letGo(entry.act.id); this.#draw(); }))));
  }
}

export default {
  render({ model, el: root }) {
    root.classList.add("sx-pane");
    root.setAttribute("role", "region");
    root.setAttribute("aria-label", "Names desk");
    const pane = new NamesPane(model, root);
    return () => pane.close();
  },
};
