/** The strip above a phone: whose it is, in which language, and what can happen to it. */
import { post } from "./api.js";
import { el, iconButton, option } from "./dom.js";
import { initialsOf, LANGUAGES, nameOf } from "./format.js";
import { openMenu } from "./menu.js";

const HUES = 360;

export function avatar(name, id) {
  const face = el("span", { class: "avatar", "aria-hidden": "true" }, initialsOf(name));
  face.style.setProperty("--hue", String((Math.abs(id) * 47) % HUES));
  return face;
}

/** For a person: `update(person)`. `attempt` tells failures on the phone. */
export function personBar(person, attempt, hide) {
  let now = person;
  const change = (path, fields = {}) => attempt(() => post(path, { user: now.id, ...fields }));
  const items = () => [
    now.blocked ? { label: "Unblock the bot", action: () => change("unblock") }
      : { label: "Block the bot", danger: true, action: () => change("block") },
    { label: "Hide this phone", action: hide },
  ];
  const face = el("span", {});
  const name = el("h2", { dir: "auto" });
  const label = el("span", { class: "label" });
  const language = el("select", {
    "aria-label": "Language of this phone", class: "language",
    onchange: () => attempt(() => post("users", { id: now.id, language_code: language.value })),
  });
  const menu = iconButton("more", "Phone menu", () => openMenu(menu, "Phone menu", items()));
  const update = (next) => {
    now = next;
    face.replaceChildren(avatar(nameOf(next), next.id));
    name.textContent = nameOf(next);
    label.textContent = next.label ?? "";
    label.hidden = !next.label;
    fillLanguages(language, next.language_code ?? "");
  };
  update(person);
  const element = el("div", { class: "owner" }, face,
    el("div", { class: "who" }, name, label), language, menu);
  return { element, update };
}

function fillLanguages(select, code) {
  const codes = new Set(Object.keys(LANGUAGES)).add(code);
  const options = [...codes].map((key) => option(key, LANGUAGES[key] ?? (key || "No language")));
  if (select.options.length !== options.length) select.replaceChildren(...options);
  select.value = code;
}

const TOPIC_DEEDS = [["close", "Close this topic"], ["reopen", "Reopen this topic"],
  ["delete", "Delete this topic"]];

/** For a group: `update(group, people)`; `choose(id)` says who of its members writes here. */
export function groupBar(group, { choose, hide, topic, attempt }) {
  const name = el("h2", { dir: "auto" });
  const writer = el("select", {
    "aria-label": "Write as", class: "language", onchange: () => choose(Number(writer.value)),
  });
  const deed = ([verb, label]) => ({
    label,
    action: () => attempt(() => post("topics", { chat: group.id, thread: topic(), do: verb })),
  });
  const items = () => [...(topic() ? TOPIC_DEEDS.map(deed) : []),
    { label: "Hide this group", action: hide }];
  const menu = iconButton("more", "Group menu", () => openMenu(menu, "Group menu", items()));
  const update = (next, members, chosen) => {
    name.textContent = next.title;
    writer.replaceChildren(...members.map((person) => option(person.id, nameOf(person))));
    writer.value = String(chosen);
  };
  const element = el("div", { class: "owner" }, avatar(group.title, group.id),
    el("div", { class: "who" }, name, el("span", { class: "label" }, "group, you write as")),
    writer, menu);
  return { element, update };
}
