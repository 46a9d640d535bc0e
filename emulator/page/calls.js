/**
 * What the bot asked of the Bot API, newest first. Only new calls are fetched, and only while the
 * drawer is open; refused ones and those with unknown or missing parameters stand out in words.
 */
import { coalesced, get } from "./api.js";
import { el, iconButton } from "./dom.js";
import { preciseTimeOf } from "./format.js";

const KEPT = 200;
// Of a long log only the end is fetched; polling, which is not shown, takes numbers too.
const READ_BACK = 5000;

/** `onToggle(open)` tells the strip. */
export function callsDrawer(element, onToggle) {
  const list = el("ol", { class: "call-list", reversed: true });
  const only = el("input", { type: "checkbox", onchange: () => {
    list.classList.toggle("only-problems", only.checked);
  } });
  const empty = el("p", { class: "quiet" }, "No calls yet.");
  const title = el("h2", { tabindex: "-1" }, "Calls of the bot");
  element.append(
    el("header", {}, title, iconButton("close", "Close the calls", () => toggle(false))),
    el("label", { class: "check" }, only, "Only problems"), empty, list);
  element.addEventListener("keydown", (event) => { if (event.key === "Escape") toggle(false); });
  let newest = 0;
  let latest = 0;
  let opener = null;

  const refresh = coalesced(async () => {
    if (element.hidden) return;
    const after = Math.max(newest, latest - READ_BACK);
    const { calls } = await get(`calls?after=${after}`).catch(() => ({ calls: [] }));
    const shown = calls.slice(-KEPT);
    list.prepend(...shown.map(entry).reverse());
    while (list.children.length > KEPT) list.lastElementChild.remove();
    newest = calls.at(-1)?.n ?? newest;
    empty.hidden = list.children.length > 0;
  });

  function toggle(open = element.hidden) {
    if (open) opener = document.activeElement;
    element.hidden = !open;
    onToggle(open);
    if (open) { title.focus(); refresh(); } else opener?.focus();
  }

  /** After a restart the calls are numbered anew. */
  function restart() {
    newest = 0;
    list.replaceChildren();
    refresh();
  }

  const counted = (n) => { latest = n; refresh(); };
  return { toggle: () => toggle(), counted, restart };
}

function entry(call) {
  const faults = faultsOf(call);
  const answer = call.result === undefined ? call.description : call.result;
  return el("li", { class: faults.length > 0 ? "call bad" : "call", value: call.n },
    el("details", {},
      el("summary", {}, el("time", {}, preciseTimeOf(call.at)), el("code", {}, call.method),
        el("span", { class: "status" }, call.status === null ? "cut" : String(call.status)),
        faults.map((fault) => el("span", { class: "fault", dir: "auto" }, fault))),
      block("Parameters", call.params), block("Answer", answer)));
}

function faultsOf(call) {
  return [
    ...(call.unknown ? ["the emulator lacks this method"] : []),
    ...(call.problems ?? []),
    ...(call.status !== null && call.status >= 400 ? [call.description] : []),
  ].filter(Boolean);
}

function block(title, value) {
  if (value === undefined || value === null) return null;
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return [el("p", { class: "quiet" }, title), el("pre", { tabindex: "0", dir: "auto" }, text)];
}
