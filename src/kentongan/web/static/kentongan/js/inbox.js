// The inbox while a script runs: panes are swapped instead of pages, the queue is asked for what changed, decisions
// count down. Everything here also works as plain links and forms; nothing here decides anything.

const POLL_SECONDS = 5;
const PRESENCE_SECONDS = 40;
const byId = (id) => document.getElementById(id);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

// What people reported must not stay in the browser's storage: going back asks the server again.
htmx.config.historyCacheSize = 0;
htmx.config.refreshOnHistoryMiss = true;

// --- what is said aloud -------------------------------------------------------------------------------------------

function say(words) {
  byId("inbox-says").textContent = words;
}

// --- reports decided together -------------------------------------------------------------------------------------

const together = new Set();

function openNumber() {
  return byId("item")?.dataset.number ?? "";
}

export function toggleTogether(number) {
  if (!number) return;
  if (!together.delete(number)) together.add(number);
  showTogether();
}

export function toggleSimilar() {
  const boxes = all("[data-together]").map((box) => box.dataset.together);
  const everyOne = boxes.every((number) => together.has(number));
  for (const number of boxes) everyOne ? together.delete(number) : together.add(number);
  showTogether();
}

function showTogether() {
  for (const row of all("#queue [data-number]")) row.classList.toggle("lrow--picked", together.has(row.dataset.number));
  for (const box of all("[data-together]")) box.checked = together.has(box.dataset.together);
  const words = byId("together-words");
  if (!words) return;
  const others = [...together].filter((number) => number !== openNumber());
  words.hidden = others.length === 0;
  words.textContent = `${words.dataset.words} ${others.map((number) => `LP-${number}`).join(", ")}`;
  say(others.length ? words.textContent : "");
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-together]")) toggleTogether(event.target.dataset.together);
});

// --- forms of the decisions -----------------------------------------------------------------------------------------

export function openAct(details, { focus = true } = {}) {
  for (const other of all("details.act[open]")) if (other !== details) other.open = false;
  details.open = true;
  showOpenAct();
  if (focus) focusFirst(details);
}

export function closeAct(details) {
  details.open = false;
  showOpenAct();
  byId("item")?.focus({ preventScroll: true });
}

// While a form is open the other buttons make room, and what was reported stays in sight above it.
function showOpenAct() {
  const bar = document.querySelector(".decide");
  if (!bar) return;
  const open = bar.querySelector("details.act[open]") !== null;
  bar.classList.toggle("decide--open", open);
  if (open) document.querySelector("#item .report-text")?.scrollIntoView({ block: "start" });
}

function focusFirst(details) {
  const first = details.querySelector("[data-first]") ?? details.querySelector("input:not([type=hidden]), select, textarea");
  first?.focus({ preventScroll: true });
  details.scrollIntoView({ block: "nearest" });
}

document.addEventListener("click", (event) => {
  const summary = event.target.closest("details.act > summary");
  if (summary) {
    event.preventDefault();
    const details = summary.parentElement;
    details.open ? closeAct(details) : openAct(details);
  }
  const fill = event.target.closest("[data-fill]");
  if (fill) {
    const field = fill.closest("form").elements[fill.dataset.fill];
    field.value = fill.dataset.value;
    field.focus();
  }
  if (event.target.closest("[data-together-all]")) toggleSimilar();
});

document.addEventListener("change", (event) => {
  const group = event.target.closest("[data-copies-to]");
  if (group && event.target.checked) byId(group.dataset.copiesTo).value = event.target.nextElementSibling.nextElementSibling.textContent;
});

// --- panes ----------------------------------------------------------------------------------------------------------

function afterPanes() {
  for (const element of all("[data-fill], [data-together], [data-together-all]")) element.hidden = false;
  for (const plain of all("[data-together-plain]")) plain.hidden = true;
  for (const group of all("[data-roving]")) oneStop(group);
  showTogether();
  showOpenAct();
  startCountdown();
}

// --- moving along the queue ---------------------------------------------------------------------------------------

let goal = ""; // the report that was asked for last
let travelling = false;
let struck = [];

