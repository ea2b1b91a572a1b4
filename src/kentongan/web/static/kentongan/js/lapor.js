// The seven steps on one page: no network between them, a draft that survives a reload, and an outbox for no signal.
// Without this file the same form goes step by step through the server.

import { drawHints } from "./hints.js";
import { newId, put, remove, sendNow, settings, start, words } from "./outbox.js";
import "./outbox_list.js";
import { shrink } from "./photos.js";
import { leaving } from "./quick_exit.js";

const form = document.querySelector("[data-lapor]");
const say = document.querySelector("[data-say]");
const links = document.querySelector("[data-links]");
const danger = document.querySelector("[data-danger]");
const sections = [...form.querySelectorAll("section[data-step]")];
const FIRST = settings.owner ? 1 : 0;
const LAST = 7;
const STORED = ["tile", "area", "place", "place_note", "happens", "happens_on", "knowledge", "text", "ongoing", "danger", "accused"];
const DRAFT = `kentongan-draf-${settings.owner}`;
// A draft without account goes with the tab; a field member's own phone keeps it.
const shelf = settings.owner ? localStorage : sessionStorage;
let step = Number(form.dataset.step);
let photos = [];

const value = (name) => new FormData(form).get(name) ?? "";
const all = (selector) => [...form.querySelectorAll(selector)];
const tell = (text) => {
  say.textContent = "";
  say.textContent = text;
};

// --- steps

function show(number, { focus = true, remember = true } = {}) {
  step = Math.min(Math.max(number, FIRST), LAST);
  for (const section of sections) section.hidden = Number(section.dataset.step) !== step;
  form.querySelector("[data-enter]").value = String(Math.min(step + 1, LAST));
  if (links) links.hidden = step > 0;
  danger.hidden = step === 0; // there the number stands large in the page itself
  if (step === LAST) review();
  if (remember) guard();
  save();
  scrollTo(0, 0);
  if (focus) sections.find((section) => !section.hidden)?.querySelector("h1")?.focus();
}

// One entry of ours in the history, however many steps: the phone's own back key goes one step back.
function guard() {
  if (step > FIRST && history.state?.lapor === undefined) history.pushState({ lapor: 1 }, "");
}
addEventListener("popstate", () => {
  if (!leaving && step > FIRST) show(step - 1);
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const by = event.submitter;
  if (by?.matches("[data-send]")) return send();
  const to = Number(by?.dataset.to ?? by?.value ?? step + 1);
  show(to);
});

// One tap answers and goes on; with keys, choosing and going on stay two acts.
let touched = 0;
form.addEventListener("pointerdown", () => (touched = Date.now()));
for (const group of all("[data-onward]")) {
  group.addEventListener("click", (event) => {
    const only = group.dataset.onward;
    if (!event.target.matches("input[type=radio]") || Date.now() - touched > 1500) return;
    if (!only || event.target.value === only) setTimeout(() => show(step + 1), 180);
  });
}

// --- what was answered

function chosen(name) {
  const input = form.querySelector(`input[name="${name}"]:checked`);
  return input ? (form.querySelector(`label[for="${input.id}"] [data-label]`)?.textContent ?? "").trim() : "";
}

function placeWords() {
  const named = value("area") && value("area") !== "lain" ? chosen("area") : value("place");
  return [value("latitude") && words.here, named, value("place_note")].filter(Boolean).join("; ");
}

const small = (said) => said.charAt(0).toLowerCase() + said.slice(1);

function stateWords() {
  const parts = [["ongoing", words.ongoing], ["danger", words.danger], ["accused", words.about]].filter(([name]) => value(name));
  return parts.map(([name, word]) => `${word}: ${small(chosen(name))}`).join(", ");
}

function dateWords() {
  const day = value("happens_on");
  return day ? new Date(`${day}T12:00`).toLocaleDateString(settings.language, { weekday: "short", day: "numeric", month: "short" }) : "";
}

