/**
 * The only place where elements are made. Strings become text nodes and nothing else, so what
 * people or the bot write can never become markup of this page.
 */

const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  attach: "M8 12.5l6.4-6.4a3 3 0 0 1 4.3 4.3l-8.4 8.4a5 5 0 0 1-7-7L11 4",
  commands: "M5 7h14M5 12h14M5 17h9",
  send: "M4 12l16-8-5 16-3.5-6.500z M11.500 13.500L20 4",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  close: "M6 6l12 12M18 6L6 18",
  pin: "M9 4h6l-1 6 3 3H7l3-3z M12 13v7",
  down: "M12 5v13M6 12l6 6 6-6",
  link: "M8 16L17 7M10 7h7v7",
  copy: "M9 9h10v11H9z M5 15V4h10",
  file: "M7 3h7l4 4v14H7z M14 3v4h4",
  place: "M12 21c4-5 6-8 6-11a6 6 0 0 0-12 0c0 3 2 6 6 11z M12 10h.01",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8z M5 20c1-4 4-5 7-5s6 1 7 5",
};

/** An element with attributes, listeners (`onclick`: a function) and children. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** A drawing that assistive technology skips: its button has a label. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** A button that shows only a drawing; `label` is its accessible name and its tooltip. */
export function iconButton(name, label, onclick, attributes = {}) {
  const button = { type: "button", class: "icon-button", "aria-label": label, title: label };
  return el("button", { ...button, onclick, ...attributes }, icon(name));
}

/** A form field below its visible label. */
export function field(label, control) {
  return el("label", { class: "field" }, el("span", {}, label), control);
}

export function option(value, label, selected) {
  return el("option", { value, selected }, label);
}
