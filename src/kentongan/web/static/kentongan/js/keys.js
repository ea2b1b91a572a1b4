// Keys of the inbox beyond those that shell.js clicks: digits, Shift, selecting, moving inside a group, closing.
// A single key never fires inside a field that takes text, and all of them can be switched off (WCAG 2.1.4).

import { closeAct, onArrival, onTheWay, openAct, step, toggleSimilar, toggleTogether } from "./inbox.js";

const keysOn = () => localStorage.getItem("kentongan-keys-off") !== "1";
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const TEXT = "textarea, select, [contenteditable], input:not([type=radio]):not([type=checkbox])";

const opened = () => document.querySelector("details.act[open]");
const help = document.getElementById("keys");

// Before shell.js, which would read Shift+K as K: moving up and making a claim are two things.
document.addEventListener("keydown", onKey, true);

function onKey(event) {
  if (event.isComposing) return;
  if (event.ctrlKey && event.shiftKey && event.key.toLowerCase() === "v") return go(event, "[data-paste]");
  if (event.key === "Escape") return onEscape(event);
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return send(event);
  if (event.ctrlKey || event.metaKey || event.altKey || help?.open) return;
  if (event.target.closest?.("[data-roving]") && inGroup(event)) return;
  if (event.target.closest?.(TEXT) || !keysOn()) return;
  // Keys struck while the next report is on its way belong to that report.
  if (onTheWay() && /^[a-z0-9]$/i.test(event.key) && !/^[jk]$/.test(event.key)) return act(event, () => onArrival(event));
  if (/^[0-9]$/.test(event.key)) return pick(event);
  if (event.shiftKey && event.key === "K") return press(event, "[data-key-shift=k]");
  if (event.key.toLowerCase() === "j" && !inForm(event)) return act(event, () => step(1));
  if (event.key === "k" && !inForm(event)) return act(event, () => step(-1));
  if (event.key === "X") return act(event, toggleSimilar);
  if (event.key === "x") return act(event, () => toggleTogether(rowNumber()));
  if (event.target.matches?.("input") && opened()) return letter(event);
}

// With a form open and the focus in it, moving on by a stray letter would lose the place.
function inForm(event) {
  return event.target.closest?.("details.act[open]") !== null && opened() !== null;
}

function act(event, what) {
  event.preventDefault();
  event.stopImmediatePropagation();
  what();
}

function go(event, selector) {
  const link = document.querySelector(selector);
  if (link) act(event, () => link.click());
}

function press(event, selector) {
  const found = all(selector).find((element) => element.getClientRects().length);
  if (found) act(event, () => found.click());
}

// The row that holds the focus, else the report that stands open.
function rowNumber() {
  return document.activeElement?.dataset?.number ?? "";
}

function onEscape(event) {
  const details = opened();
  if (!details || help?.open) return;
  act(event, () => closeAct(details));
}

function send(event) {
  const form = event.target.closest?.("details.act form") ?? opened()?.querySelector("form[data-decision], form");
  if (form) act(event, () => form.requestSubmit());
}

// A digit chooses in the form that is open; with none open, it opens the new event and chooses there.
function pick(event) {
  const details = opened() ?? document.getElementById("putusan-event");
  const option = details?.querySelector(`[data-digit="${event.key}"]`);
  if (!option) return;
  act(event, () => {
    if (!details.open) openAct(details, { focus: false });
    option.checked = true;
    option.dispatchEvent(new Event("change", { bubbles: true }));
    after(option).focus({ preventScroll: true });
  });
}

// After the type comes what was seen; elsewhere the choice is all that is needed, and Enter sends it.
function after(option) {
  if (option.value === "tolak") return option.form.elements.reason;
  if (option.name !== "type_code") return option;
  const other = option.form.elements.type_other;
  if (other) other.value = "";
  return option.form.querySelector("[data-roving] input") ?? option;
}

// On a radio button a letter is still a key of the page, but shell.js takes every input for a field of text.
function letter(event) {
  if (event.target.matches("[type=radio], [type=checkbox]")) press(event, `[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
}

// Inside a group of check boxes: arrows move, a letter jumps to the next word that begins with it, space ticks.
function inGroup(event) {
  const boxes = all("input[type=checkbox]", event.target.closest("[data-roving]"));
  const here = boxes.indexOf(event.target);
  if (here < 0) return false;
  const steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
  if (event.key in steps) {
    act(event, () => boxes[(here + steps[event.key] + boxes.length) % boxes.length].focus());
    return true;
  }
  if (!/^\p{L}$/u.test(event.key) || event.shiftKey) return false;
  const word = (box) => box.closest("label").textContent.trim().toLowerCase();
  const order = [...boxes.slice(here + 1), ...boxes.slice(0, here + 1)];
  const found = order.find((box) => word(box).startsWith(event.key.toLowerCase()));
  act(event, () => found?.focus());
  return true;
}

// Choosing from the long list takes the numbered choice back, and the other way round.
document.addEventListener("change", (event) => {
  if (event.target.name === "type_other" && event.target.value) {
    for (const radio of all("[name=type_code]", event.target.form)) radio.checked = false;
  } else if (event.target.name === "type_code") {
    event.target.form.elements.type_other.value = "";
  } else if (event.target.name === "day" && event.target.value) {
    const date = all("[name=until]", event.target.form).find((radio) => radio.value === "tanggal");
    if (date) date.checked = true;
  }
});

const helpButton = document.getElementById("keys-open");
if (help && helpButton) {
  helpButton.hidden = false;
  helpButton.addEventListener("click", () => help.showModal());
  help.querySelector("[data-close]").addEventListener("click", () => help.close());
}
