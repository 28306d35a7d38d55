// One message as an element: who, when, the words or the card, and whether others see it.

import { cardElement } from "./card.js";
import { el, icon, name, unbroken } from "./dom.js";
import { avatar, botAvatar } from "./people.js";
import { t } from "./strings.js";
import { timeOfDay } from "./time.js";

export const BOT = "licensebot";

const MENTION_OR_CODE = /(`[^`\n]+`|@[\p{L}\p{N}](?:[\p{L}\p{N}._-]*[\p{L}\p{N}])?)/gu;

/** `context`: `people`, `self`, `cards` (the state and door of card clicks). `continued`: same author as above. */
export function messageElement(message, continued, context) {
  const classes = ["message"];
  if (continued) classes.push("continued");
  if (isHidden(message)) classes.push("private");
  if (mentions(message, context)) classes.push("mentions-me");
  return el(
    "li",
    {
      class: classes.join(" "),
      "data-message": message.id,
      "data-from": message.from,
      "data-revision": message.revision,
      "data-request": message.request,
      tabindex: -1,
    },
    continued
      ? el("span", { class: "gutter", "aria-hidden": "true" }, message.at ? timeOfDay(message.at) : null)
      : face(message, context),
    el(
      "div",
      { class: "message-body" },
      continued ? null : header(message, context),
      isHidden(message) ? onlyYou() : null,
      content(message, context),
    ),
  );
}

// In the channel the rest of the company does not see a private message; a direct place is private as a whole.
const isHidden = (message) => message.private && message.place === "channel";

const mentions = (message, { self }) =>
  message.from !== self && !message.card && message.text.toLowerCase().split(MENTION_OR_CODE).includes(`@${self}`);

function face(message, { people }) {
  return message.from === BOT ? botAvatar() : avatar(message.from, people.displayName(message.from));
}

function header(message, { people, self }) {
  const bot = message.from === BOT;
  return el(
    "div",
    { class: "message-head" },
    name(bot ? BOT : people.displayName(message.from), { class: "author" }),
    bot ? el("span", { class: "app-tag" }, t("app")) : null,
    message.from === self ? el("span", { class: "you-tag" }, t("you")) : null,
    message.at ? el("time", { datetime: message.at }, timeOfDay(message.at)) : null,
  );
}

function onlyYou() {
  return el("p", { class: "only-you", "data-testid": "only-you" }, icon("eye"), t("private"));
}

function content(message, context) {
  if (message.card) return cardElement(message, context.cards);
  return el("div", { class: "message-text", dir: "auto", "data-testid": "text" }, words(message.text, context));
}

function words(text, { people, self }) {
  return text.split(MENTION_OR_CODE).flatMap((piece) => {
    if (piece.startsWith("`") && piece.length > 2) return el("code", {}, piece.slice(1, -1));
    const person = piece.startsWith("@") ? piece.slice(1).toLowerCase() : "";
    if (!people.has(person)) return unbroken(piece);
    return el("span", { class: person === self ? "mention me" : "mention", title: people.displayName(person) }, piece);
  });
}
