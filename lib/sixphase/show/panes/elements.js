// Elements made of data. Words of a person only ever become text nodes, never markup.

export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "value") made.value = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** Put other children into an element: lists of them are laid out, and what is nothing is left out. */
export function fill(made, ...children) {
  made.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
}

let labels = 0;

/** A form field with its label. `make` builds the input from the attributes that tie both together. */
export function field(label, make) {
  const id = `sixphase-field-${++labels}`;
  return el("p", { class: "sx-field" }, el("label", { for: id }, label), make({ id }));
}

export function select(attributes, options, chosen) {
  const made = el("select", attributes, options.map(([value, label]) => el("option", { value, selected: value === chosen }, label)));
  return made;
}

export function button(label, action, attributes = {}) {
  return el("button", { type: "button", onclick: action, ...attributes }, label);
}

const numbers = new Intl.NumberFormat("en"); // made once: it is slow to make

export function counted(number, unit) {
  return `${numbers.format(number)} ${unit}${number === 1 ? "" : "s"}`;
}

export function newId() {
  return `urn:uuid:${crypto.randomUUID ? crypto.randomUUID() : [...crypto.getRandomValues(new Uint8Array(16))].map((byte, place) =>
    (place === 6 ? (byte & 15) | 64 : place === 8 ? (byte & 63) | 128 : byte).toString(16).padStart(2, "0")).join("")
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")}`;
}

export function now() {
  return new Date().toISOString().replace(/\.\d+Z$/, "Z");
}
