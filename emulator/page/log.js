/**
 * The messages of a phone, oldest first. Nodes are keyed by message_id and touched only when
 * their JSON changes. The log stays at its end if it was there, and never moves a reader.
 */
import { bubble } from "./bubbles.js";
import { el, icon } from "./dom.js";
import { dayOf } from "./format.js";

const NEAR_END_PX = 48;

export function messageLog(ctx, label) {
  const inner = el("div", { class: "messages" });
  const element = el("div", {
    class: "log", role: "log", tabindex: "0", "aria-label": label, "aria-live": "polite",
  }, inner);
  const toEnd = () => { element.scrollTop = element.scrollHeight; };
  const newer = el("button", { type: "button", class: "newer", hidden: true, onclick: toEnd },
    icon("down"), "New messages");
  const wrapper = el("div", { class: "log-frame" }, element, newer);
  const known = new Map();
  let atEnd = true;
  let top = 0;

  element.addEventListener("scroll", () => {
    if (element.clientHeight === 0) return; // a phone behind another tab
    const near = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX;
    // Only a reader goes up; a log that became lower or longer is still read at its end.
    atEnd = near || (atEnd && element.scrollTop >= top);
    top = element.scrollTop;
    if (atEnd) newer.hidden = true;
  }, { passive: true });
  // Pictures that load and keyboards that open change heights after the messages are shown.
  const observer = new ResizeObserver(() => { if (atEnd) toEnd(); });
  observer.observe(inner);
  observer.observe(element);

  /** Shows these views; says whether there are messages that were not there before. */
  const show = (views) => {
    const before = known.size;
    const fresh = reconcile(inner, known, items(views), ctx);
    if (fresh && !atEnd && before > 0) newer.hidden = false;
    if (atEnd) toEnd();
    return fresh;
  };
  const stick = () => { atEnd = true; toEnd(); };
  const reveal = (id) => {
    const target = known.get(`m${id}`)?.element;
    if (!target) return false;
    target.scrollIntoView({ block: "center" });
    target.focus({ preventScroll: true });
    return true;
  };
  const focus = () => element.focus({ preventScroll: true });
  return { element: wrapper, show, stick, reveal, focus };
}

/** Pictures of one album stand in pairs, an odd last one alone; its files close together. */
function inAlbums(views) {
  return views.map((view, index) => {
    const album = view.message.media_group_id;
    const same = (other) => other !== undefined && other.message.media_group_id === album;
    if (!album) return view;
    let first = index;
    while (same(views[first - 1])) first -= 1;
    const even = (index - first) % 2 === 0;
    if (!("photo" in view.message || "video" in view.message)) {
      return { ...view, album: index > first ? "more" : null };
    }
    if (first === index && !same(views[index + 1])) return view;
    return { ...view, album: !even ? "end" : same(views[index + 1]) ? "start" : "wide" };
  });
}

function items(all) {
  const out = [];
  let day = null;
  for (const view of inAlbums(all)) {
    const today = dayOf(view.message.date);
    if (today !== day) out.push({ key: `d${today}`, json: today, day: today });
    day = today;
    out.push({ key: `m${view.message.message_id}`, json: JSON.stringify(view), view });
  }
  return out;
}

function reconcile(parent, known, wanted, ctx) {
  const keys = new Set(wanted.map((item) => item.key));
  const gone = [...known.keys()].filter((key) => !keys.has(key));
  const lostFocus = gone.some((key) => known.get(key).element.contains(document.activeElement));
  gone.forEach((key) => { known.get(key).element.remove(); known.delete(key); });
  let fresh = false;
  wanted.forEach((item, index) => {
    const node = known.get(item.key);
    if (node) return refreshed(node, item);
    const made = item.view ? bubble(item.view, ctx) : dayNote(item.day);
    known.set(item.key, { ...made, json: item.json });
    parent.insertBefore(made.element, parent.children[index] ?? null);
    fresh ||= Boolean(item.view);
  });
  if (lostFocus) parent.lastElementChild?.focus({ preventScroll: true });
  return fresh;
}

function refreshed(node, item) {
  if (node.json === item.json) return;
  node.json = item.json;
  node.update(item.view);
}

function dayNote(text) {
  return { element: el("p", { class: "day", tabindex: "-1" }, el("span", {}, text)) };
}
