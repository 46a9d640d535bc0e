/** The head of a chat: the bot's or group's name, "typing", and the pinned message. */
import { el, icon } from "./dom.js";
import { snippetOf } from "./format.js";
import { avatar } from "./owner.js";

// Gives the bot the colour of the page.
const BOT_HUE_ID = 11;
// Telegram shows an action for five seconds unless it is repeated.
const TYPING_MS = 5000;

/** `title` is a group's; without it the chat is the private one with the bot. */
export function heading(ctx, title) {
  const name = el("span", { class: "chat-name", dir: "auto" }, title ?? "");
  const status = el("span", { class: "chat-status" });
  const face = el("span", {});
  let pinned = null;
  let timer = 0;
  const text = el("span", { dir: "auto" });
  const pin = el("button", {
    type: "button", class: "pinned", hidden: true, onclick: () => ctx.reveal(pinned.message_id),
  }, icon("pin"), el("span", { class: "hidden" }, "Pinned: "), text);
  const head = el("div", { class: "chat-head" }, face,
    el("span", { class: "chat-title" }, name, status));

  const rest = () => { status.textContent = title ? "group" : "bot"; };
  rest();
  return {
    element: el("div", {}, head, pin),
    name(bot) {
      name.textContent = title ?? bot ?? "";
      face.replaceChildren(avatar(name.textContent || "?", BOT_HUE_ID));
    },
    typing(on) {
      clearTimeout(timer);
      if (!on) return rest();
      status.textContent = "typing…";
      timer = setTimeout(rest, TYPING_MS);
    },
    pin(message) {
      pinned = message ?? null;
      pin.hidden = !pinned;
      text.textContent = pinned ? snippetOf(pinned) : "";
    },
  };
}
