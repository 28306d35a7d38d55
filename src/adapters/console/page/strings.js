// The page's own words, in both languages. What the bot says comes from the server in the viewer's language.

const en = {
  skip: "Skip to the message field",
  demo: "Demo",
  sidebar: "Places and people",
  openMenu: "People and clock",
  closeMenu: "Close the menu",
  places: "Choose where to write",
  people: "Choose who you are",
  searchPeople: "Find a person",
  nobodyFound: "Nobody by that name.",
  story: "The story’s people",
  everyone: "Everyone else",
  you: "you",
  unread: "{count} unread",
  waits: "Waits for you: {count}",
  waitsFor: "Waits for {name}: {count}",
  language: "Language",
  theme: "Dark theme",
  clock: "Demo clock",
  advance: "Move the clock forward",
  plus20m: "+20 min",
  plus1d: "+1 day",
  plus3d: "+3 days",
  clockMoved: "The clock now says {time}.",
  offline: "Connection lost. Trying again…",
  messages: "Messages",
  newMessages: "New messages",
  channel: "licenses",
  channelWho: "everyone reads it",
  channelAbout: "Everyone in the company reads this channel",
  direct: "licensebot",
  directWho: "only you and the bot",
  directTitle: "Direct messages",
  directAbout: "Only {name} and licensebot read them",
  private: "Only visible to you",
  app: "APP",
  composer: "Message as {name}",
  composerHint: "Try /license assign me E5",
  startCommand: "Start a command",
  send: "Send",
  iam: "You are {name}",
  suggestions: "Suggestions",
  suggestionCount: "{count} suggestions",
  keysChoose: "choose",
  keysAccept: "take",
  keysClose: "close",
  welcomeChannel: "Ask for a license right here",
  welcomeChannelText:
    "licensebot shows what would change, asks whoever must approve, and carries it out. Try the whole story:",
  step1: "As Ana, ask for a license.",
  step2: "Read the card and confirm it.",
  step3: "Become Megan, her manager, and approve in the direct message.",
  welcomeDirect: "Between {name} and licensebot",
  welcomeDirectText: "Approvals and outcomes arrive here. You can also ask without the channel listening:",
  tryIt: "Put into the message field",
  showRequest: "Ask about {request}",
  back: "Back",
  choose: "Choose…",
  "needed.usage_location": "Choose a country first.",
  "needed.reason": "Write a reason first.",
  "needed.choice": "Choose one first.",
  showAll: "Show all",
  showLess: "Show less",
  dismiss: "Dismiss",
  unreachable: "The demo does not answer. Check that it still runs, then try again.",
  broken: "The demo could not do this. Try again; if it stays, look at what it printed in its terminal.",
  "state.draft": "Draft",
  "state.awaiting_approval": "Waits for approval",
  "state.approved": "Approved",
  "state.executing": "Under way",
  "state.verifying": "Being checked",
  "state.applied": "Done",
  "state.failed": "Failed",
  "state.denied": "Denied",
  "state.cancelled": "Cancelled",
  "state.expired": "Expired",
  "state.needs_human": "Needs an operator",
  "part.manager": "manager",
  "part.operator": "operator",
  "part.auditor": "auditor",
  "part.blocked": "blocked",
  "part.guest": "guest",
  "part.noManager": "no manager",
  "part.noLocation": "no location at first",
};

