/**
 * What a person writes with: text, a file, an answer to a message, a correction. A text that could
 * not be sent comes back into the field.
 */
import { encoded } from "./api.js";
import { el, icon, iconButton } from "./dom.js";
import { nameOf, sizeOf, snippetOf } from "./format.js";
import { replyKeyboard } from "./keyboards.js";
import { openMenu } from "./menu.js";

const FILES = [
  { kind: "photo", label: "Photo", accept: "image/*" },
  { kind: "document", label: "Document", accept: "" },
  { kind: "voice", label: "Voice message (an audio file)", accept: "audio/*,.ogg,.oga,.opus" },
];
const MAX_LINES_PX = 132;

export function composer(ctx) {
  const draft = { mode: null, message: null, kind: null, file: null };
  const text = el("textarea", {
    rows: 1, dir: "auto", "aria-label": "Message", placeholder: "Message", onkeydown, oninput: grow,
  });
  const about = el("div", { class: "about", hidden: true });
  const keyboard = replyKeyboard(ctx);
  const attach = iconButton("attach", "Attach", () => openMenu(attach, "Attach", attachments()));
  const form = el("form", { class: "composer", onsubmit: submit, onpaste: paste }, about,
    el("div", { class: "composer-row" },
      iconButton("commands", "Commands", (event) => ctx.openCommands(event.currentTarget)),
      text, attach,
      el("button", { class: "send", "aria-label": "Send", title: "Send" }, icon("send"))));
  const notice = el("div", { class: "composer-notice", hidden: true });
  const element = el("div", { class: "foot" }, form, notice, keyboard.element);

  const attachments = () => [
    ...FILES.map((entry) => ({ label: entry.label, action: () => pick(entry) })),
    { label: "Position", action: ctx.askPosition },
  ];

  function pick({ kind, accept }) {
    const input = el("input", { type: "file", accept, hidden: true, "data-kind": kind });
    input.addEventListener("change", () => { use(kind, input.files[0]); input.remove(); });
    input.addEventListener("cancel", () => input.remove());
    form.append(input);
    input.click();
  }

  function use(kind, file) {
    if (!file) return;
    Object.assign(draft, { mode: draft.mode === "edit" ? null : draft.mode, kind, file });
    describe();
    text.focus();
  }

  function paste(event) {
    const file = event.clipboardData?.files[0];
    if (!file) return;
    event.preventDefault();
    use(file.type.startsWith("image/") ? "photo" : "document", file);
  }

  function onkeydown(event) {
    if (event.key === "Escape") reset();
    // Enter also ends a word in an input method (Chinese, Arabic on some phones): not then.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  }

  function grow() {
    text.style.height = "auto";
    text.style.height = `${Math.min(text.scrollHeight + 2, MAX_LINES_PX)}px`;
  }

  function write(value) {
    text.value = value;
    grow();
  }

  function describe() {
    const lines = [
      draft.mode === "reply" && `Answer to ${nameOf(draft.message.from)}: `
        + snippetOf(draft.message),
      draft.mode === "edit" && `Correct: ${snippetOf(draft.message)}`,
      draft.file && `${draft.kind}: ${draft.file.name} ${sizeOf(draft.file.size)}`,
    ].filter(Boolean);
    about.hidden = lines.length === 0;
    about.replaceChildren(el("span", { dir: "auto" }, lines.join(" · ")),
      iconButton("close", "Cancel", () => { reset(); text.focus(); }));
  }

  function reset() {
    if (draft.mode === "edit") write("");
    Object.assign(draft, { mode: null, message: null, kind: null, file: null });
    describe();
  }

  async function submit(event) {
    event.preventDefault();
    const written = text.value.trim();
    if (!written && !draft.file) return;
    const sent = { ...draft };
    write("");
    draft.mode = null;
    reset();
    if (await deliver(sent, written)) return;
    Object.assign(draft, sent);
    describe();
    if (!text.value) write(written);
  }

  async function deliver({ mode, message, kind, file }, written) {
    if (mode === "edit") return ctx.correct(message.message_id, written);
    const replyTo = mode === "reply" ? { reply_to: message.message_id } : {};
    if (!file) return ctx.say({ text: written, ...replyTo });
    const caption = written ? { caption: written } : {};
    return ctx.attempt(async () =>
      ctx.deliver({ [kind]: await encoded(file), ...caption, ...replyTo }));
  }

  function answer(message) {
    reset();
    Object.assign(draft, { mode: "reply", message });
    describe();
  }

  return {
    element,
    reply(message) {
      answer(message);
      text.focus();
    },
    /** The bot wants an answer to that message: who writes elsewhere is not taken from there. */
    asked(message) {
      answer(message);
      const { activeElement } = document;
      if (activeElement === document.body || element.contains(activeElement)) text.focus();
    },
    edit(message) {
      reset();
      Object.assign(draft, { mode: "edit", message });
      write(message.text);
      describe();
      text.focus();
    },
    setKeyboard(next) {
      keyboard.update(next);
      text.placeholder = next?.input_field_placeholder ?? "Message";
    },
    /** With a notice (nodes) instead of the field, as when the bot is blocked. */
    setNotice(nodes) {
      notice.hidden = nodes.length === 0;
      form.hidden = nodes.length > 0;
      keyboard.element.classList.toggle("off", nodes.length > 0);
      notice.replaceChildren(...nodes);
    },
  };
}
