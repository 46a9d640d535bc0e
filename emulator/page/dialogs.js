/** Dialogs: forms of the page, and a bot's alerts on one phone. Escape closes each of them. */
import { el, iconButton } from "./dom.js";

let count = 0;

/**
 * A modal form. `submit(form)` gets the form element; what it throws is shown and the dialog
 * stays open. Without `submit` there is only the button that closes.
 */
export function openForm(title, content, submitLabel, submit) {
  const id = `dialog-${(count += 1)}`;
  const error = el("p", { class: "error", role: "alert" });
  const dialog = el("dialog", { class: "dialog", "aria-labelledby": id });
  const close = () => dialog.close();
  const onsubmit = async (event) => {
    event.preventDefault();
    try {
      await submit?.(form);
      close();
    } catch (problem) {
      error.textContent = problem.message;
    }
  };
  const form = el("form", { onsubmit },
    el("header", {}, el("h2", { id }, title), iconButton("close", "Close", close)),
    el("div", { class: "dialog-body" }, content), error,
    el("footer", {}, el("button", { type: "submit", class: "primary" }, submitLabel)));
  dialog.append(form);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector(".dialog-body :is(input, select, button)")?.focus();
  return dialog;
}

/** A bot's alert over one screen: the other phones go on. Focus comes here only from this phone. */
export function openAlert(screen, text) {
  const before = screen.contains(document.activeElement) ? document.activeElement : null;
  const done = () => {
    box.remove();
    block(screen, screen.querySelector(".alert") !== null);
    if (before?.isConnected) before.focus({ preventScroll: true });
  };
  const button = el("button", { type: "button", class: "primary", onclick: done }, "OK");
  const card = el("div", { class: "alert-card" }, el("p", { dir: "auto" }, text), button);
  const onkeydown = (event) => { if (event.key === "Escape") done(); };
  const box = el("div", {
    class: "alert", role: "alertdialog", "aria-label": "Alert of the bot", onkeydown,
  }, card);
  block(screen, true);
  screen.append(box);
  if (before || document.activeElement === document.body) button.focus();
}

function block(screen, inert) {
  for (const child of screen.children) child.inert = inert && !child.matches(".alert");
}