const sv = {
  skip: "Hoppa till meddelandefältet",
  demo: "Demo",
  sidebar: "Platser och personer",
  openMenu: "Personer och klocka",
  closeMenu: "Stäng menyn",
  places: "Välj var du skriver",
  people: "Välj vem du är",
  searchPeople: "Hitta en person",
  nobodyFound: "Ingen heter så.",
  story: "Personerna i berättelsen",
  everyone: "Alla andra",
  you: "du",
  unread: "{count} olästa",
  waits: "Väntar på dig: {count}",
  waitsFor: "Väntar på {name}: {count}",
  language: "Språk",
  theme: "Mörkt tema",
  clock: "Demoklocka",
  advance: "Ställ fram klockan",
  plus20m: "+20 min",
  plus1d: "+1 dag",
  plus3d: "+3 dagar",
  clockMoved: "Klockan är nu {time}.",
  offline: "Anslutningen bröts. Försöker igen…",
  messages: "Meddelanden",
  newMessages: "Nya meddelanden",
  channel: "licenses",
  channelWho: "alla läser den",
  channelAbout: "Alla på företaget läser den här kanalen",
  direct: "licensebot",
  directWho: "bara du och boten",
  directTitle: "Direktsamtal",
  directAbout: "Bara {name} och licensebot läser det",
  private: "Bara du ser det här",
  app: "APP",
  composer: "Skriv som {name}",
  composerHint: "Prova /license assign me E5",
  startCommand: "Börja ett kommando",
  send: "Skicka",
  iam: "Du är {name}",
  suggestions: "Förslag",
  suggestionCount: "{count} förslag",
  keysChoose: "välj",
  keysAccept: "ta",
  keysClose: "stäng",
  welcomeChannel: "Be om en licens här",
  welcomeChannelText:
    "licensebot visar vad som skulle ändras, frågar den som måste godkänna och utför det. Prova hela berättelsen:",
  step1: "Be om en licens som Ana.",
  step2: "Läs kortet och bekräfta det.",
  step3: "Bli Megan, hennes chef, och godkänn i direktsamtalet.",
  welcomeDirect: "Mellan {name} och licensebot",
  welcomeDirectText: "Hit kommer det du ska godkänna och hur det gick. Du kan också fråga utan att kanalen lyssnar:",
  tryIt: "Lägg i meddelandefältet",
  showRequest: "Fråga om {request}",
  back: "Tillbaka",
  choose: "Välj…",
  "needed.usage_location": "Välj ett land först.",
  "needed.reason": "Skriv ett skäl först.",
  "needed.choice": "Välj en först.",
  showAll: "Visa allt",
  showLess: "Visa mindre",
  dismiss: "Stäng",
  unreachable: "Demon svarar inte. Se efter att den fortfarande kör och försök igen.",
  broken: "Demon kunde inte göra det här. Försök igen; går det ändå inte, se vad den skrev i sin terminal.",
  "state.draft": "Utkast",
  "state.awaiting_approval": "Väntar på godkännande",
  "state.approved": "Godkänd",
  "state.executing": "Utförs",
  "state.verifying": "Kontrolleras",
  "state.applied": "Klar",
  "state.failed": "Misslyckades",
  "state.denied": "Avslagen",
  "state.cancelled": "Avbruten",
  "state.expired": "Gick ut",
  "state.needs_human": "Behöver en licensansvarig",
  "part.manager": "chef",
  "part.operator": "licensansvarig",
  "part.auditor": "revisor",
  "part.blocked": "spärrad",
  "part.guest": "gäst",
  "part.noManager": "utan chef",
  "part.noLocation": "först utan användningsplats",
};

export const LOCALES = { en, sv };

let locale = "en";

export const currentLocale = () => locale;

/** The language and region for dates: day before month and a 24-hour clock in both. */
export const dateLocale = () => (locale === "sv" ? "sv-SE" : "en-GB");

export function setLocale(next) {
  locale = Object.hasOwn(LOCALES, next) ? next : "en";
  document.documentElement.lang = locale;
}

// Isolates end what a name written from right to left would do to the sentence around it.
const isolated = (text) => `\u2068${text}\u2069`;

/** The sentence for `key`; a key that no language has shows itself. */
export function t(key, values = {}) {
  const sentence = LOCALES[locale][key] ?? key;
  return sentence.replace(/\{(\w+)\}/g, (hole, key) =>
    key === "name" ? isolated(values.name) : (values[key] ?? hole),
  );
}

/** Puts the words of the current language into everything marked in `index.html`. */
export function translatePage() {
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of document.querySelectorAll("[data-t-label]"))
    node.setAttribute("aria-label", t(node.dataset.tLabel));
  for (const node of document.querySelectorAll("[data-t-placeholder]")) node.placeholder = t(node.dataset.tPlaceholder);
}