function review() {
  const lines = {
    tile: chosen("tile"),
    place: placeWords(),
    happens: [chosen("happens"), dateWords()].filter(Boolean).join(", "),
    knowledge: chosen("knowledge"),
    text: value("text").trim(),
    state: stateWords(),
    photos: `${photos.length} (${Math.round(photos.reduce((sum, photo) => sum + photo.bytes, 0) / 1024)} kB)`,
  };
  for (const place of all("[data-review]")) {
    const said = lines[place.dataset.review];
    place.textContent = said || words.empty;
    place.classList.toggle("soft", !said);
  }
  form.querySelector("[data-photo-line]").hidden = photos.length === 0;
}

function body() {
  const said = { client_id: value("client_id"), sent_at: new Date().toISOString() };
  for (const name of STORED) if (value(name).trim()) said[name] = value(name);
  if (said.area === "lain") delete said.area;
  else if (said.area) delete said.place;
  if (!["earlier", "upcoming"].includes(said.happens)) delete said.happens_on;
  if (value("latitude")) Object.assign(said, { latitude: value("latitude"), longitude: value("longitude") });
  if (settings.owner) said.as_account = true;
  const contact = { nama: value("contact_nama").trim(), telepon: value("contact_telepon").trim() };
  if (contact.nama || contact.telepon) said.contact = contact;
  return said;
}

// --- draft

function save() {
  if (leaving) return; // in a hurry nothing may be written any more
  const draft = { step, client_id: value("client_id"), latitude: value("latitude"), longitude: value("longitude") };
  for (const name of STORED) draft[name] = value(name);
  try {
    shelf.setItem(DRAFT, JSON.stringify(draft));
  } catch {
    // No room for a draft: the page itself still holds it.
  }
}

function fill(draft) {
  for (const name of [...STORED, "client_id", "latitude", "longitude"]) {
    const said = draft[name] ?? "";
    const field = form.elements[name];
    if (!field || (name === "area" && !said)) continue;
    if (field instanceof RadioNodeList || field.type === "radio") {
      const options = field instanceof RadioNodeList ? [...field] : [field];
      for (const option of options) option.checked = option.value === said;
    } else field.value = said;
  }
  const office = form.querySelector(".offices .others");
  office.open = Boolean(value("accused"));
}

function forget() {
  try {
    shelf.removeItem(DRAFT);
  } catch {
    // Nothing was kept.
  }
}

function restore() {
  let draft = null;
  try {
    draft = JSON.parse(shelf.getItem(DRAFT) || "null");
  } catch {
    forget();
  }
  const hasWords = draft && STORED.some((name) => name !== "area" && draft[name]);
  if (!hasWords || step > FIRST) return;
  fill(draft);
  show(Number(draft.step) || FIRST, { focus: false });
  tell(words.restored);
}

let later = 0;
form.addEventListener("input", (event) => {
  clearTimeout(later);
  later = setTimeout(() => {
    save();
    if (event.target.name === "text") drawHints(all("[data-hints]"), value("text"), words);
  }, 400);
});

// --- place

const here = form.querySelector("[data-here]");
const hereSaid = form.querySelector("[data-here-said]");
if (isSecureContext && "geolocation" in navigator) {
  here.hidden = false;
  here.addEventListener("click", () => {
    hereSaid.textContent = words.locating;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        form.elements.latitude.value = coords.latitude.toFixed(3);
        form.elements.longitude.value = coords.longitude.toFixed(3);
        hereSaid.textContent = words.located;
        save();
      },
      () => (hereSaid.textContent = words.not_located),
      { enableHighAccuracy: false, timeout: 15_000, maximumAge: 300_000 },
    );
  });
}

// --- photos

