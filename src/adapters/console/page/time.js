// Instants from the server, shown in the zone it names (the browser's own until then).

import { dateLocale } from "./strings.js";

let zone;

export function setZone(next) {
  zone = next ?? undefined;
}

const format = (instant, options) =>
  new Intl.DateTimeFormat(dateLocale(), { ...options, timeZone: zone }).format(new Date(instant));

export const timeOfDay = (instant) => format(instant, { hour: "2-digit", minute: "2-digit" });

export const day = (instant) => format(instant, { weekday: "long", day: "numeric", month: "long", year: "numeric" });

export const dayAndTime = (instant) =>
  format(instant, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
