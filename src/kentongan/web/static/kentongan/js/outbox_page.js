// Phone pages beside the form: the outbox goes by itself, the connection is said in words, "aman" works without signal.

import { newId, put, sendNow, settings, start, words } from "./outbox.js";
import "./outbox_list.js";

const say = document.querySelector("[data-say]");

function showConnection() {
  for (const note of document.querySelectorAll("[data-net]")) {
    note.querySelector(".net").classList.toggle("net--off", !navigator.onLine);
    note.querySelector("[data-net-word]").textContent = navigator.onLine ? words.connected : words.no_signal;
  }
}
addEventListener("online", showConnection);
addEventListener("offline", showConnection);
showConnection();

for (const form of document.querySelectorAll("[data-nil]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const id = form.elements.client_id.value;
    const item = { id, kind: "nil", owner: settings.owner, state: "waiting", photos: [], saved_at: new Date().toISOString() };
    put({ ...item, body: { area: form.elements.area.value }, label: words.nil });
    form.closest("details").open = false;
    form.elements.client_id.value = newId();
    const sent = await sendNow(id);
    say.textContent = sent.ok ? words.nil_sent : words.kept;
    if (sent.ok) said(form, words.nil_sent);
  });
}

function said(form, text) {
  const note = document.createElement("p");
  note.className = "banner banner--ok";
  note.textContent = text;
  form.closest("details").replaceWith(note);
}

start();
