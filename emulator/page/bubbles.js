/**
 * One message on one phone. `update(view)` brings the node to a new state; what did not change is
 * not touched, and focus stays where it was or, if its button is gone, on the bubble.
 */
import { el, iconButton } from "./dom.js";
import { richText } from "./entities.js";
import { isoOf, nameOf, snippetOf, timeOf } from "./format.js";
import { inlineKeyboard } from "./keyboards.js";
import { media } from "./media.js";
import { serviceText } from "./service.js";

/**
 * A view is `{message, reactions, mine, named, album}`: `named` shows who wrote it, as in groups;
 * `album` is its place in one, see `log.js`.
 */
export function bubble(first, ctx) {
  const make = (view) => {
    const service = serviceText(view.message);
    return service ? serviceNote(view, service) : spokenBubble(view, ctx);
  };
  const { element, update } = whole(first, make);
  return { element, update: (next) => whole(next, update) };
}

/** A test may give people messages that no Telegram would: the phone goes on all the same. */
function whole(view, show) {
  try {
    return show(view);
  } catch {
    const { message_id, date, from, chat } = view.message;
    return show({ ...view, message: { message_id, date, from, chat } });
  }
}

function serviceNote(view, first) {
  const text = el("span", { dir: "auto" }, first);
  const id = view.message.message_id;
  const element = el("article", { class: "service", "data-message": id, tabindex: "-1" }, text);
  const update = (next) => { text.textContent = serviceText(next.message) ?? "Message"; };
  return { element, update };
}

function spokenBubble(first, ctx) {
  const body = el("div", { class: "body" });
  const keyboard = inlineKeyboard(ctx);
  const open = () => ctx.openActions(more, view);
  const more = iconButton("more", "Actions", open, { class: "icon-button more" });
  const element = el("article", {
    class: "bubble", tabindex: "-1", "data-message": first.message.message_id,
  }, body, keyboard.element);
  let view = first;
  const update = (next) => {
    view = next;
    keepingFocus(element, () => {
      element.classList.toggle("mine", next.mine);
      if (next.album) element.dataset.album = next.album;
      else delete element.dataset.album;
      element.setAttribute("aria-label", title(next.message));
      body.replaceChildren(...parts(next, ctx, more));
      keyboard.update(next.message);
    });
  };
  update(first);
  return { element, update };
}

function keepingFocus(element, work) {
  const focused = element.contains(document.activeElement) ? document.activeElement : null;
  work();
  if (!focused || document.activeElement === focused) return;
  (focused.isConnected ? focused : element).focus({ preventScroll: true });
}

const title = (message) => `${nameOf(message.from ?? message.sender_chat)}, ${timeOf(message.date)}`;

function parts({ message, reactions, named }, ctx, more) {
  const text = message.text ?? message.caption;
  const entities = message.entities ?? message.caption_entities;
  const carried = media(message);
  const unknown = text === undefined && !carried ? el("p", { class: "quiet" }, "Message") : null;
  const words = text === undefined ? null
    : el("div", { class: "text", dir: "auto" }, richText(text, entities, ctx));
  const content = message.show_caption_above_media ? [words, carried] : [carried, words];
  return [
    named ? el("div", { class: "sender", dir: "auto" }, nameOf(message.from)) : null,
    forwarded(message), quote(message, ctx), ...content, unknown,
    el("footer", { class: "meta" }, reactionChips(reactions),
      message.edit_date ? el("span", {}, "edited") : null,
      el("time", { datetime: isoOf(message.date) }, timeOf(message.date)), more),
  ].filter(Boolean);
}

function forwarded({ forward_origin: origin }) {
  if (!origin) return null;
  const from = origin.sender_user ?? origin.sender_chat ?? origin.chat;
  const name = origin.sender_user_name ?? nameOf(from);
  return el("div", { class: "quiet", dir: "auto" }, `Forwarded from ${name}`);
}

/** In a topic every message formally answers the topic's first: that is no quote. */
function quote({ reply_to_message: original }, ctx) {
  if (!original || original.forum_topic_created) return null;
  const onclick = () => ctx.reveal(original.message_id);
  return el("button", { type: "button", class: "quote", onclick },
    el("strong", { dir: "auto" }, nameOf(original.from)),
    el("span", { dir: "auto" }, snippetOf(original)));
}

function reactionChips(reactions) {
  if (reactions.length === 0) return null;
  const chips = reactions.map((emoji) => el("span", { class: "reaction" }, emoji));
  return el("span", { class: "reactions", role: "img", "aria-label":
    `Reactions: ${reactions.join(" ")}` }, chips);
}
