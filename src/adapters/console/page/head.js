// What stands around the messages: which place this is, who is acting, and what was not read or waits elsewhere.

import { byId, el, name } from "./dom.js";
import { avatar } from "./people.js";
import { t } from "./strings.js";

export const PLACES = ["channel", "direct"];

const MOST_SHOWN = 99;

export function showPlace(place, displayName) {
  for (const button of document.querySelectorAll("[data-place]")) {
    button.setAttribute("aria-current", button.dataset.place === place ? "page" : "false");
  }
  byId("place-title").textContent = place === "channel" ? `# ${t("channel")}` : t("directTitle");
  byId("place-about").textContent = t(`${place}About`, { name: displayName });
}

export function showIdentity(person, displayName) {
  const line = byId("who-am-i");
  line.dataset.self = person.name;
  const title = name(person.title ?? "", { class: "identity-title" });
  line.replaceChildren(avatar(person.name, displayName), el("span", {}, name(t("iam", { name: displayName })), title));
}

/** `read`: the last message read, by `person/place`. The open place needs no badge. */
export function showUnread(conversation, self, open, read) {
  for (const place of PLACES) {
    const count = conversation.unread(place, read[`${self}/${place}`], self);
    const badge = document.querySelector(`[data-badge="${place}"]`);
    badge.hidden = count === 0 || place === open;
    badge.textContent = count > MOST_SHOWN ? `${MOST_SHOWN}+` : String(count);
    badge.setAttribute("aria-label", t("unread", { count }));
  }
}

export function showWaiting(count, displayName) {
  byId("waiting").hidden = count === 0;
  byId("waiting").lastElementChild.textContent = t("waits", { count });
  document.title = `${count > 0 ? `(${count}) ` : ""}${displayName} · licensebot demo`;
}
