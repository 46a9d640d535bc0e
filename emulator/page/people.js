/** Dialogs of the strip: add a person, add a group, choose which phones are shown. */
import { post } from "./api.js";
import { openForm } from "./dialogs.js";
import { el, field, option } from "./dom.js";
import { LANGUAGES, nameOf } from "./format.js";
import { titleOf } from "./phones.js";

const FIRST_PERSON = 1001;
const FIRST_GROUP = -1001000000001;

/** `world()` as it is now; `show(id)` puts the new phone on the page after the emulator knows it. */
export function addPerson(world, show) {
  const first = el("input", { name: "first_name", required: true, autocomplete: "off" });
  const last = el("input", { name: "last_name", autocomplete: "off" });
  const language = el("select", { name: "language_code" },
    Object.entries(LANGUAGES).map(([code, name]) => option(code, name)));
  const content = [field("First name", first), field("Last name (optional)", last),
    field("Language of the phone", language)];
  openForm("Add a person", content, "Add the person", async () => {
    const id = Math.max(FIRST_PERSON - 1, ...world().people.map((person) => person.id)) + 1;
    const name = { first_name: first.value, ...(last.value && { last_name: last.value }) };
    await post("users", { id, ...name, language_code: language.value });
    await show(id);
  });
}

const ROLES = [["", "not in it"], ["member", "member"], ["admin", "administrator"]];

export function addGroup(world, show) {
  const title = el("input", { name: "title", required: true, autocomplete: "off" });
  const forum = el("input", { name: "forum", type: "checkbox", checked: true });
  const roles = world().people.map((person) => [person.id, el("select", {},
    ROLES.map(([value, label]) => option(value, label, value === "member")))]);
  const content = [
    field("Name of the group", title),
    el("label", { class: "check" }, forum, "with topics"),
    el("fieldset", {}, el("legend", {}, "People in it (the bot is an administrator)"),
      world().people.map((person, index) => field(nameOf(person), roles[index][1]))),
  ];
  openForm("Add a group", content, "Add the group", async () => {
    const id = Math.min(FIRST_GROUP + 1, ...world().groups.map((group) => group.id)) - 1;
    const members = roles.filter(([, select]) => select.value).map(([person]) => person);
    const admins = roles.filter(([, select]) => select.value === "admin").map(([person]) => person);
    await post("groups", { id, title: title.value, forum: forum.checked, members, admins });
    await show(id);
  });
}

/** `phones` is the row: `all()` and `choose(id, shown)`. */
export function choosePhones(phones) {
  const boxes = phones.all().map(({ chat, shown }) => {
    const onchange = (event) => phones.choose(chat.id, event.currentTarget.checked);
    return el("label", { class: "check" },
      el("input", { type: "checkbox", checked: shown, onchange }), titleOf(chat));
  });
  openForm("Phones on this page", boxes, "Done");
}
