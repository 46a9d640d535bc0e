/** What a message carries beside its text: one maker per kind of Bot API content. */
import { el, icon } from "./dom.js";
import { kindOf, nameOf, sizeOf } from "./format.js";

const INLINE = /\.(pdf|png|jpe?g|gif|webp)$/iu;

const MAKERS = {
  photo: (sizes) => photo(sizes.at(-1)),
  document: (file) => documentLink(file),
  animation: (file) => documentLink(file),
  voice: (file) => player("audio", file, "Voice message"),
  audio: (file) => player("audio", file, file.title ?? file.file_name ?? "Audio"),
  video: (file) => player("video", file, "Video"),
  video_note: (file) => player("video", file, "Video"),
  sticker: (sticker) => el("p", { class: "sticker" }, sticker.emoji ?? "Sticker"),
  venue: (venue) => place(venue.location, venue.title, venue.address),
  location: (location) => place(location, "Position", null),
  contact: (contact) => card("person", nameOf(contact), contact.phone_number),
  poll: (poll) => el("div", { class: "poll" }, el("strong", { dir: "auto" }, poll.question),
    el("ul", {}, poll.options.map((choice) => el("li", { dir: "auto" }, choice.text)))),
  dice: (dice) => el("p", { class: "sticker" }, `${dice.emoji} ${dice.value}`),
};

/** The node for a message's media, or null if it is only text. */
export function media(message) {
  const kind = kindOf(message);
  return kind ? MAKERS[kind](message[kind]) : null;
}

function photo(size) {
  const { url, width, height } = size;
  const image = el("img", { src: url, alt: "Photo", width, height, class: "photo" });
  return el("a", { href: url, target: "_blank", rel: "noopener" }, image);
}

function card(drawing, title, detail) {
  return el("span", { class: "card" }, el("span", { class: "card-icon" }, icon(drawing)),
    el("span", { class: "card-text" }, el("strong", { dir: "auto" }, title),
      detail ? el("span", { class: "quiet" }, detail) : null));
}

/** A browser shows a PDF or a picture by itself; anything else is saved, never run. */
function documentLink(file) {
  const name = file.file_name ?? "Document";
  const download = INLINE.test(name) ? null : name;
  return el("a", { href: file.url, target: "_blank", rel: "noopener", download, class: "media" },
    card("file", name, sizeOf(file.file_size)));
}

function player(tag, file, label) {
  return el(tag, { src: file.url, controls: true, preload: "metadata", "aria-label": label });
}

function place({ latitude, longitude }, title, address) {
  const map = new URL("https://www.openstreetmap.org/");
  map.searchParams.set("mlat", latitude);
  map.searchParams.set("mlon", longitude);
  map.hash = `map=16/${latitude}/${longitude}`;
  const position = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  return el("a", { href: map.href, target: "_blank", rel: "noopener noreferrer", class: "media" },
    card("place", title, address ?? position));
}
