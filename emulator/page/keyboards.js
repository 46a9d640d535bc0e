/**
 * Buttons under a message and below the text field. The nodes are kept and only their labels
 * change, so a message edited in place takes neither focus nor a half-made click away.
 */
import { el, icon } from "./dom.js";
import { follow } from "./links.js";

/** An inline keyboard: `element` and `update(message)`. */
export function inlineKeyboard(ctx) {
  const element = el("div", { class: "keyboard" });
  let message = null;
  const press = (node, row, column) => {
    pressed(ctx, node, message, message.reply_markup.inline_keyboard[row][column]);
  };
  const update = (next) => {
    message = next;
    arrange(element, next.reply_markup?.inline_keyboard ?? [], press, label);
  };
  return { element, update };
}

/** The reply keyboard: `element` and `update(keyboard or null)`. */
export function replyKeyboard(ctx) {
  const element = el("div", { class: "keyboard reply", role: "group" });
  element.setAttribute("aria-label", "Quick answers");
  let rows = [];
  const press = (node, row, column) => answered(ctx, rows[row][column]);
  const update = (keyboard) => {
    rows = keyboard?.keyboard ?? [];
    element.hidden = rows.length === 0;
    arrange(element, rows, press, label);
  };
  return { element, update };
}

function arrange(element, rows, press, show) {
  fit(element, rows.length, () => el("div", { class: "row" }));
  rows.forEach((buttons, row) => {
    const line = element.children[row];
    fit(line, buttons.length, () => el("button", { type: "button", dir: "auto" }));
    buttons.forEach((button, column) => {
      const node = line.children[column];
      node.onclick = () => press(node, row, column);
      const json = JSON.stringify(button);
      if (node.dataset.json === json) return;
      node.dataset.json = json;
      node.removeAttribute("aria-busy");
      show(node, button);
    });
  });
}

function fit(parent, length, make) {
  while (parent.children.length > length) parent.lastElementChild.remove();
  while (parent.children.length < length) parent.append(make());
}

function label(node, button) {
  const text = typeof button === "string" ? button : button.text;
  const drawing = button.url || button.login_url ? "link" : button.copy_text ? "copy" : null;
  node.replaceChildren(el("span", {}, text), ...(drawing ? [icon(drawing)] : []));
  node.classList.toggle("danger", button.style === "danger");
  node.classList.toggle("success", button.style === "success");
}

function pressed(ctx, node, message, button) {
  if (button.url) return follow(ctx, button.url);
  if (button.copy_text) return copy(ctx, button.copy_text.text);
  if (!("callback_data" in button)) return ctx.toast("The emulator has no such button yet.");
  const all = message.reply_markup.inline_keyboard.flat();
  const doubled = all.filter((other) => other.text === button.text).length > 1;
  const which = doubled ? { data: button.callback_data } : { label: button.text };
  return ctx.press(node, { message: message.message_id, ...which });
}

async function copy(ctx, text) {
  try {
    await navigator.clipboard.writeText(text);
    ctx.toast(`Copied: ${text}`);
  } catch {
    ctx.toast(`To copy: ${text}`);
  }
}

const PHONE_NUMBER = "+390200000000";

function answered(ctx, button) {
  if (button.request_location) return ctx.askPosition();
  if (button.request_contact) return ctx.say({ contact: { phone_number: PHONE_NUMBER } });
  const text = typeof button === "string" ? button : button.text;
  const other = Object.keys(button).some((key) => key.startsWith("request_") || key === "web_app");
  if (other) return ctx.toast("The emulator has no such button yet.");
  return ctx.say({ text });
}
