// The sidebar's list of people to be: the story's people first, then everyone else; one tab stop, arrows inside.

import { el, name, plain } from "./dom.js";
import { t } from "./strings.js";

// The order in which the story meets them.
const STORY = ["ana", "megan", "oskar", "li", "eva", "bo", "lee", "nil", "aud", "dana", "gus"];

// What makes someone worth being, where a title would not tell: as the story begins, whatever is changed later.
const PARTS = {
  megan: "manager",
  oskar: "operator",
  li: "operator",
  aud: "auditor",
  dana: "blocked",
  gus: "guest",
  nil: "noManager",
  lee: "noLocation",
};

const HUES = 10;

export class People {
  #known = new Map();
  #waiting = {};
  #self = null;
  #list;
  #search;
  #become;

  constructor(list, search, become) {
    this.#list = list;
    this.#search = search;
    this.#become = become;
    list.addEventListener("click", (event) => this.#chose(event.target.closest("[data-person]")));
    list.addEventListener("keydown", (event) => this.#moved(event));
    search.addEventListener("input", () => this.render());
    search.addEventListener("keydown", (event) => this.#searchKey(event));
  }

  set(people) {
    this.#known = new Map(people.map((person) => [person.name, person]));
  }

  has(person) {
    return this.#known.has(person);
  }

  get(person) {
    return this.#known.get(person);
  }

  displayName(person) {
    return plain(this.#known.get(person)?.displayName ?? person);
  }

  first() {
    return STORY.find((person) => this.has(person)) ?? this.#known.keys().next().value;
  }

  setSelf(self) {
    this.#self = self;
    this.render();
  }

  setWaiting(waiting) {
    this.#waiting = waiting;
    this.render();
  }

  render() {
    const focused = document.activeElement?.dataset?.person;
    const wanted = this.#search.value.trim().toLowerCase();
    const shown = (person) => person && matches(person, wanted);
    const story = STORY.map((key) => this.#known.get(key)).filter(shown);
    const others = [...this.#known.values()].filter((person) => !STORY.includes(person.name) && shown(person));
    this.#list.replaceChildren(...this.#groups(story, others));
    this.#setTabStop(focused);
  }

  #groups(story, others) {
    if (story.length + others.length === 0) return [el("p", { class: "people-none" }, t("nobodyFound"))];
    const groups = [];
    if (story.length > 0) groups.push(this.#group(t("story"), story));
    if (others.length > 0) groups.push(this.#group(t("everyone"), others.sort(byName)));
    return groups;
  }

  #group(title, people) {
    const rows = people.map((person) => el("li", {}, this.#row(person)));
    return el("section", { "aria-label": title }, el("h3", {}, title), el("ul", {}, rows));
  }

  #row(person) {
    const self = person.name === this.#self;
    const part = PARTS[person.name];
    return el(
      "button",
      {
        type: "button",
        class: "person",
        "data-person": person.name,
        "aria-current": self ? "true" : null,
        tabindex: -1,
      },
      avatar(person.name, person.displayName),
      el(
        "span",
        { class: "person-words" },
        el(
          "span",
          { class: "person-line" },
          name(person.displayName, { class: "person-name" }),
          self ? el("span", { class: "you-tag" }, t("you")) : null,
        ),
        el(
          "span",
          { class: "person-line person-work" },
          name(person.title || `@${person.name}`, { class: "person-title" }),
          part ? el("span", { class: `part part-${part}` }, t(`part.${part}`)) : null,
        ),
      ),
      this.#badge(person),
    );
  }

  #badge(person) {
    const count = this.#waiting[person.name] ?? 0;
    if (count === 0) return null;
    const label = t("waitsFor", { name: person.displayName, count });
    return el(
      "span",
      { class: "badge badge-waiting", "data-waiting": person.name, title: label, "aria-label": label },
      count,
    );
  }

  #buttons() {
    return [...this.#list.querySelectorAll("[data-person]")];
  }

  #setTabStop(focused) {
    const buttons = this.#buttons();
    const again = buttons.find((button) => button.dataset.person === focused);
    const stop = again ?? buttons.find((button) => button.dataset.person === this.#self) ?? buttons[0];
    if (stop) stop.tabIndex = 0;
    again?.focus({ preventScroll: true });
  }

  #chose(button) {
    if (!button) return;
    this.#search.value = "";
    this.#become(button.dataset.person);
  }

  #moved(event) {
    const buttons = this.#buttons();
    const at = buttons.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    if (to < 0) this.#search.focus();
    else buttons[to]?.focus();
  }

  #searchKey(event) {
    const [first] = this.#buttons();
    if (event.key === "ArrowDown") first?.focus();
    else if (event.key === "Enter") this.#chose(first);
    else if (event.key === "Escape" && this.#search.value) this.#clear();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #clear() {
    this.#search.value = "";
    this.render();
  }
}

const byName = (one, other) => one.displayName.localeCompare(other.displayName);

function matches(person, wanted) {
  return `${person.displayName} ${person.name} ${person.title}`.toLowerCase().includes(wanted);
}

/** A round picture of initials, in a color that a name always has. */
export function avatar(key, displayName) {
  return el("span", { class: `avatar hue-${hue(key)}`, "aria-hidden": "true" }, initials(displayName));
}

export const botAvatar = () => el("img", { class: "avatar", src: "/assets/icon.svg", alt: "" });

function initials(displayName) {
  const words = displayName
    .split(/[\s.\-_]+/)
    .map(firstLetter)
    .filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return letters.join("").toUpperCase() || "?";
}

const firstLetter = (word) => word.match(/[\p{L}\p{N}]/u)?.[0];

function hue(key) {
  let sum = 7;
  for (const letter of key) sum = (sum * 31 + letter.codePointAt(0)) % 9973;
  return sum % HUES;
}
