// The live connection of one person. Reconnects by itself, for ever, until it is closed.

const DELAYS = [500, 1000, 2000, 4000, 8000]; // milliseconds

export class Stream {
  #source = null;
  #timer = 0;
  #failures = 0;
  #url;
  #on;

  /** `on.open` runs at every connect, first or again; `on.messages` for every event; `on.lost` when the line breaks. */
  constructor(as, locale, on) {
    this.#url = `/api/demo/events?${new URLSearchParams({ as, locale })}`;
    this.#on = on;
    this.#connect();
  }

  close() {
    clearTimeout(this.#timer);
    this.#source?.close();
  }

  #connect() {
    const source = new EventSource(this.#url);
    this.#source = source;
    source.addEventListener("open", () => {
      this.#failures = 0;
      this.#on.open();
    });
    source.addEventListener("message", (event) => this.#on.messages(JSON.parse(event.data).messages));
    source.addEventListener("error", () => this.#lost());
  }

  // The browser's own retry gives up for good on an HTTP error, so the page always makes a new connection itself.
  #lost() {
    this.close();
    this.#on.lost();
    const delay = DELAYS[Math.min(this.#failures, DELAYS.length - 1)];
    this.#failures += 1;
    this.#timer = setTimeout(() => this.#connect(), delay);
  }
}
