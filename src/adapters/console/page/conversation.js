// What one person sees, as data: messages by id, oldest first, each in its newest revision. No page, no network.

export class Conversation {
  #entries = new Map(); // id -> { message, arrival }
  #arrivals = 0;
  loaded = false;

  /** A mark to hand to `replace`: what arrives after it is newer than the list then asked for. */
  mark() {
    return this.#arrivals;
  }

  /** Takes a complete list that was asked for at `mark`. Returns the messages that were not known before. */
  replace(messages, mark) {
    const before = this.#entries;
    this.#entries = new Map();
    for (const message of messages) {
      const known = before.get(message.id);
      const newer = known && known.message.revision > message.revision;
      this.#entries.set(message.id, newer ? known : { message, arrival: known?.arrival ?? this.#arrivals });
    }
    for (const [id, entry] of before) {
      if (entry.arrival > mark && !this.#entries.has(id)) this.#entries.set(id, entry);
    }
    this.loaded = true;
    return messages.filter((message) => !before.has(message.id));
  }

  /** Takes messages that appeared or changed. Returns those new here, and those edited. */
  merge(messages) {
    const added = [];
    const edited = [];
    for (const message of messages) {
      const known = this.#entries.get(message.id);
      if (known && known.message.revision > message.revision) continue;
      if (!known) added.push(message);
      else if (known.message.revision < message.revision) edited.push(message);
      this.#arrivals += known ? 0 : 1;
      this.#entries.set(message.id, { message, arrival: known?.arrival ?? this.#arrivals });
    }
    return { added, edited };
  }

  in(place) {
    return this.#all().filter((message) => message.place === place);
  }

  /** Messages of others in `place` after the one last read there. */
  unread(place, lastRead, self) {
    const here = this.in(place);
    const read = here.findIndex((message) => message.id === lastRead);
    return here.slice(read + 1).filter((message) => message.from !== self).length;
  }

  /** Cards on which this person's vote is asked. */
  waiting() {
    return this.#all().filter((message) => message.card?.actions?.some((action) => action.verb === "approve"));
  }

  #all() {
    return [...this.#entries.values()].map((entry) => entry.message);
  }
}