// The next row after the one that is open, or on its way: several quick strokes move several rows.
export function step(by) {
  const rows = all("#queue [data-number]");
  const here = rows.findIndex((row) => row.dataset.number === (goal || openNumber()));
  const row = rows[here + by];
  const link = row ?? document.querySelector(`#item [data-step=${by > 0 ? "j" : "k"}]`);
  if (!link) return;
  goal = row?.dataset.number ?? "";
  // One request at a time: what is wanted by then is asked for when the one on its way has come.
  if (!travelling) link.click();
}

// Keys struck while a report is on its way belong to that report, and are pressed when it is there.
export const onTheWay = () => travelling;

export function onArrival({ key, shiftKey }) {
  struck.push({ key, shiftKey });
}

function arrived() {
  travelling = false;
  goal = "";
  const keys = struck;
  struck = [];
  for (const { key, shiftKey } of keys) {
    const target = document.activeElement ?? document.body;
    target.dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey, bubbles: true, cancelable: true }));
  }
}

function stranded() {
  travelling = false;
  goal = "";
  struck = [];
  const item = byId("item");
  if (!item) return;
  item.inert = false;
  if (left?.isConnected) left.focus({ preventScroll: true });
}

let left = null;

// Until the next report is there, nobody can decide the one that is about to go.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.target?.id !== "item") return;
  travelling = true;
  left = document.activeElement;
  byId("item").inert = true;
});

// A group of check boxes is one stop for the Tab key; inside it arrows and letters move (keys.js).
function oneStop(group) {
  const boxes = all("input[type=checkbox]", group);
  for (const box of boxes) box.tabIndex = box === boxes[0] ? 0 : -1;
  group.addEventListener("focusin", (event) => {
    if (!boxes.includes(event.target)) return;
    for (const box of boxes) box.tabIndex = box === event.target ? 0 : -1;
  });
}

function markOpen() {
  const number = openNumber();
  for (const row of all("#queue [data-number]")) {
    const open = row.dataset.number === number;
    row.classList.toggle("lrow--sel", open);
    open ? row.setAttribute("aria-current", "true") : row.removeAttribute("aria-current");
    if (open) row.scrollIntoView({ block: "nearest" });
  }
}

document.addEventListener("htmx:configRequest", (event) => {
  const form = event.detail.elt;
  if (event.detail.verb === "post" && form.matches?.("[data-decision]")) {
    const others = [...together].filter((number) => number !== openNumber());
    if (others.length) event.detail.parameters.bersama = others;
  }
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, target } = event.detail;
  if (target?.id !== "item") return;
  event.detail.selectOverride = "#item";
  // A form that was refused, or came too late, comes back with its sentence.
  if (xhr.status === 422 || xhr.status === 409) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
  // A log-in page, or an error without an item: nothing on this page is replaced, so that nothing typed is lost.
  if (!xhr.responseText.includes('id="item"')) {
    event.detail.shouldSwap = false;
    lost(xhr);
  }
});

function lost(xhr) {
  stranded();
  const words = byId("inbox-words").dataset;
  const sentence = xhr && xhr.status && xhr.status < 400 ? words.signedOut : words.notSent;
  const note = byId("inbox-lost");
  note.hidden = false;
  note.querySelector("span").textContent = sentence;
  say(sentence);
}

document.addEventListener("htmx:sendError", (event) => {
  if (event.detail.target?.id === "item") lost(null);
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id !== "item") return;
  byId("inbox-lost").hidden = true;
  const decided = event.detail.requestConfig?.verb === "post";
  if (decided && event.detail.xhr.status === 200) together.clear();
  byId("panes").classList.add("inbox--chosen");
});

// After the new pane has settled: say what happened, and put the focus where the next key belongs.
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id === "item") {
    // Two open forms of one name cannot stand beside each other: the browser closes the one that is swapped in.
    const returned = document.querySelector("#item details[data-opened]");
    if (returned) returned.open = true;
    afterPanes();
    markOpen();
    const further = goal && goal !== openNumber() && byId(`lp-${goal}`);
    if (further) {
      further.click();
      return;
    }
    const summary = document.querySelector("#item [data-error-summary]");
    if (summary) {
      summary.focus();
    } else {
      byId("item")?.focus({ preventScroll: true });
      const said = document.querySelector("#item [data-said]")?.textContent ?? "";
      say([said, byId("item-h")?.textContent ?? ""].filter(Boolean).join(" "));
    }
    beat();
    arrived();
  } else if (event.target.id === "context") {
    afterPanes();
  }
});

