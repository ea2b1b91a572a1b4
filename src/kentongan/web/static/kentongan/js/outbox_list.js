// Shows the outbox wherever a page has room for it ([data-outbox]): each item with its state and what can be done.

import { isBusy, isMine, items, onChange, remove, sendNow, settings, words } from "./outbox.js";

const places = [...document.querySelectorAll("[data-outbox]")];

function made(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

function button(text, act, className = "hp-btn") {
  const element = made("button", className, text);
  element.type = "button";
  element.addEventListener("click", act);
  return element;
}

function stateOf(item) {
  if (isBusy(item.id)) return words.sending;
  if (!isMine(item)) return settings.owner ? words.other_owner : words.sign_in_first;
  if (item.state === "held") return words.held;
  if (item.state === "sign_in") return words.sign_in_first;
  if (item.state === "photos") return words.photos_wait;
  if (item.state === "sent") return words.sent;
  return item.reason || words.waiting;
}

function deleteButton(item) {
  let asked = false;
  const element = button(item.state === "sent" ? words.noted : words.delete, () => {
    if (asked || item.state === "sent") return remove(item.id);
    asked = true;
    element.textContent = words.delete_sure;
  });
  return element;
}

function actsOf(item) {
  const acts = made("div", "acts");
  const needsSignIn = item.owner && !settings.owner;
  if (needsSignIn) {
    const link = made("a", "hp-btn", words.sign_in);
    link.href = `${settings.sign_in}?next=${encodeURIComponent(location.pathname)}`;
    acts.append(link);
  } else if (item.state !== "sent" && isMine(item)) {
    const send = button(words.send_now, () => sendNow(item.id, { quiet: true }));
    send.disabled = isBusy(item.id);
    acts.append(send);
  }
  if (item.kind === "report" && ["held", "refused"].includes(item.state) && isMine(item)) {
    const open = new CustomEvent("lapor:open", { detail: item, cancelable: true });
    if (document.querySelector("[data-lapor]")) acts.append(button(words.open, () => document.dispatchEvent(open)));
  }
  acts.append(deleteButton(item));
  return acts;
}

function line(item) {
  const row = made("li", "outbox");
  const text = made("div");
  const at = new Date(item.saved_at);
  const clock = Number.isNaN(at.getTime()) ? "" : at.toLocaleTimeString("id-ID", { hour: "2-digit", minute: "2-digit" });
  text.append(made("b", "", [item.label || words.report, clock].filter(Boolean).join(" · ")));
  text.append(made("small", "", stateOf(item)));
  if (item.receipt && !item.owner) text.append(made("span", "code", item.receipt));
  row.append(text, actsOf(item));
  return row;
}

export function draw() {
  const list = items();
  for (const place of places) {
    const rows = made("ul", "outbox-list");
    rows.append(...list.map(line));
    place.replaceChildren(...(list.length ? [rows] : []));
  }
}

onChange(draw);
draw();
