/**
 * The topics of a forum group as tabs, with a dot where something new is; "General" is what belongs
 * to no topic.
 */
import { el } from "./dom.js";
import { tabRow } from "./tabs.js";

const GENERAL = { message_thread_id: null, name: "General", closed: false };

const topicOf = (message) => (message.is_topic_message ? message.message_thread_id : null);

export function topicTabs(choose) {
  const element = el("div", { class: "topics", "aria-label": "Topics", hidden: true });
  const row = tabRow(element, choose);
  let read = null;
  const update = (topics, chosen, messages) => {
    const newest = new Map(messages.map((message) => [topicOf(message), message.message_id]));
    read ??= new Map(newest);
    read.set(chosen, newest.get(chosen) ?? 0);
    element.hidden = topics.length === 0;
    const items = [GENERAL, ...topics].map(({ message_thread_id: key, name, closed }) => ({
      key, label: closed ? `${name} (closed)` : name,
      badge: (newest.get(key) ?? 0) > (read.get(key) ?? 0) ? "new messages" : "",
    }));
    row.update(items, chosen);
  };
  return { element, update };
}

/** The messages of one topic of a forum, or all of them in a group without topics. */
export function inTopic({ messages }, group, topic) {
  if (!group.forum) return messages;
  return messages.filter((message) => topicOf(message) === topic);
}
