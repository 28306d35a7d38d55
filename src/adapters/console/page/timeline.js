// The list of messages of one place. Replaces only what changed, so focus, scroll and open forms survive an edit.

import { el } from "./dom.js";
import { messageElement } from "./message.js";
import { currentLocale } from "./strings.js";
import { day } from "./time.js";

const NEAR_THE_END = 80; // pixels
const ABOVE_THE_NEWEST = 8; // pixels
const STILL = 2; // pixels; browsers round
const SOON = 10 * 60 * 1000; // milliseconds between messages that share a header

export class Timeline {
  #list;
  #scroller;
  #jump;
  #context;
  #rows = new Map(); // key -> { node, look }
  #follow = "newest"; // what stays in view: the start of the newest message, the "end", or null: what the reader looks at
  #rest = 0; // where that was last scrolled to

  /** `context` goes to the messages: `people`, `cards`, and `self`, who is reading. */
  constructor({ list, scroller, jump }, context) {
    this.#list = list;
    this.#scroller = scroller;
    this.#jump = jump;
    this.#context = context;
    scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    jump.addEventListener("click", () => this.toNewest());
    new ResizeObserver(() => this.#keepInView()).observe(list);
    new ResizeObserver(() => this.#keepInView()).observe(scroller);
  }

  /** Shows another person's or another place's messages, at the newest. */
  reset() {
    this.#rows.clear();
    this.#list.replaceChildren();
    this.#follow = "newest";
  }

  show(messages) {
    const grown = messages.some((message) => !this.#rows.has(message.id)) && this.#rows.size > 0;
    const focus = this.#focus();
    this.#arrange(messages);
    this.#refocus(focus);
    if (grown && this.#follow) this.toNewest();
    else if (grown) this.#jump.hidden = false;
    else this.#keepInView();
  }

  /** Shows the newest message from its start: the end of a tall card says nothing without its title. */
  toNewest() {
    this.#follow = "newest";
    this.#keepInView();
    this.#jump.hidden = true;
  }

  #keepInView() {
    if (!this.#follow) return;
    const { scrollHeight, clientHeight } = this.#scroller;
    const end = scrollHeight - clientHeight;
    this.#scroller.scrollTop = this.#follow === "end" ? end : Math.min(end, this.#newestTop());
    this.#rest = this.#scroller.scrollTop;
  }

  #newestTop() {
    const newest = this.#list.lastElementChild;
    if (!newest) return 0;
    const { top } = this.#scroller.getBoundingClientRect();
    return this.#scroller.scrollTop + newest.getBoundingClientRect().top - top - ABOVE_THE_NEWEST;
  }

  reveal(id) {
    const row = this.#rows.get(id)?.node;
    row?.scrollIntoView({ block: "center" });
    row?.focus({ preventScroll: true });
  }

  focusInput(id) {
    const row = this.#rows.get(id)?.node;
    const invalid = row?.querySelector("[aria-invalid]");
    (invalid ?? row?.querySelector(".action-form.opened [data-input]"))?.focus();
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    if (Math.abs(scrollTop - this.#rest) < STILL) return;
    this.#follow = scrollHeight - scrollTop - clientHeight < NEAR_THE_END ? "end" : null;
    if (this.#follow) this.#jump.hidden = true;
  }

  #arrange(messages) {
    const rows = rowsOf(messages);
    const before = this.#rows;
    this.#rows = new Map();
    this.#dropAllBut(rows, before);
    let previous = null;
    let place = this.#list.firstChild;
    for (const row of rows) {
      const old = before.get(row.key)?.node;
      const node = this.#row(row, previous, before);
      if (place === old && place) place = place.nextSibling;
      else this.#list.insertBefore(old ?? node, place);
      if (old && old !== node) old.replaceWith(node);
      previous = row.message ?? null;
    }
  }

  #dropAllBut(rows, before) {
    const kept = new Set(rows.map((row) => row.key));
    for (const [key, { node }] of before) if (!kept.has(key)) node.remove();
  }

  #row(row, previous, before) {
    const continued = previous !== null && continues(previous, row.message);
    const look = this.#look(row, continued);
    const known = before.get(row.key);
    const entry = known?.look === look ? known : { node: this.#element(row, continued), look };
    this.#rows.set(row.key, entry);
    return entry.node;
  }

  #element({ message, day }, continued) {
    return message ? messageElement(message, continued, this.#context) : divider(day);
  }

  // Everything that an element was made from; the same look needs no new element.
  #look({ message, day }, continued) {
    if (!message) return day;
    return JSON.stringify([message, continued, currentLocale(), this.#context.cards.version(message)]);
  }

  #focus() {
    const node = document.activeElement;
    const row = node?.closest?.("[data-message]");
    if (!row || !this.#list.contains(row)) return null;
    const { selectionStart = null, selectionEnd = null } = node;
    const form = node.closest("[data-form]")?.dataset.form;
    return { node, id: row.dataset.message, hook: hookOf(node), form, selectionStart, selectionEnd };
  }

  #refocus(focus) {
    if (!focus || focus.node.isConnected) return;
    const row = this.#rows.get(focus.id)?.node;
    // A form that was closed leaves the keyboard on the button that opened it.
    const opener = focus.form && row?.querySelector(`[data-action="${CSS.escape(focus.form)}"]`);
    const again = (focus.hook && row?.querySelector(focus.hook)) || opener || row;
    again?.focus({ preventScroll: true });
    if (again?.matches("textarea") && focus.selectionStart !== null)
      again.setSelectionRange(focus.selectionStart, focus.selectionEnd);
  }
}

function rowsOf(messages) {
  const rows = [];
  let today = null;
  for (const message of messages) {
    const itsDay = message.at ? day(message.at) : today;
    if (itsDay !== today) rows.push({ key: `day ${itsDay}`, day: itsDay });
    today = itsDay;
    rows.push({ key: message.id, message });
  }
  return rows;
}

const divider = (words) => el("li", { class: "day", role: "separator" }, el("span", {}, words));

function continues(previous, message) {
  if (!message || previous.card || message.card) return false;
  if (previous.from !== message.from || previous.private !== message.private) return false;
  return !(Date.parse(message.at) - Date.parse(previous.at) > SOON);
}

function hookOf(node) {
  for (const hook of ["data-input", "data-action", "data-submit", "data-insert"]) {
    if (node.hasAttribute(hook)) return `[${hook}="${CSS.escape(node.getAttribute(hook))}"]`;
  }
  return null;
}