const photoList = form.querySelector("[data-photo-list]");
form.querySelector("[data-photos]").hidden = false;
form.querySelector("[data-photo-input]").addEventListener("change", async (event) => {
  for (const file of [...event.target.files]) {
    if (photos.length >= settings.most_photos) {
      tell(words.photo_many.replace("%(number)s", settings.most_photos));
      break;
    }
    const small = await shrink(file);
    if (small) photos.push({ id: newId(), ...small });
    else tell(words.photo_large);
  }
  event.target.value = "";
  drawPhotos();
});

function drawPhotos() {
  photoList.replaceChildren(
    ...photos.map((photo, number) => {
      const row = document.createElement("li");
      const picture = document.createElement("img");
      picture.src = photo.data;
      picture.alt = `${words.photo} ${number + 1}`;
      const away = document.createElement("button");
      away.type = "button";
      away.className = "hp-btn";
      away.textContent = `${words.remove} ${words.photo.toLowerCase()} ${number + 1}`;
      away.addEventListener("click", () => {
        photos = photos.filter((other) => other.id !== photo.id);
        drawPhotos();
      });
      row.append(picture, away);
      return row;
    }),
  );
}

// --- sending

function kept(state) {
  const said = body();
  const item = {
    id: said.client_id,
    kind: "report",
    owner: settings.owner,
    state,
    body: said,
    photos,
    label: chosen("tile"),
    saved_at: said.sent_at,
  };
  const problem = put(item);
  if (problem) tell(problem);
  return item;
}

function begin() {
  form.reset();
  photos = [];
  drawPhotos();
  form.elements.client_id.value = newId();
  forget();
}

function after(name) {
  form.hidden = true;
  danger.hidden = false;
  if (links) links.hidden = true;
  for (const section of document.querySelectorAll("[data-after]")) section.hidden = section.dataset.after !== name;
  scrollTo(0, 0);
  document.querySelector(`[data-after="${name}"] h1`).focus();
}

async function send() {
  if (!value("text").trim()) {
    show(5);
    tell(words.text_needed);
    form.elements.text.focus();
    return;
  }
  const button = form.querySelector("[data-send]");
  button.disabled = true;
  tell(words.sending);
  const item = kept("waiting");
  const sent = await sendNow(item.id);
  button.disabled = false;
  if (sent.ok) showReceipt(sent);
  else if ([400, 413, 422].includes(sent.status)) {
    // The desk's own sentence; the words stay in the form.
    remove(item.id);
    show(5);
    tell(sent.reason);
    return;
  } else showKept(words.kept, sent.reason);
  begin();
}

function showReceipt(sent) {
  const code = document.getElementById("kode"); // a field member finds the report without it
  if (code) {
    code.textContent = sent.receipt;
    document.querySelector("[data-code-field]").value = sent.receipt;
  }
  const note = document.querySelector("[data-after-note]");
  note.textContent = [sent.photosWait && words.photos_wait, sent.contact_kept === false && words.contact_dropped].filter(Boolean).join(" ");
  note.hidden = !note.textContent;
  after("sent");
  tell(words.sent);
}

function showKept(title, why) {
  document.querySelector("[data-kept-title]").textContent = title;
  document.querySelector("[data-kept-why]").textContent = why === words.waiting ? "" : why;
  after("kept");
}

const keepButton = form.querySelector("[data-keep]");
keepButton.hidden = false;
form.querySelector("[data-offline-note]").hidden = false;
keepButton.addEventListener("click", () => {
  kept("held");
  showKept(words.kept_by_hand, "");
  begin();
});

document.addEventListener("lapor:open", ({ detail: item }) => {
  begin();
  fill({ ...item.body, area: item.body.area || "lain", client_id: item.id });
  photos = item.photos;
  drawPhotos();
  remove(item.id);
  for (const section of document.querySelectorAll("[data-after]")) section.hidden = true;
  form.hidden = false;
  show(LAST);
});

say.dataset.exitAgain = words.exit_again;
if (!form.elements.client_id.value) form.elements.client_id.value = newId();
restore();
show(step, { focus: false });
start();
