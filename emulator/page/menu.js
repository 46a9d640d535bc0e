/**
 * One small menu for the whole page, opened beside the button that asks for it. Escape and a click
 * elsewhere close it, arrows move in it, and focus goes back to where it was.
 */
import { el } from "./dom.js";

const MARGIN_PX = 8;

const panel = el("div", { class: "menu", popover: "auto", role: "group", onkeydown: move });
document.body.append(panel);
addEventListener("resize", close);

/** An item is `{label, hint?, action, inline?, danger?}`; inline ones share a row. */
export function openMenu(anchor, title, items) {
  close();
  panel.setAttribute("aria-label", title);
  panel.replaceChildren(...items.map(button));
  panel.showPopover();
  place(anchor);
  panel.querySelector("button")?.focus();
}

function close() {
  if (panel.matches(":popover-open")) panel.hidePopover();
}

function button({ label, hint, action, inline, danger }) {
  const onclick = () => { close(); action(); };
  const kind = [inline && "inline", danger && "danger"].filter(Boolean).join(" ");
  return el("button", { type: "button", class: kind, onclick },
    el("span", { dir: "auto" }, label),
    hint ? el("span", { class: "quiet", dir: "auto" }, hint) : null);
}

/** Below the button if there is room, else above it, and within its phone. */
function place(button) {
  const { width, height } = panel.getBoundingClientRect();
  const anchor = button.getBoundingClientRect();
  const end = button.closest(".phone")?.getBoundingClientRect().right ?? innerWidth;
  const below = anchor.bottom + MARGIN_PX + height < innerHeight;
  const top = below ? anchor.bottom + 4 : Math.max(MARGIN_PX, anchor.top - height - 4);
  const left = Math.min(anchor.left, Math.min(end, innerWidth) - width - MARGIN_PX);
  panel.style.top = `${top}px`;
  panel.style.left = `${Math.max(MARGIN_PX, left)}px`;
}

const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

function move(event) {
  const step = STEPS[event.key];
  if (!step) return;
  event.preventDefault();
  const buttons = [...panel.querySelectorAll("button")];
  const index = buttons.indexOf(document.activeElement) + step;
  buttons[(index + buttons.length) % buttons.length].focus();
}
