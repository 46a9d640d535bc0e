/**
 * The row of phones, side by side or, where the screen is narrow, one at a time behind tabs. Which
 * ones are shown is remembered in this browser; `?phones=1001,1002` in the address goes first.
 */
import { nameOf } from "./format.js";
import { createPhone } from "./phone.js";
import { tabRow } from "./tabs.js";

const KEY = "emulator.phones";
const AT_FIRST = 6;

export function phoneRow(row, tabs, world) {
  const phones = new Map();
  const unread = new Set();
  const pressedOn = new Map();
  const unasked = new Map();
  const tabBar = tabRow(tabs, select);
  const asked = new URLSearchParams(location.search).get("phones")?.split(",");
  let current = null;

  const page = {
    world, hide: (id) => choose(id, false),
    pressed: (user, id) => pressedOn.set(user, id),
    unread: (id) => { if (id !== current) { unread.add(id); showTabs(); } },
  };

  /** Every person and group, with whether its phone is shown. */
  function all() {
    const { people, groups } = world();
    const chats = [...people, ...groups];
    const labelled = chats.filter((chat) => chat.label);
    const others = chats.filter((chat) => !chat.label);
    const chosen = remembered();
    return [...labelled, ...others].map((chat, index) => ({
      chat, shown: asked?.includes(String(chat.id)) ?? chosen[chat.id] ?? index < AT_FIRST,
    }));
  }

  /** Makes, removes and updates phones after people or groups changed; new ones are loaded. */
  function update() {
    const wanted = all().filter((entry) => entry.shown).map((entry) => entry.chat);
    const ids = new Set(wanted.map((chat) => chat.id));
    for (const [id, phone] of phones) if (!ids.has(id)) drop(id, phone);
    wanted.forEach((chat, index) => {
      if (!phones.has(chat.id)) add(chat, index);
      phones.get(chat.id).update();
    });
    if (!phones.has(current)) current = wanted[0]?.id ?? null;
    showTabs();
  }

  function add(chat, index) {
    const phone = createPhone(chat, page);
    phones.set(chat.id, phone);
    row.insertBefore(phone.element, row.children[index] ?? null);
    phone.refresh();
    if (unasked.has(chat.id)) ask(chat.id, unasked.get(chat.id));
  }

  /** The bot wants an answer, perhaps on a phone that is not there yet. */
  function ask(id, message) {
    unasked.delete(id);
    if (phones.has(id)) phones.get(id).asked(message);
    else unasked.set(id, message);
  }

  function drop(id, phone) {
    phone.element.remove();
    phones.delete(id);
    unread.delete(id);
  }

  function select(id) {
    current = id;
    unread.delete(id);
    showTabs();
  }

  function showTabs() {
    const ordered = [...row.children].map((node) => phones.get(Number(node.dataset.phone)));
    tabBar.update(ordered.map(({ id, name }) => ({
      key: id, label: name, panel: `phone${id}`, badge: unread.has(id) ? "new messages" : "",
    })), current);
    for (const [id, { element }] of phones) element.classList.toggle("current", id === current);
  }

  function choose(id, shown) {
    localStorage.setItem(KEY, JSON.stringify({ ...remembered(), [id]: shown }));
    update();
    if (shown) select(id);
    if (shown) phones.get(id)?.element.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  return {
    all, update, choose,
    changed: (chat) => phones.get(chat)?.refresh(),
    typing: (chat) => phones.get(chat)?.typing(),
    answered: (toast) => (phones.get(pressedOn.get(toast.user)) ?? phones.get(toast.user))
      ?.answered(toast),
    asked: ask,
    reload: () => phones.forEach((phone) => phone.refresh()),
  };
}

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

export const titleOf = (chat) => chat.title ?? [nameOf(chat), chat.label].filter(Boolean).join(", ");
