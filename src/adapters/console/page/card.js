// Renders a card: title, state, facts, and the buttons and inputs of what this viewer may do now.

import { el, plain, unbroken } from "./dom.js";
import { t } from "./strings.js";

const LONG_VALUE = 320; // characters; longer facts fold
const LONG_NAME = 30; // characters; longer names have a wider column
const MAIN_VERBS = ["confirm", "approve", "choose"];

export function cardElement(message, cards) {
  const { card } = message;
  const title = `card-title-${message.id}`;
  const facts = card.facts ?? [];
  return el(
    "section",
    {
      class: `card${card.state ? ` state-${card.state}` : ""}`,
      "data-state": card.state,
      "aria-labelledby": title,
      "aria-busy": cards.isBusy(message) ? "true" : null,
    },
    el(
      "header",
      { class: "card-head" },
      el("h3", { id: title, class: "card-title", dir: "auto" }, unbroken(card.title)),
      requestTag(message),
      pill(card.state),
    ),
    card.text ? el("p", { class: "card-text", dir: "auto" }, unbroken(card.text)) : null,
    factList(facts),
    actions(message, cards),
  );
}

function pill(state) {
  return state ? el("span", { class: "pill", "data-testid": "state" }, t(`state.${state}`)) : null;
}

function requestTag(message) {
  if (!message.request) return null;
  const label = t("showRequest", { request: message.request });
  return el(
    "button",
    {
      type: "button",
      class: "request-tag",
      "data-insert": `/license request ${message.request}`,
      title: label,
      "aria-label": label,
    },
    message.request,
  );
}

function factList(facts) {
  if (facts.length === 0) return null;
  const long = facts.some(({ name }) => plain(name).length > LONG_NAME);
  return el("dl", { class: long ? "facts long-names" : "facts" }, facts.map(fact));
}

function fact({ name, value }) {
  const term = el("dt", { dir: "auto" }, unbroken(name));
  const detail = el("dd", { dir: "auto" }, el("span", { class: "fact-value" }, unbroken(value)));
  if (plain(value).length > LONG_VALUE) fold(detail);
  return el("div", { class: "fact" }, term, detail);
}

function fold(detail) {
  const button = el("button", { type: "button", class: "link", "aria-expanded": "false" }, t("showAll"));
  detail.classList.add("folded");
  button.addEventListener("click", () => {
    const folded = detail.classList.toggle("folded");
    button.textContent = t(folded ? "showAll" : "showLess");
    button.setAttribute("aria-expanded", String(!folded));
  });
  detail.append(button);
}

function actions(message, cards) {
  const all = message.card.actions ?? [];
  if (all.length === 0) return null;
  const opened = all.find((action) => cards.isOpen(message, action));
  if (opened) return el("div", { class: "actions" }, form(message, opened, cards, true));
  const inline = all.filter(isInline);
  return el(
    "div",
    { class: "actions" },
    inline.map((action) => form(message, action, cards, false)),
    el(
      "div",
      { class: "action-row" },
      all.map((action) => actionButton(message, action, cards, all)),
    ),
  );
}

// Menus stand on the card at once; words are asked for only after the button, as a refusal's reason is.
const isInline = (action) => action.inputs.length > 0 && action.inputs.every(hasChoices);

const hasChoices = (input) => (input.choices ?? []).length > 0;

function actionButton(message, action, cards, all) {
  const inline = isInline(action);
  const press = () => {
    if (cards.isBusy(message)) return;
    if (action.inputs.length === 0) cards.click(message, action);
    else cards.open(message, action);
  };
  return button(message, action, cards, buttonClass(action, all), {
    "data-verb": action.verb,
    "data-action": action.id,
    "data-submit": inline ? action.id : null,
    type: inline ? "submit" : "button",
    form: inline ? formId(message, action) : null,
    click: inline ? null : press,
    "aria-expanded": !inline && action.inputs.length > 0 ? "false" : null,
  });
}

function button(message, action, cards, look, attributes) {
  const underWay = cards.isUnderWay(message, action) ? " under-way" : "";
  return el(
    "button",
    { class: `button ${look}${underWay}`, "aria-disabled": cards.isBusy(message) ? "true" : null, ...attributes },
    action.label,
  );
}

function buttonClass(action, all) {
  if (action.verb === "deny") return "danger";
  const alone = all.filter((other) => other.verb === action.verb).length === 1;
  return MAIN_VERBS.includes(action.verb) && alone ? "primary" : "";
}

const formId = (message, action) => `form-${message.id}-${action.id}`;

function form(message, action, cards, opened) {
  const node = el(
    "form",
    {
      id: formId(message, action),
      class: opened ? "action-form opened" : "action-form",
      "data-form": action.id,
      novalidate: true,
      "aria-label": action.label,
    },
    action.inputs.map((input) => field(message, action, input, cards)),
    opened ? formButtons(message, action, cards) : null,
  );
  node.addEventListener("submit", (event) => {
    event.preventDefault();
    cards.click(message, action);
  });
  node.addEventListener("keydown", (event) => formKey(event, node, opened ? () => cards.close(message) : () => {}));
  return node;
}

function formKey(event, node, close) {
  if (event.key === "Escape") close();
  else if (event.key === "Enter" && event.target.matches("textarea") && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    node.requestSubmit();
  }
}

function formButtons(message, action, cards) {
  const look = action.verb === "deny" ? "danger" : "primary";
  return el(
    "div",
    { class: "action-row" },
    button(message, action, cards, look, { type: "submit", "data-submit": action.id }),
    el(
      "button",
      { type: "button", class: "button", "data-testid": "back", click: () => cards.close(message) },
      t("back"),
    ),
  );
}

function field(message, action, input, cards) {
  const id = `${formId(message, action)}-${input.id}`;
  const missing = cards.isMissing(message, action, input);
  const keep = (event) => cards.type(message, action, input, event.target.value);
  const control = (hasChoices(input) ? choice : words)(input, cards.typed(message, action, input), {
    id,
    "data-input": input.id,
    "aria-required": input.required ? "true" : null,
    "aria-invalid": missing ? "true" : null,
    "aria-describedby": missing ? `${id}-error` : null,
    input: keep,
    // Some programs that work pages for people tell of a choice only this way.
    change: keep,
  });
  return el(
    "div",
    { class: "field" },
    el("label", { for: id, dir: "auto" }, input.label),
    control,
    missing ? el("p", { class: "field-error", id: `${id}-error` }, t(`needed.${input.id}`)) : null,
  );
}

function choice(input, typed, attributes) {
  const option = ({ value, label }) => el("option", { value, selected: value === typed }, label);
  return el("select", attributes, option({ value: "", label: t("choose") }), input.choices.map(option));
}

function words(input, typed, attributes) {
  const node = el("textarea", { rows: 2, dir: "auto", enterkeyhint: "done", ...attributes });
  node.value = typed;
  return node;
}
