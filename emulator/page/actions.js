/** What a phone lets its person do, as calls of the control API with failures told on the phone. */
import { get, post } from "./api.js";

const EMOJI = ["👍", "❤", "👏", "🤔", "🙏"];

/**
 * `phone` has `actor()`, `place()` ({} or {chat, thread}), `toast(text)`, `pressed()`, `sent()`.
 * Each action resolves to what the emulator answered, or null after a failure was told.
 */
export function phoneActions(phone) {
  const pending = new Map();

  async function attempt(work) {
    try {
      return await work();
    } catch (error) {
      phone.toast(error.message);
      return null;
    }
  }

  function deliver(fields) {
    phone.sent();
    return post("send", { user: phone.actor(), ...phone.place(), ...fields });
  }

  const say = (fields) => attempt(() => deliver(fields));

  /** A link to the bot leads to the private chat, from wherever it is tapped. */
  const start = (payload) => attempt(async () => {
    await post("send", { user: phone.actor(), text: `/start ${payload}`.trim() });
    if (phone.place().chat) phone.toast("Opened in the private chat with the bot.");
  });

  async function press(node, which) {
    phone.pressed();
    node.setAttribute("aria-busy", "true");
    const { chat } = phone.place();
    const answer = await attempt(() => post("press", { user: phone.actor(), chat, ...which }));
    if (answer?.callback_query_id) pending.set(answer.callback_query_id, node);
    else node.removeAttribute("aria-busy");
  }

  /** A press stays busy until the bot answers it. */
  function settle(callbackId) {
    pending.get(callbackId)?.removeAttribute("aria-busy");
    pending.delete(callbackId);
  }

  const onMessage = (path, message, fields) => attempt(() =>
    post(path, { user: phone.actor(), chat: phone.place().chat, message, ...fields }));
  const correct = (message, text) => onMessage("edit", message, { text });
  const react = (message, emoji) => onMessage("react", message, { emoji });

  const unblock = () => attempt(() => post("unblock", { user: phone.actor() }));
  const commands = () => attempt(() => get(`menu?user=${phone.actor()}`));

  return { attempt, deliver, say, start, press, settle, correct, react, unblock, commands };
}

/** The items of the menu of one message. */
export function messageMenu(view, { reply, edit, react }) {
  const { message, mine } = view;
  return [
    ...EMOJI.map((emoji) => ({
      label: emoji, inline: true, action: () => react(message.message_id, emoji),
    })),
    { label: "Reply", action: () => reply(message) },
    ...(mine && message.text !== undefined
      ? [{ label: "Edit", action: () => edit(message) }] : []),
    ...(view.reactions.length > 0
      ? [{ label: "Remove my reaction", action: () => react(message.message_id, null) }] : []),
  ];
}
