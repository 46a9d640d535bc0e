/**
 * One phone: one chat as one person sees it. A person's phone shows the private chat with the bot;
 * a group's phone shows the group, and one of its members, chosen above it, writes.
 */
import { messageMenu, phoneActions } from "./actions.js";
import { coalesced, get } from "./api.js";
import { composer } from "./composer.js";
import { openAlert } from "./dialogs.js";
import { el } from "./dom.js";
import { nameOf } from "./format.js";
import { heading } from "./heading.js";
import { intro } from "./intro.js";
import { messageLog } from "./log.js";
import { openMenu } from "./menu.js";
import { groupBar, personBar } from "./owner.js";
import { askPosition } from "./position.js";
import { toasts } from "./toast.js";
import { inTopic, topicTabs } from "./topics.js";

/**
 * `chat` is a person or a group; `page` has `world()`, `hide(id)`, `pressed(user, id)` and
 * `unread(id)`.
 */
export function createPhone(chat, page) {
  const isGroup = "title" in chat;
  const name = isGroup ? chat.title : nameOf(chat);
  const state = { actor: isGroup ? null : chat.id, topic: null, data: null, seen: false, asked: 0 };
  const element = el("section", {
    class: "phone", id: `phone${chat.id}`, "data-phone": chat.id,
    "aria-label": `Phone: ${[name, chat.label].filter(Boolean).join(", ")}`,
  });
  const note = toasts(element);
  const actions = phoneActions({
    actor: () => state.actor, toast: note.show, sent: () => log.stick(),
    place: () => (isGroup ? { chat: chat.id, ...(state.topic && { thread: state.topic }) } : {}),
    pressed: () => page.pressed(state.actor, chat.id),
  });
  const ctx = {
    ...actions, toast: note.show, bot: () => page.world().bot,
    reveal: (id) => log.reveal(id) || note.show("That message is no longer there."),
    askPosition: () => askPosition((location) => actions.deliver({ location })),
    openActions: (anchor, view) => openMenu(anchor, "Actions", messageMenu(view, {
      reply: write.reply, edit: write.edit, react: actions.react,
    })),
    openCommands,
  };
  const hide = () => page.hide(chat.id);
  const owner = isGroup
    ? groupBar(chat, { choose, hide, topic: () => state.topic, attempt: actions.attempt })
    : personBar(chat, actions.attempt, hide);
  const head = heading(ctx, isGroup ? chat.title : null);
  const topics = topicTabs((topic) => { state.topic = topic; log.stick(); show(); });
  const log = messageLog(ctx, `Messages of ${name}`);
  const welcome = intro(ctx, log.focus);
  const write = composer(ctx);
  const screen = el("div", { class: "screen" }, head.element, topics.element, log.element,
    welcome.element, note.element, write.element);
  element.append(owner.element, screen);

  function choose(user) {
    state.actor = user;
    show();
  }

  async function openCommands(anchor) {
    const menu = await actions.commands();
    const items = (menu?.commands ?? []).map(({ command, description }) => ({
      label: `/${command}`, hint: description, action: () => actions.say({ text: `/${command}` }),
    }));
    if (menu && items.length === 0) note.show("The bot has no commands in its menu.");
    if (items.length > 0) openMenu(anchor, "Commands", items);
  }

  function show() {
    const { data, actor } = state;
    if (!data) return;
    if (!data.topics.some((topic) => topic.message_thread_id === state.topic)) state.topic = null;
    const shown = isGroup ? inTopic(data, chat, state.topic) : data.messages;
    const views = shown.map((message) => ({
      message, reactions: data.reactions[message.message_id] ?? [],
      mine: message.from?.id === actor, named: isGroup && message.from?.id !== actor,
    }));
    const arrived = log.show(views) && views.at(-1).mine === false;
    if (arrived) head.typing(false);
    if (arrived && state.seen) page.unread(chat.id);
    state.seen = true;
    topics.update(chat.forum ? data.topics : [], state.topic, data.messages);
    head.pin(shown.find((message) => message.message_id === data.pinned[0]));
    write.setKeyboard(data.keyboard);
    const asked = shown.find((message) => message.message_id === state.asked);
    if (asked) { write.asked(asked); state.asked = 0; }
    write.setNotice(notice());
    welcome.update(!isGroup && views.length === 0);
    data.answers.forEach((answer) => actions.settle(answer.callback_query_id));
  }

  function notice() {
    if (isGroup) return [];
    if (current().deactivated) return ["This account is deactivated."];
    if (!current().blocked) return [];
    const button = { type: "button", class: "text-button", onclick: actions.unblock };
    return ["The bot is blocked.", el("button", button, "Unblock the bot")];
  }

  const current = () => page.world().people.find((person) => person.id === chat.id) ?? chat;

  /** Takes over changed names, languages, members, blocks. */
  function update() {
    const { people, groups, bot } = page.world();
    head.name(isGroup ? null : bot.first_name);
    if (!isGroup) owner.update(current());
    if (isGroup) {
      const group = groups.find((other) => other.id === chat.id) ?? chat;
      const members = people.filter((person) => group.members.includes(person.id));
      if (!group.members.includes(state.actor)) state.actor = members[0]?.id ?? null;
      owner.update(group, members, state.actor);
    }
    welcome.forget();
    show();
  }

  const refresh = coalesced(async () => {
    try {
      state.data = await get(`chats/${chat.id}`);
      show();
    } catch (error) {
      note.show(error.message);
    }
  });

  function answered({ callback_query_id: id, text, show_alert: alert }) {
    actions.settle(id);
    if (text && alert) openAlert(screen, text);
    else if (text) note.show(text);
  }

  /** The bot asks for an answer to that message, which is perhaps not shown yet. */
  function asked(message) {
    state.asked = message;
    show();
  }

  const typing = () => head.typing(true);
  return { id: chat.id, name, element, update, refresh, answered, asked, typing };
}
