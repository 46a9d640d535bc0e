/**
 * Starts the page and hands each event of the emulator to the part that it concerns. After every
 * (re)connection all is read anew, since events may have been missed.
 */
import { coalesced, get, listen } from "./api.js";
import { callsDrawer } from "./calls.js";
import { addGroup, addPerson, choosePhones } from "./people.js";
import { phoneRow } from "./phones.js";
import { controlStrip } from "./strip.js";

const part = (id) => document.getElementById(id);
let known = { people: [], groups: [], bot: { username: "", first_name: "" } };
const world = () => known;

const phones = phoneRow(part("phones"), part("phone-tabs"), world);
const calls = callsDrawer(part("calls"), (open) => strip.setCalls(open));
const strip = controlStrip(part("strip"), {
  addPerson: () => addPerson(world, showNew),
  addGroup: () => addGroup(world, showNew),
  choosePhones: () => choosePhones(phones),
  toggleCalls: calls.toggle,
});

const readPeople = coalesced(async () => {
  known = await get("people");
  phones.update();
});

async function showNew(id) {
  known = await get("people");
  phones.choose(id, true);
}

async function readAll() {
  strip.setLost(false);
  try {
    await readPeople();
    strip.setClock((await get("clock")).now);
  } catch {
    strip.setLost(true);
  }
  phones.reload();
  calls.restart();
}

const ON = {
  chat: (id) => phones.changed(id),
  people: () => readPeople(),
  clock: (iso) => strip.setClock(iso),
  calls: (n) => calls.counted(n),
  typing: (chat) => phones.typing(chat),
  toast: (toast) => phones.answered(toast),
  asked: ({ chat, message }) => phones.asked(chat, message),
};

listen({
  onOpen: readAll,
  onLost: () => strip.setLost(true),
  onEvent: (event) => {
    for (const [kind, value] of Object.entries(event)) ON[kind]?.(value);
  },
});
