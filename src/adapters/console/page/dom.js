// The only place that makes elements. Strings become text nodes and attribute values, never markup,
// so a name or a reason from the directory or from another person stays what it is: text.

const SVG = "http://www.w3.org/2000/svg";

// Embeddings and overrides (U+202A to U+202E) turn around the text after them; isolates (U+2066 to U+2069) end
// with their element and are harmless. A turned-around name is a disguise, so these are shown, not obeyed.
const DIRECTION_OVERRIDES = /[\u202a-\u202e]/g;

export const byId = (id) => document.getElementById(id);

export const plain = (text) => String(text ?? "").replace(DIRECTION_OVERRIDES, "\ufffd");

export function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) set(node, key, value);
  for (const child of children.flat()) {
    if (child !== null && child !== undefined) node.append(child instanceof Node ? child : plain(child));
  }
  return node;
}

function set(node, key, value) {
  if (typeof value === "function") node.addEventListener(key, value);
  else if (value === true) node.setAttribute(key, "");
  else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, plain(value));
}

// A request's id, an option and what stands in brackets with it are read as one word.
const ONE_WORD = /(R-[0-9A-Z]{8}|\[[^\][\n]{1,30}\]|--[a-z][a-z-]*)/g;

/** The text, in pieces that a narrow line does not break. */
export const unbroken = (text) =>
  plain(text)
    .split(ONE_WORD)
    .map((piece, at) => (at % 2 === 1 ? el("span", { class: "one-word" }, piece) : piece));

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

/** A name that cannot disturb the direction of the words around it. */
export const name = (text, attributes = {}) => el("bdi", attributes, text);
