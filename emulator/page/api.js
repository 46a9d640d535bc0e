/**
 * The emulator's control API. Every failure is an Error whose message can be shown to a person.
 */

const RETRY_MS = 1500;

async function call(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Error("The emulator does not answer. Is it running?");
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? `${response.status} ${response.statusText}`);
  return answer;
}

export const get = (path) => call(`/sim/${path}`);

export const post = (path, body) =>
  call(`/sim/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });

/**
 * Listens to the emulator for as long as the page lives, through restarts of the server.
 * `onOpen` runs at each (re)connection: what happened meanwhile was missed and must be read anew.
 */
export function listen({ onOpen, onLost, onEvent }) {
  const source = new EventSource("/sim/events");
  source.onopen = onOpen;
  source.onmessage = (message) => onEvent(JSON.parse(message.data));
  source.onerror = () => {
    onLost();
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(() => listen({ onOpen, onLost, onEvent }), RETRY_MS);
    }
  };
}

/** `work` made safe to ask for at any rate: one run at a time, and one more if asked meanwhile. */
export function coalesced(work) {
  let running = false;
  let again = false;
  return async function run() {
    again = true;
    if (running) return;
    running = true;
    try {
      while (again) {
        again = false;
        await work();
      }
    } finally {
      running = false;
    }
  };
}

/** A file as the control API takes it. */
export function encoded(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onerror = () => reject(new Error(`${file.name} cannot be read.`));
    reader.onload = () => {
      const base64 = reader.result.slice(reader.result.indexOf(",") + 1);
      resolve({ name: file.name, base64 });
    };
    reader.readAsDataURL(file);
  });
}
