// The demo's JSON API: one function a call. Knows nothing of the page.

/** What the server refused, in its own sentence; `status` 0 means that no answer came. */
export class ApiError extends Error {
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

async function call(path, { query = {}, body, signal } = {}) {
  const search = new URLSearchParams(query).toString();
  const url = `/api/demo/${path}${search ? `?${search}` : ""}`;
  const options = { signal, headers: { Accept: "application/json" }, cache: "no-store" };
  if (body !== undefined) {
    options.method = "POST";
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  const response = await send(url, options);
  const answer = await response.json().catch(() => null);
  if (response.ok && answer !== null) return answer;
  const { code = "unreadable", message = "" } = answer?.error ?? {};
  throw new ApiError(response.status, code, message);
}

async function send(url, options) {
  try {
    return await fetch(url, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ApiError(0, "unreachable", "");
  }
}

export const people = () => call("people").then((answer) => answer.people);

export const messages = (as, locale) => call("messages", { query: { as, locale } }).then((answer) => answer.messages);

export const post = (as, locale, place, text) =>
  call("messages", { body: { as, text, place, locale } }).then((answer) => answer.messages);

export const act = (as, locale, message, action, inputs) =>
  call("actions", { body: { as, message, action, inputs, locale } }).then((answer) => answer.messages);

export const complete = (as, locale, text, signal) => call("complete", { query: { as, text, locale }, signal });

/** How many cards wait for each person's vote: `{"megan": 1}`. */
export const waiting = () => call("waiting").then((answer) => answer.waiting);

export const clock = () => call("clock");

export const advance = (by) => call("clock", { body: { advance: by } });
