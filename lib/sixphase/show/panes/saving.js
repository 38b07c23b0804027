// Acts on their way to the disk. An act is pending until Python says that it is saved, or refuses it with a reason.
// What is pending belongs to the page and not to a widget: it outlives a dead kernel, and the next pane sends it again.
import { button, counted, el, newId, now } from "./elements.js";

const everywhere = (globalThis[Symbol.for("sixphase acts on their way")] ??= new Map()); // desk -> Map of act id -> { act, why }
const AGAIN = 4000; // milliseconds until an unanswered act is sent once more
const LONG = 3000; // milliseconds without an answer after which the person is told what to do
const UNHEARD = 20000; // milliseconds an idle kernel may leave a question unanswered: a slow machine starts one slowly

if (!globalThis[Symbol.for("sixphase asks before closing")]) {
  globalThis[Symbol.for("sixphase asks before closing")] = true;
  addEventListener("beforeunload", (event) => {
    if ([...everywhere.values()].some((acts) => acts.size)) { event.preventDefault(); event.returnValue = true; }
  });
}

/** See to it that the kernel hears this page. When a kernel dies under two pages, JupyterLab may leave one of them unheard
 * by the next kernel for good, until it connects anew. */
async function beHeard(kernel) {
  for (let heard = false; !heard && kernel && !kernel.isDisposed && kernel.status !== "dead";) {
    const idle = () => kernel.connectionStatus === "connected" && kernel.status === "idle", ask = idle();
    const answer = ask ? kernel.requestKernelInfo().then((told) => Boolean(told), () => false) : false;
    heard = await Promise.race([answer || new Promise(() => {}), new Promise((late) => setTimeout(late, ask ? UNHEARD : AGAIN, false))]);
    if (ask && !heard && idle()) await kernel.reconnect().catch(() => {});
  }
}

const reaching = new Map(); // desk -> the promise that its kernel is heard again

export class Connection {
  /** `heard` receives what Python says; `changed` is called when an act was sent, saved or refused. */
  constructor(model, heard, changed) {
    this.model = model;
    this.changed = changed;
    this.answers = new Map();
    this.desk = model.get("desk");
    if (!everywhere.has(this.desk)) everywhere.set(this.desk, new Map());
    this.acts = everywhere.get(this.desk);
    this.listen = (message) => this.#receive(message, heard);
    model.on("msg:custom", this.listen);
    this.clock = setInterval(() => this.#sendAgain(), AGAIN);
  }

  close() {
    this.model.off("msg:custom", this.listen);
    clearInterval(this.clock);
  }

  /** Ask Python for something; the promise is kept when it answers. */
  ask(what, details = {}) {
    const id = newId();
    const message = { id, ask: what, ...details };
    return new Promise((resolve, reject) => {
      this.answers.set(id, { resolve, reject, message, sent: performance.now() });
      this.#send(message);
    });
  }

  /** Hand over what a person did. It counts as saved when it is on the disk. */
  act(what, details) {
    const act = { id: newId(), do: what, created: now(), ...details };
    this.acts.set(act.id, { act, why: "", sent: performance.now() });
    this.#send({ act });
    this.changed();
    return act;
  }

  /** Send everything that is still here, oldest first. */
  resend() {
    for (const entry of this.acts.values()) this.again(entry);
  }

  again(entry) {
    entry.why = "";
    entry.sent = performance.now();
    this.#send({ act: entry.act });
    this.changed();
  }

  letGo(id) {
    this.acts.delete(id);
    this.changed();
  }

  /** Let an act go if it was refused; says whether it was. */
  forget(id) {
    const refused = Boolean(this.acts.get(id)?.why);
    if (refused) this.letGo(id);
    return refused;
  }

  get pending() { return [...this.acts.values()].filter((entry) => !entry.why); }

  get failed() { return [...this.acts.values()].filter((entry) => entry.why); }

  /** Milliseconds the oldest pending act has waited. */
  get waited() { return Math.max(0, ...this.pending.map((entry) => Date.now() - Date.parse(entry.act.created))); }

  /** Say what is on its way, what failed, and else that everything is saved; `who` follows once the person is known. `changed` is called when a failed act is let go. */
  show(root, status, who, changed) {
    const { pending, failed } = this, parts = [];
    if (pending.length) parts.push(el("span", { class: "sx-wait" }, `${counted(pending.length, "act")} on the way to the disk`,
      this.waited > LONG ? ". No answer for a while. Nothing is lost: this page keeps them. If the kernel stopped, run this cell again." : " …"));
    for (const entry of failed) parts.push(el("span", { class: "sx-failed", role: "alert" }, `Not saved: ${entry.why} `,
      button("Try again", () => this.again(entry)), button("Let it go", () => { this.letGo(entry.act.id); changed(); })));
    if (who && !parts.length) parts.push(el("span", { class: "sx-saved" }, "Everything is saved."));
    if (who && !pending.length) parts.push(el("span", { class: "sx-quiet" }, who));
    status.replaceChildren(...parts);
    root.dataset.pending = String(pending.length);
    root.dataset.failed = String(failed.length);
  }

  #send(message) {
    try { this.model.send(message); } catch { /* the kernel is gone: the act stays here and is sent again */ }
  }

  #sendAgain() {
    const isLate = (entry) => performance.now() - entry.sent > AGAIN;
    const acts = this.pending.filter(isLate), questions = [...this.answers.values()].filter(isLate);
    acts.forEach((entry) => this.again(entry));
    questions.forEach((question) => { question.sent = performance.now(); this.#send(question.message); });
    if (this.pending.length) this.changed();
    if ((acts.length || questions.length) && !reaching.has(this.desk)) {
      reaching.set(this.desk, beHeard(this.model.widget_manager?.kernel).finally(() => reaching.delete(this.desk)));
    }
  }

  #receive(message, heard) {
    if (message.re !== undefined) {
      const waiting = this.answers.get(message.re);
      this.answers.delete(message.re);
      if (waiting) message.why ? waiting.reject(new Error(message.why)) : waiting.resolve(message);
      return;
    }
    if (message.saved) this.acts.delete(message.saved.id);
    if (message.refused && this.acts.has(message.refused.id)) this.acts.get(message.refused.id).why = message.refused.why;
    heard(message);
    this.changed();
  }
}
