/** How names, times and messages are put into few words. Times are those of this computer's zone. */

const LOCALE = "en-GB";
const TIME = new Intl.DateTimeFormat(LOCALE, { hour: "2-digit", minute: "2-digit" });
const SECONDS = new Intl.DateTimeFormat(LOCALE, { timeStyle: "medium" });
const DAY = new Intl.DateTimeFormat(LOCALE, {
  weekday: "long", day: "numeric", month: "long", year: "numeric",
});
const CLOCK = new Intl.DateTimeFormat(LOCALE, {
  weekday: "short", day: "numeric", month: "short", year: "numeric",
  hour: "2-digit", minute: "2-digit",
});

export const LANGUAGES = {
  it: "Italiano", en: "English", ar: "العربية", bn: "বাংলা", zh: "中文", es: "Español",
  fr: "Français", ro: "Română", ru: "Русский", si: "සිංහල", sq: "Shqip", tl: "Filipino",
  uk: "Українська",
};

const KINDS = {
  photo: "Photo", document: "Document", voice: "Voice message", audio: "Audio", video: "Video",
  video_note: "Video", animation: "Animation", sticker: "Sticker", venue: "Place",
  location: "Position", contact: "Contact", poll: "Poll", dice: "Dice",
};

export const timeOf = (seconds) => TIME.format(seconds * 1000);
export const preciseTimeOf = (seconds) => SECONDS.format(seconds * 1000);
export const dayOf = (seconds) => DAY.format(seconds * 1000);
export const clockOf = (milliseconds) => CLOCK.format(milliseconds);
export const isoOf = (seconds) => new Date(seconds * 1000).toISOString();

/** The value of a `datetime-local` control for an instant, in this computer's zone. */
export function localInput(milliseconds) {
  const shifted = milliseconds - new Date(milliseconds).getTimezoneOffset() * 60_000;
  return new Date(shifted).toISOString().slice(0, 16);
}

export function nameOf(user) {
  if (!user) return "";
  return [user.first_name, user.last_name].filter(Boolean).join(" ") || user.title || "";
}

export function initialsOf(name) {
  const words = name.split(/\s+/u).filter(Boolean).slice(0, 2);
  return words.map((word) => [...word][0].toUpperCase()).join("");
}

/** The key among Telegram's kinds of content that a message has, if any. */
export const kindOf = (message) => Object.keys(KINDS).find((kind) => kind in message);

/** One line that recalls a message, for quotes and the pinned bar. */
export function snippetOf(message) {
  const text = message.text ?? message.caption ?? "";
  const kind = KINDS[kindOf(message)];
  const parts = [kind, text.replaceAll(/\s+/gu, " ").trim()];
  return [...parts.filter(Boolean).join(": ")].slice(0, 120).join("") || "Message";
}

export function sizeOf(bytes) {
  if (!bytes) return "";
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 ** 2) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}
