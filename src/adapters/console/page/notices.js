// What is said beside the messages: toasts for errors, and the live region for people who listen.

import { ApiError } from "./api.js";
import { byId, el, icon } from "./dom.js";
import { t } from "./strings.js";

const STAYS = 9000; // milliseconds
const AT_MOST = 3;

/** Shows the server's own sentence; where it had none, ours. */
export function showError(error) {
  if (!(error instanceof ApiError)) throw error;
  toast(error.message || t(error.status === 0 ? "unreachable" : "broken"));
}

function toast(sentence) {
  const toasts = byId("toasts");
  const close = el(
    "button",
    { type: "button", class: "icon-button", "aria-label": t("dismiss"), click: () => node.remove() },
    icon("close"),
  );
  const node = el("div", { class: "toast", "data-testid": "toast" }, el("p", { dir: "auto" }, sentence), close);
  toasts.append(node);
  while (toasts.childElementCount > AT_MOST) toasts.firstElementChild.remove();
  setTimeout(() => node.remove(), STAYS);
}

export function announce(words) {
  const line = el("p", {}, words);
  byId("announcer").append(line);
  setTimeout(() => line.remove(), STAYS);
}
