// The demo's clock, which bot and sandbox share: shows it running, and moves it forward.

import * as api from "./api.js";
import { dayAndTime, setZone } from "./time.js";

const TICK = 1000; // milliseconds

export class Clock {
  #face;
  #ahead = null; // milliseconds between the demo's clock and this machine's
  #moved;
  #failed;

  /** `moved(words)` runs after the clock was set forward, `failed(error)` when it could not be. */
  constructor(face, buttons, { moved, failed }) {
    this.#face = face;
    this.#moved = moved;
    this.#failed = failed;
    for (const button of buttons) button.addEventListener("click", () => this.#advance(button, buttons));
    setInterval(() => this.show(), TICK);
  }

  async load() {
    this.#set(await api.clock());
  }

  show() {
    if (this.#ahead === null) return;
    const now = new Date(Date.now() + this.#ahead).toISOString();
    const words = dayAndTime(now);
    if (this.#face.textContent !== words) this.#face.textContent = words;
    this.#face.dateTime = now;
  }

  async #advance(button, buttons) {
    if (button.getAttribute("aria-disabled") === "true") return;
    for (const each of buttons) each.setAttribute("aria-disabled", "true");
    try {
      this.#set(await api.advance(button.dataset.advance));
      this.#moved(this.#face.textContent);
    } catch (error) {
      this.#failed(error);
    } finally {
      for (const each of buttons) each.removeAttribute("aria-disabled");
    }
  }

  #set({ now, zone }) {
    setZone(zone);
    this.#ahead = Date.parse(now) - Date.now();
    this.show();
  }
}
