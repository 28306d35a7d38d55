// The message field: grows with its text, sends with Enter, brings back the last line with the up arrow.

import { Suggestions } from "./suggestions.js";

const COMMAND = "/license ";

export class Composer {
  #form;
  #input;
  #button;
  #send;
  #suggestions;
  #sending = false;
  #last = "";
  #drafts = new Map();
  #whose = "";

  /** `send(text)` answers true when the server took the line; then the field is empty again. */
  constructor({ form, input, button, slash, box, list }, { send, ask, announce, people }) {
    this.#form = form;
    this.#input = input;
    this.#button = button;
    this.#send = send;
    this.#suggestions = new Suggestions({ input, box, list }, { ask, announce, people });
    form.addEventListener("submit", (event) => this.#submit(event));
    input.addEventListener("input", () => this.#changed());
    input.addEventListener("keydown", (event) => this.#key(event));
    input.addEventListener("click", () => this.#suggestions.update());
    slash.addEventListener("click", () => this.insert(this.#input.value || COMMAND));
    this.#changed();
  }

  /** Puts a line into the field, ready to be read and sent. */
  insert(text) {
    this.#input.value = text;
    this.#input.focus();
    this.#input.setSelectionRange(text.length, text.length);
    this.#changed();
  }

  /** Keeps the line begun as one person in one place, and brings back the one begun as `whose` before. */
  switchTo(whose) {
    this.#drafts.set(this.#whose, this.#input.value);
    this.#whose = whose;
    this.#input.value = this.#drafts.get(whose) ?? "";
    this.#suggestions.close();
    this.#changed();
  }

  placeholder(text, label) {
    this.#input.placeholder = text;
    this.#input.setAttribute("aria-label", label);
  }

  #clear() {
    this.#input.value = "";
    this.#suggestions.close();
    this.#changed();
  }

  #changed() {
    this.#grow();
    this.#button.setAttribute("aria-disabled", String(this.#sending || !this.#input.value.trim()));
    if (document.activeElement === this.#input) this.#suggestions.update();
  }

  #grow() {
    const { style } = this.#input;
    style.height = "auto";
    style.height = `${this.#input.scrollHeight}px`;
  }

  #key(event) {
    if (this.#suggestions.key(event)) event.preventDefault();
    else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.#submit(event);
    else if (event.key === "ArrowUp" && !this.#input.value && this.#last) {
      event.preventDefault();
      this.insert(this.#last);
    } else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) {
      requestAnimationFrame(() => this.#suggestions.update());
    }
  }

  async #submit(event) {
    event.preventDefault();
    const text = this.#input.value.trim();
    if (!text || this.#sending) return;
    this.#suggestions.close();
    this.#busy(true);
    const whose = this.#whose;
    const sent = await this.#send(text);
    if (sent) this.#taken(whose, text);
    this.#busy(false);
  }

  // What was typed meanwhile, here or as someone else, is another line and stays.
  #taken(whose, text) {
    this.#last = text;
    if (whose !== this.#whose) this.#drafts.delete(whose);
    else if (this.#input.value.trim() === text) this.#clear();
  }

  #busy(sending) {
    this.#sending = sending;
    this.#form.setAttribute("aria-busy", String(sending));
    this.#button.setAttribute("aria-disabled", String(sending || !this.#input.value.trim()));
  }
}
