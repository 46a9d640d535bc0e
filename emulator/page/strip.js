/** The control strip: that this is an emulator, its clock, its people, the bot's calls. */
import { post } from "./api.js";
import { openForm } from "./dialogs.js";
import { el, field } from "./dom.js";
import { clockOf, localInput } from "./format.js";

const HOUR_S = 3600;
const DAY_S = 24 * HOUR_S;

/** `deeds`: `addPerson`, `addGroup`, `choosePhones`, `toggleCalls`. */
export function controlStrip(element, deeds) {
  const time = el("time", { class: "clock-time" });
  const problem = el("p", { class: "strip-problem", role: "alert" });
  const calls = button("Calls", deeds.toggleCalls);
  calls.setAttribute("aria-expanded", "false");
  calls.setAttribute("aria-controls", "calls");
  let ahead = 0;

  const now = () => Date.now() + ahead;
  const tick = () => {
    const text = clockOf(now());
    if (time.textContent !== text) time.textContent = text;
  };
  const setClock = (iso) => { ahead = Date.parse(iso) - Date.now(); tick(); };
  const move = async (body) => setClock((await post("clock", body)).now);
  const tell = (text) => { problem.textContent = text; };
  const advance = (seconds) => () => {
    move({ advance_s: seconds }).then(() => tell(""), (error) => tell(error.message));
  };
  const controls = el("div", { class: "controls", id: "controls" },
    group("Clock", time, button("+1 hour", advance(HOUR_S)), button("+1 day", advance(DAY_S)),
      button("To a date…", () => askDate(now(), move))),
    group("People", button("Add a person", deeds.addPerson), button("Add a group", deeds.addGroup),
      button("Phones…", deeds.choosePhones)),
    calls);
  const toggle = button("Controls", () => {
    const open = element.classList.toggle("open");
    toggle.setAttribute("aria-expanded", String(open));
  });
  toggle.className = "strip-toggle";
  toggle.setAttribute("aria-expanded", "false");
  toggle.setAttribute("aria-controls", "controls");
  element.append(
    el("div", { class: "brand" }, el("strong", {}, "Telegram emulator"),
      el("span", {}, "This is not Telegram: nobody outside receives these messages.")),
    toggle, controls, problem);
  setInterval(tick, 1000);

  return {
    setClock,
    setLost(lost) {
      tell(lost ? "The emulator does not answer. Waiting for it…" : "");
    },
    setCalls(open) { calls.setAttribute("aria-expanded", String(open)); },
  };
}

function button(label, onclick) {
  return el("button", { type: "button", onclick }, label);
}

function group(label, ...children) {
  return el("div", { class: "group", role: "group", "aria-label": label }, children);
}

function askDate(now, move) {
  const value = localInput(now);
  const input = el("input", { type: "datetime-local", required: true, min: value, value });
  openForm("Move the clock", [field("New date and time", input),
    el("p", { class: "quiet" }, "The clock only goes forward, and then runs on.")],
  "Move the clock", () => move({ to: new Date(input.value).toISOString() }));
}
