// What stands where nobody has said anything yet: the way into the story, one click away from the message field.

import { el, icon, name } from "./dom.js";
import { t } from "./strings.js";

const CHANNEL_HINTS = ["/license assign me E5", "/license status", "/license stock", "/license help"];
const DIRECT_HINTS = ["/license requests", "/license status", "/license stock", "/license help"];

export function welcome(place, displayName) {
  const channel = place === "channel";
  return [
    channel
      ? el("span", { class: "welcome-mark" }, icon("hash"))
      : el("img", { class: "welcome-mark", src: "/assets/icon.svg", alt: "" }),
    el("h2", {}, t(channel ? "welcomeChannel" : "welcomeDirect", { name: displayName })),
    el("p", {}, t(channel ? "welcomeChannelText" : "welcomeDirectText")),
    channel
      ? el(
          "ol",
          { class: "steps" },
          ["step1", "step2", "step3"].map((step) => el("li", {}, t(step))),
        )
      : null,
    hints(channel ? CHANNEL_HINTS : DIRECT_HINTS),
  ].filter(Boolean);
}

function hints(lines) {
  const chip = (line) =>
    el("button", { type: "button", class: "hint", "data-insert": line, title: t("tryIt") }, name(line));
  return el(
    "div",
    { class: "hints", role: "group", "aria-label": t("tryIt"), "data-testid": "hints" },
    lines.map(chip),
  );
}
