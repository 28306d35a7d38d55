// What happens on cards between the server's answers: which form is open, what was typed, which click is under way.
// Lives outside the elements, so that an edited card keeps what a person was typing.

export class Cards {
  #open = new Map(); // message id -> action id
  #typed = new Map(); // message/action/input -> value
  #missing = new Set(); // message/action/input that was left empty
  #busy = new Map(); // message id -> action id
  #versions = new Map();
  #send;
  #changed;

  /** `send(message, action, inputs)` asks the server; `changed(messageId)` shows the card again. */
  constructor(send, changed) {
    this.#send = send;
    this.#changed = changed;
  }

  /** Raised by everything that makes a card look different without a new revision. */
  version(message) {
    return this.#versions.get(message.id) ?? 0;
  }

  isOpen(message, action) {
    return this.#open.get(message.id) === action.id;
  }

  isBusy(message) {
    return this.#busy.has(message.id);
  }

  isUnderWay(message, action) {
    return this.#busy.get(message.id) === action.id;
  }

  isMissing(message, action, input) {
    return this.#missing.has(key(message, action, input));
  }

  typed(message, action, input) {
    return this.#typed.get(key(message, action, input)) ?? "";
  }

  type(message, action, input, value) {
    this.#typed.set(key(message, action, input), value);
  }

  open(message, action) {
    this.#open.set(message.id, action.id);
    this.#show(message);
  }

  close(message) {
    this.#open.delete(message.id);
    this.#show(message);
  }

  /** Sends a click once; further clicks on the card do nothing until the answer is here. */
  async click(message, action) {
    if (this.isBusy(message) || !this.#complete(message, action)) return;
    this.#busy.set(message.id, action.id);
    this.#show(message);
    const done = await this.#send(message, action, this.#inputs(message, action));
    this.#busy.delete(message.id);
    if (done) this.#forget(message, action);
    this.#show(message);
  }

  // The server is the judge of what is required; this only spares a person the way there.
  #complete(message, action) {
    const empty = action.inputs.filter((input) => input.required && !this.typed(message, action, input).trim());
    for (const input of action.inputs) this.#missing.delete(key(message, action, input));
    for (const input of empty) this.#missing.add(key(message, action, input));
    if (empty.length > 0) this.#show(message);
    return empty.length === 0;
  }

  #inputs(message, action) {
    const given = action.inputs.map((input) => [input.id, this.typed(message, action, input).trim()]);
    return Object.fromEntries(given.filter(([, value]) => value !== ""));
  }

  #forget(message, action) {
    this.#open.delete(message.id);
    for (const input of action.inputs) this.#typed.delete(key(message, action, input));
  }

  #show(message) {
    this.#versions.set(message.id, this.version(message) + 1);
    this.#changed(message.id);
  }
}

const key = (message, action, input) => `${message.id}/${action.id}/${input.id}`;
