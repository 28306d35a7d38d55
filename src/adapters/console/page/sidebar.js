// The sidebar on narrow screens: a drawer over the messages that takes the keyboard while it is open.

import { byId } from "./dom.js";

const NARROW = matchMedia("(max-width: 760px)");

export class Sidebar {
  #opened = false;

  constructor() {
    byId("menu-open").addEventListener("click", () => this.#set(true));
    byId("menu-close").addEventListener("click", () => this.close());
    byId("scrim").addEventListener("click", () => this.close());
    document.addEventListener("keydown", (event) => this.#key(event));
    NARROW.addEventListener("change", () => this.#lay());
    this.#lay();
  }

  close() {
    if (this.#opened) this.#set(false);
  }

  #key(event) {
    if (event.key === "Escape") this.close();
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (NARROW.matches) this.#set(true);
    byId("people-search").focus();
  }

  #set(opened) {
    this.#opened = opened;
    this.#lay();
    byId(opened ? "menu-close" : "menu-open").focus();
  }

  // The places stand in the sidebar, or under the head where the sidebar is out of sight.
  #lay() {
    const narrow = NARROW.matches;
    const opened = narrow && this.#opened;
    byId(narrow ? "head-places" : "sidebar-places").append(byId("places"));
    byId("sidebar").inert = narrow && !opened;
    byId("main").inert = opened;
    byId("scrim").hidden = !opened;
    byId("app").classList.toggle("menu-is-open", opened);
    byId("menu-open").setAttribute("aria-expanded", String(opened));
  }
}
