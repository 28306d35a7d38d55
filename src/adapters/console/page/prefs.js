// What this browser remembers between visits: language, person, and how far each person has read.
// Forgets quietly where storage is blocked.

const PREFIX = "licensebot.";

export function recall(key, fallback) {
  try {
    const stored = localStorage.getItem(PREFIX + key);
    return stored === null ? fallback : JSON.parse(stored);
  } catch {
    return fallback;
  }
}

export function remember(key, value) {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // a private window without storage: the page works, only without memory
  }
}
