/**
 * Where a link leads from a phone. Links to the bot stay in the emulator, other links of Telegram
 * are only told about (nothing here may reach the real one), web links open in a new tab.
 */

const SAFE = new Set(["http:", "https:", "mailto:", "tel:"]);
const TELEGRAM = new Set(["t.me", "telegram.me", "telegram.dog"]);

/** The URL that a person meant, or null if it is none that a page may open. */
export function parsed(text) {
  const candidate = /^[a-z][a-z0-9+.-]*:/iu.test(text) ? text : `https://${text}`;
  try {
    const url = new URL(candidate);
    return SAFE.has(url.protocol) || url.protocol === "tg:" ? url : null;
  } catch {
    return null;
  }
}

export const ofTelegram = (url) => url.protocol === "tg:" || TELEGRAM.has(url.hostname);

/** `{bot, start}` for a link to a bot's private chat, else null. */
function deepLink(url) {
  if (url.protocol === "tg:") {
    const bot = url.searchParams.get("domain");
    return bot && { bot, start: url.searchParams.get("start") };
  }
  const path = url.pathname.split("/").filter(Boolean);
  return path.length === 1 ? { bot: path[0], start: url.searchParams.get("start") } : null;
}

/** Follows a link on the phone `ctx`. */
export function follow(ctx, text) {
  const url = parsed(text);
  if (!url) return ctx.toast(`This link cannot be opened: ${text}`);
  if (!ofTelegram(url)) return window.open(url.href, "_blank", "noopener,noreferrer");
  const link = deepLink(url);
  if (link?.bot.toLowerCase() !== ctx.bot().username.toLowerCase()) {
    return ctx.toast(`In Telegram this opens ${text}`);
  }
  return ctx.start(link.start ?? "");
}