// --- the countdown of the last decision -------------------------------------------------------------------------------

let counting = 0;

function startCountdown() {
  clearInterval(counting);
  const toast = document.querySelector("[data-toast]");
  if (!toast) return;
  const until = Date.now() + Number(toast.dataset.seconds) * 1000;
  const tick = () => {
    const left = Math.max(0, Math.round((until - Date.now()) / 1000));
    const shown = toast.querySelector("[data-left]");
    if (shown) shown.textContent = `${left} s`;
    if (left > 0) return;
    clearInterval(counting);
    const held = toast.contains(document.activeElement);
    toast.remove();
    if (held) byId("item")?.focus({ preventScroll: true });
  };
  counting = setInterval(tick, 1000);
  tick();
}

// --- what changed since the last look: asked for, never held open -----------------------------------------------------

let asking = false;

async function poll() {
  const queue = byId("queue");
  if (!queue || document.hidden || asking) return;
  asking = true;
  const address = new URL(queue.dataset.poll, location.href);
  address.searchParams.set("terbuka", openNumber() || "0");
  try {
    const answer = await fetch(address, {
      headers: { "If-None-Match": `"${queue.dataset.mark}"`, "HX-Request": "true" },
      redirect: "error",
      cache: "no-store",
    });
    connected(answer.ok || answer.status === 304);
    // A row that was just clicked must not be taken away under its own request.
    if (answer.status === 200 && !travelling) replaceQueue(await answer.text());
  } catch {
    connected(false);
  } finally {
    asking = false;
  }
}

function replaceQueue(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("queue");
  const old = byId("queue");
  if (!fresh || !old) return;
  const held = old.contains(document.activeElement) ? document.activeElement.id : "";
  const pane = old.closest(".pane");
  const { scrollTop } = pane;
  const more = Number(fresh.dataset.newest) > Number(old.dataset.newest);
  old.replaceWith(document.adoptNode(fresh));
  htmx.process(fresh);
  pane.scrollTop = scrollTop;
  // The focus stays where it was; what is new is told, never jumped to.
  if (held) byId(held)?.focus({ preventScroll: true });
  if (more) say(`${fresh.dataset.newWords} ${fresh.querySelector(".queue-foot span").textContent.trim()}`);
  showRows();
}

function showRows() {
  for (const row of all("#queue [data-number]")) row.classList.toggle("lrow--picked", together.has(row.dataset.number));
}

function connected(yes) {
  for (const note of all("[data-poll-off]")) note.hidden = yes;
  // The word in the top bar follows what was really answered, not only what the browser believes.
  for (const note of all("[data-net]")) {
    const word = note.querySelector("[data-off]");
    note.classList.toggle("bar-note--off", !yes);
    note.querySelector(".net").classList.toggle("net--off", !yes);
    word.textContent = yes ? word.dataset.on : word.dataset.off;
  }
}

setInterval(poll, POLL_SECONDS * 1000);
document.addEventListener("visibilitychange", () => !document.hidden && poll());
addEventListener("offline", () => connected(false));
addEventListener("online", poll);

// --- "I am on it" -----------------------------------------------------------------------------------------------------

async function beat() {
  const item = byId("item");
  const address = item?.dataset.presence;
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
  // Only an item that is seen is worked on: on a phone the queue stands alone.
  if (!address || !token || document.hidden || !item.getClientRects().length) return;
  try {
    const answer = await fetch(address, { method: "POST", headers: { "X-CSRFToken": token }, redirect: "error" });
    if (answer.status !== 200) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("present");
    const shown = byId("present");
    if (!fresh || !shown || fresh.textContent.trim() === shown.textContent.trim()) return;
    shown.replaceWith(document.adoptNode(fresh));
    htmx.process(fresh);
    if (fresh.textContent.trim()) say(fresh.textContent.trim());
  } catch {
    connected(false);
  }
}

setInterval(beat, PRESENCE_SECONDS * 1000);
afterPanes();
beat();
