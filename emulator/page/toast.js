/** Short notices at the foot of a phone: they go by themselves, or with Escape or a click. */
import { el } from "./dom.js";

const SHORTEST_MS = 4000;
const MS_PER_CHARACTER = 70;

export function toasts(phone) {
  const element = el("div", { class: "toasts", role: "status" });
  const dismiss = () => element.firstElementChild?.remove();
  phone.addEventListener("keydown", (event) => { if (event.key === "Escape") dismiss(); });
  const show = (text) => {
    const note = el("p", { class: "toast", dir: "auto", onclick: () => note.remove() }, text);
    element.append(note);
    setTimeout(() => note.remove(), Math.max(SHORTEST_MS, text.length * MS_PER_CHARACTER));
  };
  return { element, show };
}
