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

  placeholder(text, label) {
    this.#input.placeholder = text;
    this.#input.setAttribute("aria-label", label);
  }

  clear() {
    this.#input.value = "";
    this.#suggestions.close();
    this.#changed();
  }

  focus() {
    this.#input.focus();
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
    const sent = await this.#send(text);
    if (sent) this.#last = text;
    // What was typed meanwhile is the next line, not this one.
    if (sent && this.#input.value.trim() === text) this.clear();
    this.#busy(false);
  }

  #busy(sending) {
    this.#sending = sending;
    this.#form.setAttribute("aria-busy", String(sending));
    this.#button.setAttribute("aria-disabled", String(sending || !this.#input.value.trim()));
  }
}
