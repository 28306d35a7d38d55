// Autocomplete under the caret: asks the server, shows what it knows, puts the chosen one into the text.

import { el, icon, name } from "./dom.js";
import { avatar, botAvatar } from "./people.js";
import { t } from "./strings.js";

const PAUSE = 80; // milliseconds without a key before the server is asked

export class Suggestions {
  #input;
  #box;
  #list;
  #ask;
  #announce;
  #people;
  #timer = 0;
  #asking = null;
  #answer = null; // { candidates, start, end }
  #active = -1;

  /** `ask(text, signal)` answers `{replaceFrom, candidates}` for the text before the caret. */
  constructor({ input, box, list }, { ask, announce, people }) {
    this.#input = input;
    this.#box = box;
    this.#list = list;
    this.#ask = ask;
    this.#announce = announce;
    this.#people = people;
    input.addEventListener("blur", () => this.close());
    // Keeps the focus, and the phone's keyboard, in the message field.
    box.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => this.#take(optionIndex(event)));
  }

  /** The text or the caret moved. */
  update() {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    const { value, selectionStart, selectionEnd } = this.#input;
    if (!value.trim() || selectionStart !== selectionEnd) this.close();
    else this.#timer = setTimeout(() => this.#request(value.slice(0, selectionStart)), PAUSE);
  }

  close() {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    this.#answer = null;
    this.#box.hidden = true;
    this.#activate(-1);
  }

  /** True where the key was meant for the list. */
  key(event) {
    if (!this.#answer || event.isComposing) return false;
    const count = this.#answer.candidates.length;
    if (event.key === "ArrowDown") this.#activate((this.#active + 1) % count);
    else if (event.key === "ArrowUp") this.#activate((Math.max(this.#active, 0) - 1 + count) % count);
    else if (event.key === "Tab" && !event.shiftKey) this.#take(Math.max(this.#active, 0));
    else if (event.key === "Enter" && !event.shiftKey && this.#active >= 0) this.#take(this.#active);
    else if (event.key === "Escape") this.close();
    else return false;
    return true;
  }

  async #request(before) {
    const asking = new AbortController();
    this.#asking = asking;
    const answer = await this.#ask(before, asking.signal);
    if (asking.signal.aborted || document.activeElement !== this.#input) return;
    this.#asking = null;
    if (answer && answer.candidates.length > 0) this.#show(answer, before);
    else this.close();
  }

  #show({ replaceFrom, candidates }, before) {
    // The server counts characters, JavaScript counts UTF-16 units.
    const start = [...before].slice(0, replaceFrom).join("").length;
    this.#answer = { candidates, start, end: before.length };
    this.#list.replaceChildren(...candidates.map((candidate, index) => this.#option(candidate, index)));
    this.#box.hidden = false;
    this.#list.scrollTop = 0;
    this.#activate(-1);
    this.#announce(t("suggestionCount", { count: candidates.length }));
  }

  #option({ insert, label, detail }, index) {
    return el(
      "li",
      { role: "option", id: `suggestion-${index}`, "aria-selected": "false", "data-candidate": insert },
      this.#picture(insert),
      name(label, { class: "suggestion-label" }),
      detail ? name(detail, { class: "suggestion-detail" }) : null,
    );
  }

  #picture(insert) {
    const person = insert.trim().replace(/^@/, "");
    if (insert.trim().startsWith("@") && this.#people.has(person))
      return avatar(person, this.#people.displayName(person));
    return insert.trim().startsWith("/")
      ? botAvatar()
      : el("span", { class: "suggestion-dot", "aria-hidden": "true" }, icon("key"));
  }

  #activate(index) {
    if (index === this.#active) return;
    this.#active = index;
    [...this.#list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    const active = this.#list.children[index];
    if (!active) return this.#input.removeAttribute("aria-activedescendant");
    this.#input.setAttribute("aria-activedescendant", active.id);
    active.scrollIntoView({ block: "nearest" });
  }

  #take(index) {
    const candidate = this.#answer?.candidates[index];
    if (!candidate) return;
    const { start, end } = this.#answer;
    this.close();
    this.#input.focus();
    this.#input.setRangeText(candidate.insert, start, end, "end");
    this.#input.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function optionIndex(event) {
  const option = event.target.closest("[role=option]");
  return option ? [...option.parentNode.children].indexOf(option) : null;
}
