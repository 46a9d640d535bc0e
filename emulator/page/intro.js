/** What an empty private chat shows: the bot's description and the button that starts it. */
import { el } from "./dom.js";

/** `leave()` takes the focus when the button goes away with it. */
export function intro(ctx, leave) {
  const text = el("p", { dir: "auto" });
  const start = el("button", {
    type: "button", class: "primary start", onclick: () => ctx.say({ text: "/start" }),
  }, "Start");
  const title = el("p", {}, el("strong", {}, "What can this bot do?"));
  const element = el("div", { class: "intro", hidden: true }, title, text, start);
  let described = false;

  async function describe() {
    described = true;
    const menu = await ctx.commands();
    text.textContent = menu?.description ?? "";
    title.hidden = !menu?.description;
  }

  return {
    element,
    update(shown) {
      const focused = element.contains(document.activeElement);
      element.hidden = !shown;
      if (!shown && focused) leave();
      if (shown && !described) describe();
    },
    /** The description depends on the person's language. */
    forget() { described = false; },
  };
}
