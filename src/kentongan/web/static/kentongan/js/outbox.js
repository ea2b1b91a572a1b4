// The outbox: what waits on this phone until it can be sent. Each item keeps its random id, so a second try doubles nothing.
// States: waiting (goes by itself) · held (goes when told) · sign_in · refused · photos (report is there) · sent (code to note).

import { asBlob } from "./photos.js";

const KEY = "kentongan-kotak-keluar";
const PATIENCE = 30_000;
const AGAIN = 60_000;
const source = document.getElementById("lapor-setelan");
export const settings = source ? JSON.parse(source.textContent) : { owner: "", words: {} };
export const words = settings.words;
const listeners = new Set();
const busy = new Set();
let canStore = true;
let memory = [];

export function newId() {
  // randomUUID exists on newer phones and over HTTPS only.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export function items() {
  if (!canStore) return memory;
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) || "[]");
    return Array.isArray(kept) ? kept : [];
  } catch {
    return memory;
  }
}

function keep(list) {
  memory = list;
  try {
    if (list.length) localStorage.setItem(KEY, JSON.stringify(list));
    else localStorage.removeItem(KEY);
    canStore = true;
    return true;
  } catch {
    return false;
  }
}

// Returns "" when all is kept, or the word for what had to give way.
export function put(item) {
  const list = [...items().filter((other) => other.id !== item.id), item];
  if (keep(list)) return changed("");
  item.photos = [];
  if (keep(list)) return changed(words.storage_full);
  canStore = false;
  return changed(words.storage_none);
}

export const remove = (id) => {
  keep(items().filter((item) => item.id !== id));
  changed("");
};

function update(id, changes) {
  const item = items().find((each) => each.id === id);
  if (!item) return null;
  const next = { ...item, ...changes };
  keep(items().map((each) => (each.id === id ? next : each)));
  changed("");
  return next;
}

function changed(said) {
  for (const listener of listeners) listener();
  return said;
}

export const onChange = (listener) => listeners.add(listener);
export const isBusy = (id) => busy.has(id);
export const isMine = (item) => item.owner === "" || item.owner === settings.owner;

async function ask(url, options) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const answer = await fetch(url, { method: "POST", signal: stop.signal, redirect: "manual", ...options });
    const said = await answer.json().catch(() => ({}));
    const pause = Number(answer.headers.get("Retry-After") || 0) * 1000;
    return { status: answer.status, said, pause };
  } catch {
    return { status: 0, said: {}, pause: 0 };
  } finally {
    clearTimeout(timer);
  }
}

function headersOf(item) {
  const headers = { Accept: "application/json", "Accept-Language": settings.language };
  if (item.owner) headers["X-CSRFToken"] = settings.token;
  return headers;
}

const askFor = (item) =>
  item.kind === "nil"
    ? ask(settings.nil, {
        headers: headersOf(item),
        credentials: "same-origin",
        body: new URLSearchParams({ ...item.body, client_id: item.id }),
      })
    : ask(settings.send, {
        headers: { ...headersOf(item), "Content-Type": "application/json" },
        // Without account nothing goes along that could say who sends.
        credentials: item.owner ? "same-origin" : "omit",
        body: JSON.stringify(item.body),
      });

// What a refusal means for the item: it always stays on the phone.
function refused(item, { status, said, pause }) {
  const reason = said.error || (status ? words.not_sent : words.waiting);
  const isOver = [400, 409, 413, 422].includes(status);
  const state = status === 401 || (status === 0 && said.login) ? "sign_in" : isOver ? "refused" : "waiting";
  const why = status === 403 ? words.reload : reason;
  update(item.id, { state, reason: why, not_before: pause ? Date.now() + pause : 0 });
  return { ok: false, status, reason: why };
}

async function sendPhotos(item) {
  for (const photo of item.photos) {
    const form = new FormData();
    form.append("code", item.receipt);
    form.append("client_id", photo.id);
    form.append("photo", asBlob(photo.data), "foto.jpg");
    const { status } = await ask(settings.photo, {
      headers: { Accept: "application/json" },
      credentials: "omit",
      body: form,
    });
    const isOver = status >= 400 && status < 500 && status !== 429 && status !== 408;
    if (status !== 201 && !isOver) return false;
    item = update(item.id, {
      photos: item.photos.filter((other) => other.id !== photo.id),
      ...(isOver ? { reason: words.photo_refused } : {}),
    });
    if (!item) return true;
  }
  return true;
}

// Send one item now. `quiet`: nobody watches, so an anonymous receipt is kept until it has been noted.
export async function sendNow(id, { quiet = false } = {}) {
  let item = items().find((each) => each.id === id);
  if (!item || busy.has(id) || !isMine(item)) return { ok: false, reason: "" };
  busy.add(id);
  changed("");
  try {
    let said = { receipt: item.receipt };
    if (!item.receipt) {
      const answer = await askFor(item);
      if (answer.status !== 201) return refused(item, answer);
      said = answer.said;
      if (item.kind === "nil") {
        remove(id);
        return { ok: true, kind: "nil" };
      }
      // From here on the words are with the desk: what stays is the code and photos still to go.
      item = update(id, { state: "photos", receipt: said.receipt, body: {}, reason: "", quiet });
    }
    const isDone = await sendPhotos(item);
    if (isDone && (item.owner || !(quiet || item.quiet))) remove(id);
    else if (isDone) update(id, { state: "sent", photos: [] });
    return { ok: true, ...said, photosWait: !isDone };
  } finally {
    busy.delete(id);
    changed("");
  }
}

let running = false;
export async function sendAll() {
  if (running) return;
  running = true;
  try {
    for (const item of items()) {
      const goes = ["waiting", "photos"].includes(item.state) || (item.state === "sign_in" && settings.owner);
      if (goes && isMine(item) && !(item.not_before > Date.now())) await sendNow(item.id, { quiet: true });
    }
  } finally {
    running = false;
  }
}

export function start() {
  addEventListener("online", sendAll);
  addEventListener("storage", (event) => event.key === KEY && changed(""));
  document.addEventListener("visibilitychange", () => document.hidden || sendAll());
  setInterval(() => document.hidden || sendAll(), AGAIN);
  return sendAll();
}
