/** A row of tabs: one is chosen, arrows move the choice, Tab leaves the row. */
import { el } from "./dom.js";

const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

/**
 * `update(items, chosen)` shows items `{key, label, panel?, badge?}`; `choose(key)` is called when
 * a person picks one. Existing tabs are kept, so that focus stays.
 */
export function tabRow(element, choose) {
  element.setAttribute("role", "tablist");
  element.addEventListener("keydown", (event) => {
    const tabs = [...element.children];
    const from = tabs.indexOf(document.activeElement);
    if (!(event.key in STEPS) || from < 0) return;
    event.preventDefault();
    const to = tabs[(from + STEPS[event.key] + tabs.length) % tabs.length];
    to.focus();
    to.click();
  });
  const update = (items, chosen) => {
    while (element.children.length > items.length) element.lastElementChild.remove();
    while (element.children.length < items.length) {
      element.append(el("button", { type: "button", role: "tab", dir: "auto" }));
    }
    items.forEach((item, index) => show(element.children[index], item, item.key === chosen));
  };
  const show = (tab, { key, label, panel, badge }, selected) => {
    tab.setAttribute("aria-selected", String(selected));
    tab.tabIndex = selected ? 0 : -1;
    tab.onclick = () => choose(key);
    if (panel) tab.setAttribute("aria-controls", panel);
    const dot = badge ? [el("span", { class: "dot" }, el("span", { class: "hidden" }, badge))] : [];
    tab.replaceChildren(label, ...dot);
  };
  return { element, update };
}
