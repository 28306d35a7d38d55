// Starts the page and holds it together: who is acting, where, in which language. Everything else is told from here.

import * as api from "./api.js";
import { Cards } from "./cards.js";
import { Clock } from "./clock.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { byId } from "./dom.js";
import { PLACES, showIdentity, showPlace, showUnread, showWaiting } from "./head.js";
import { BOT } from "./message.js";
import { announce, showError } from "./notices.js";
import { People } from "./people.js";
import { recall, remember } from "./prefs.js";
import { Sidebar } from "./sidebar.js";
import { Stream } from "./stream.js";
import { currentLocale, setLocale, t, translatePage } from "./strings.js";
import { Timeline } from "./timeline.js";
import { welcome } from "./welcome.js";

const TRY_AGAIN = 2000; // milliseconds
const WAITING_PAUSE = 400; // milliseconds; many events in a row cause one question

class App {
  #self = null;
  #place = "channel";
  #conversation = new Conversation();
  #stream = null;
  #read = recall("read", {}); // "ana/direct" -> id of the message read last
  #waitingTimer = 0;
  #people = new People(byId("people-list"), byId("people-search"), (person) => this.#become(person));
  #cards = new Cards(
    (message, action, inputs) => this.#act(message, action, inputs),
    (id) => this.#cardChanged(id),
  );
  #context = { people: this.#people, cards: this.#cards, self: null };
  #timeline = new Timeline({ list: byId("timeline"), scroller: byId("scroller"), jump: byId("jump") }, this.#context);
  #sidebar = new Sidebar();
  #clock = new Clock(byId("clock-now"), document.querySelectorAll("[data-advance]"), {
    moved: (time) => announce(t("clockMoved", { time })),
    failed: showError,
  });
  #composer = new Composer(
    {
      form: byId("composer-form"),
      input: byId("composer"),
      button: byId("send"),
      slash: byId("slash"),
      box: byId("suggestions"),
      list: byId("suggestion-list"),
    },
    {
      send: (text) => this.#post(text),
      ask: (text, signal) => this.#complete(text, signal),
      announce,
      people: this.#people,
    },
  );

  async start() {
    setLocale(recall("locale", navigator.language.startsWith("sv") ? "sv" : "en"));
    this.#listen();
    this.#translate();
    await this.#loadWorld();
    addEventListener("hashchange", () => this.#follow());
    this.#follow();
  }

  #listen() {
    for (const button of document.querySelectorAll("[data-place]"))
      button.addEventListener("click", () => this.#go(this.#self, button.dataset.place));
    for (const button of document.querySelectorAll("button[data-locale]"))
      button.addEventListener("click", () => this.#speak(button.dataset.locale));
    byId("theme-toggle").addEventListener("click", () =>
      document.dispatchEvent(new CustomEvent("choose-theme", { detail: isDark() ? "light" : "dark" })),
    );
    document.addEventListener("theme", showTheme);
    document.addEventListener("visibilitychange", () => this.#show());
    byId("waiting").addEventListener("click", () => this.#goToWaiting());
    byId("main").addEventListener("click", ({ target }) => {
      const line = target.closest("[data-insert]")?.dataset.insert;
      if (line) this.#composer.insert(line);
    });
    showTheme();
  }

  // The clock comes with it, since it names the zone that every message's time is shown in.
  async #loadWorld() {
    for (;;) {
      try {
        const [people] = await Promise.all([api.people(), this.#clock.load()]);
        this.#people.set(people);
        return;
      } catch (error) {
        showError(error);
        await new Promise((again) => setTimeout(again, TRY_AGAIN));
      }
    }
  }

  // The address says who is where (#ana/direct), so that two windows can be two people.
  #follow() {
    const [person, place] = location.hash.slice(1).split("/");
    const known = [person, recall("person", "")].find((each) => this.#people.has(each));
    this.#enter(known ?? this.#people.first(), PLACES.includes(place) ? place : this.#place);
  }

  #go(person, place) {
    if (person === this.#self && place === this.#place) return;
    history.pushState(null, "", `#${person}/${place}`);
    this.#enter(person, place);
  }

  #become(person) {
    this.#sidebar.close();
    this.#go(person, this.#place);
    announce(t("iam", { name: this.#people.displayName(person) }));
  }

  #enter(person, place) {
    const other = person !== this.#self;
    if (!other && place === this.#place) return;
    this.#self = person;
    this.#place = place;
    this.#context.self = person;
    remember("person", person);
    this.#timeline.reset();
    this.#composer.switchTo(`${person}/${place}`);
    if (other) this.#connect();
    if (other) this.#people.setSelf(person);
    this.#translate();
    this.#show();
  }

  // The conversation of a person in a language; answers that come for an earlier one find it gone.
  #connect() {
    this.#stream?.close();
    const conversation = new Conversation();
    this.#conversation = conversation;
    this.#stream = new Stream(this.#self, currentLocale(), {
      open: () => this.#reload(conversation),
      messages: (messages) => this.#receive(conversation, messages),
      lost: () => (byId("offline").hidden = false),
    });
  }

  async #reload(conversation) {
    byId("offline").hidden = true;
    try {
      const mark = conversation.mark();
      const first = !conversation.loaded;
      const added = conversation.replace(await api.messages(this.#self, currentLocale()), mark);
      if (conversation !== this.#conversation) return;
      this.#show();
      if (!first) this.#tell(added);
      await this.#clock.load();
      this.#askWaiting();
    } catch (error) {
      if (conversation === this.#conversation) showError(error);
    }
  }

  #receive(conversation, messages) {
    if (conversation !== this.#conversation) return;
    const { added, edited } = conversation.merge(messages);
    this.#show();
    if (conversation.loaded) this.#tell(added);
    this.#tellStates(edited);
    this.#askWaiting();
  }

  #tell(messages) {
    for (const message of messages.filter((each) => each.from !== this.#self)) {
      announce(`${message.from === BOT ? BOT : this.#people.displayName(message.from)}: ${message.text}`);
    }
  }

  #tellStates(messages) {
    for (const { card } of messages) if (card?.state) announce(`${card.title}: ${t(`state.${card.state}`)}`);
  }

  async #post(text) {
    return this.#send(
      (conversation) =>
        api.post(this.#self, currentLocale(), this.#place, text).then((answer) => this.#receive(conversation, answer)),
      () => this.#timeline.toNewest(),
    );
  }

  async #act(message, action, inputs) {
    return this.#send((conversation) =>
      api
        .act(this.#self, currentLocale(), message.id, action.id, inputs)
        .then((answer) => this.#receive(conversation, answer)),
    );
  }

  async #send(work, then = () => {}) {
    try {
      await work(this.#conversation);
      then();
      return true;
    } catch (error) {
      showError(error);
      return false;
    }
  }

  // A command line is still useful without suggestions, so a failed question stays silent.
  async #complete(text, signal) {
    return api.complete(this.#self, currentLocale(), text, signal).catch(() => null);
  }

  #cardChanged(id) {
    this.#show();
    const focused = document.activeElement;
    const left = !focused || focused === document.body || focused.closest?.(`[data-message="${CSS.escape(id)}"]`);
    if (left) this.#timeline.focusInput(id);
  }

  #show() {
    if (!this.#conversation.loaded) return;
    const messages = this.#conversation.in(this.#place);
    const empty = messages.length === 0;
    byId("welcome").hidden = !empty;
    byId("timeline").hidden = empty;
    if (empty) byId("welcome").replaceChildren(...welcome(this.#place, this.#people.displayName(this.#self)));
    this.#timeline.show(messages);
    this.#markRead(messages);
    showUnread(this.#conversation, this.#self, this.#place, this.#read);
    showWaiting(this.#conversation.waiting().length, this.#people.displayName(this.#self));
  }

  #markRead(messages) {
    const last = messages.at(-1)?.id;
    const key = `${this.#self}/${this.#place}`;
    if (!last || document.hidden || this.#read[key] === last) return;
    this.#read[key] = last;
    remember("read", this.#read);
  }

  #goToWaiting() {
    const [first] = this.#conversation.waiting();
    if (!first) return;
    if (first.place !== this.#place) this.#go(this.#self, first.place);
    this.#timeline.reveal(first.id);
  }

  #askWaiting() {
    clearTimeout(this.#waitingTimer);
    this.#waitingTimer = setTimeout(() => {
      // Only badges beside names hang on it; the next change asks again.
      api.waiting().then(
        (waiting) => this.#people.setWaiting(waiting),
        () => {},
      );
    }, WAITING_PAUSE);
  }

  #speak(locale) {
    if (locale === currentLocale()) return;
    setLocale(locale);
    remember("locale", locale);
    this.#translate();
    this.#people.render();
    this.#clock.show();
    this.#connect();
  }

  #translate() {
    translatePage();
    for (const button of document.querySelectorAll("[data-locale]"))
      button.setAttribute("aria-pressed", String(button.dataset.locale === currentLocale()));
    if (!this.#self) return;
    const displayName = this.#people.displayName(this.#self);
    showPlace(this.#place, displayName);
    showIdentity(this.#people.get(this.#self), displayName);
    this.#composer.placeholder(t("composerHint"), t("composer", { name: displayName }));
  }
}

const isDark = () => document.documentElement.dataset.theme === "dark";

const showTheme = () => byId("theme-toggle").setAttribute("aria-pressed", String(isDark()));

new App().start();
