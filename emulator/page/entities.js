/**
 * A text with Bot API entities as nodes. Offsets are UTF-16 units, as JavaScript's own indices.
 * Entities nest; one that crosses the end of the one around it is cut there.
 */
import { el } from "./dom.js";
import { follow, ofTelegram, parsed } from "./links.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code",
};

// A block ends its line by itself: the line feed after it would show as an empty line.
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);

/** The inner nodes of a text, ready to be appended. */
export function richText(text, entities, ctx) {
  const sorted = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return nodes(text, sorted, 0, text.length, ctx);
}

function nodes(text, entities, start, end, ctx) {
  const out = [];
  let at = start;
  let rest = entities;
  while (rest.length > 0) {
    const [entity, ...others] = rest;
    const from = Math.max(entity.offset, at);
    const to = Math.min(entity.offset + entity.length, end);
    const inside = others.filter((other) => other.offset < to);
    rest = others.slice(inside.length);
    if (to <= from) continue;
    if (from > at) out.push(text.slice(at, from));
    out.push(element(entity, text.slice(from, to), nodes(text, inside, from, to, ctx), ctx));
    at = BLOCKS.has(entity.type) && text[to] === "\n" ? to + 1 : to;
  }
  if (at < end) out.push(text.slice(at, end));
  return out;
}

function element(entity, raw, children, ctx) {
  const make = MAKERS[entity.type];
  if (make) return make(entity, raw, children, ctx);
  return el(TAGS[entity.type] ?? "span", {}, children);
}

const MAKERS = {
  pre: (entity, raw, children) => el("pre", {}, el("code", {}, children)),
  blockquote: (entity, raw, children) => el("blockquote", { dir: "auto" }, children),
  expandable_blockquote: (entity, raw, children) => expandable(children),
  spoiler: (entity, raw, children) => spoiler(children),
  text_link: (entity, raw, children, ctx) => link(entity.url, children, ctx),
  url: (entity, raw, children, ctx) => link(raw, children, ctx),
  email: (entity, raw, children, ctx) => link(`mailto:${raw}`, children, ctx),
  phone_number: (entity, raw, children, ctx) => link(`tel:${raw}`, children, ctx),
  bot_command: (entity, raw, children, ctx) =>
    el("button", { type: "button", class: "text-button", onclick: () => ctx.say({ text: raw }) },
      children),
};

/** A link within Telegram is a button: no key and no mouse button can take it outside. */
function link(target, children, ctx) {
  const url = parsed(target);
  if (!url) return el("span", {}, children);
  const title = url.href;
  if (!ofTelegram(url)) {
    const rel = "noopener noreferrer";
    return el("a", { href: url.href, target: "_blank", rel, title }, children);
  }
  const onclick = () => follow(ctx, target);
  return el("button", { type: "button", role: "link", class: "text-button", title, onclick },
    children);
}

function spoiler(children) {
  const hidden = el("span", { class: "spoiler-text", "aria-hidden": "true" }, children);
  const button = el("button", {
    type: "button", class: "spoiler", "aria-label": "Hidden text: show", onclick: () => {
      const shown = el("span", { tabindex: "-1" }, [...hidden.childNodes]);
      button.replaceWith(shown);
      shown.focus();
    },
  }, hidden);
  return button;
}

function expandable(children) {
  const quote = el("blockquote", { dir: "auto", class: "folded" }, children);
  const button = el("button", {
    type: "button", class: "text-button", "aria-expanded": "false", onclick: () => {
      const folded = quote.classList.toggle("folded");
      button.setAttribute("aria-expanded", String(!folded));
      button.textContent = folded ? "Show all" : "Show less";
    },
  }, "Show all");
  return el("div", {}, quote, button);
}
