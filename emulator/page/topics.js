/** The topics of a forum group as tabs; "General" is what belongs to no topic. */
import { el } from "./dom.js";
import { tabRow } from "./tabs.js";

const GENERAL = { message_thread_id: null, name: "General", closed: false };

export function topicTabs(choose) {
  const element = el("div", { class: "topics", "aria-label": "Topics", hidden: true });
  const row = tabRow(element, choose);
  const update = (topics, chosen) => {
    element.hidden = topics.length === 0;
    const items = [GENERAL, ...topics].map(({ message_thread_id: key, name, closed }) => ({
      key, label: closed ? `${name} (closed)` : name,
    }));
    row.update(items, chosen);
  };
  return { element, update };
}

/** The messages of one topic of a forum, or all of them in a group without topics. */
export function inTopic({ messages }, group, topic) {
  if (!group.forum) return messages;
  return messages.filter((message) =>
    (message.is_topic_message ? message.message_thread_id : null) === topic);
}
