/** Service messages in words: one sentence per Bot API field. */
import { nameOf, snippetOf } from "./format.js";

const names = (users) => users.map(nameOf).join(", ");

const SENTENCES = {
  new_chat_members: (value, who) =>
    value.length === 1 && nameOf(value[0]) === who
      ? `${who} joined the group` : `${who} added ${names(value)}`,
  left_chat_member: (value, who) =>
    nameOf(value) === who ? `${who} left the group` : `${who} removed ${nameOf(value)}`,
  new_chat_title: (value, who) => `${who} changed the name to «${value}»`,
  new_chat_photo: (value, who) => `${who} changed the photo`,
  delete_chat_photo: (value, who) => `${who} removed the photo`,
  group_chat_created: (value, who) => `${who} made the group`,
  supergroup_chat_created: (value, who) => `${who} made the group`,
  pinned_message: (value, who) => `${who} pinned «${snippetOf(value)}»`,
  forum_topic_created: (value, who) => `${who} opened the topic «${value.name}»`,
  forum_topic_edited: (value, who) =>
    value.name ? `${who} renamed the topic to «${value.name}»` : `${who} changed the topic`,
  forum_topic_closed: (value, who) => `${who} closed the topic`,
  forum_topic_reopened: (value, who) => `${who} reopened the topic`,
  general_forum_topic_hidden: (value, who) => `${who} hid the general topic`,
  general_forum_topic_unhidden: (value, who) => `${who} showed the general topic`,
  write_access_allowed: (value, who) => `${who} allowed the bot to write`,
  message_auto_delete_timer_changed: (value, who) => `${who} changed the deletion timer`,
};

/** The sentence of a service message, or null for a message of a person or bot. */
export function serviceText(message) {
  const key = Object.keys(SENTENCES).find((field) => field in message);
  return key ? SENTENCES[key](message[key], nameOf(message.from)) : null;
}
