// What the shell does beyond plain HTML: connection state, menus, keys, theme. Every page works without this file.

const root = document.documentElement;
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

// Connection state: the word changes, not only the dot.
function showConnection() {
  for (const note of all("[data-net]")) {
    const word = note.querySelector("[data-off]");
    note.classList.toggle("bar-note--off", !navigator.onLine);
    note.querySelector(".net").classList.toggle("net--off", !navigator.onLine);
    word.textContent = navigator.onLine ? word.dataset.on : word.dataset.off;
  }
}
addEventListener("online", showConnection);
addEventListener("offline", showConnection);
showConnection();

// Menus are details elements: close them on a click elsewhere and on Escape.
document.addEventListener("click", (event) => {
  for (const menu of all("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});

// Single-key shortcuts: an element with data-key gets the focus (inputs) or the click. Can be switched off (WCAG 2.1.4).
const KEYS_OFF = "kentongan-keys-off";
const keysOn = () => localStorage.getItem(KEYS_OFF) !== "1";
for (const toggle of all("[data-shortcuts]")) {
  const show = () => toggle.setAttribute("aria-pressed", String(keysOn()));
  toggle.hidden = false;
  toggle.addEventListener("click", () => {
    localStorage.setItem(KEYS_OFF, keysOn() ? "1" : "0");
    show();
  });
  show();
}
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const menu = event.target.closest?.("details.menu[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
    return;
  }
  const typing = event.target.closest?.("input, select, textarea, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !keysOn()) return;
  const key = event.key.toLowerCase();
  const found = all("[data-key]").find((element) => element.dataset.key === key && element.getClientRects().length);
  if (!found) return;
  event.preventDefault();
  if (found.matches("input, select, textarea")) found.focus();
  else found.click();
});

// Theme: change at once; the form post does the same without script. The server writes data-theme from the cookie.
for (const form of all("[data-theme-form]")) {
  form.addEventListener("submit", (event) => {
    const chosen = event.submitter?.value;
    if (!chosen) return;
    event.preventDefault();
    const lasting = chosen === "auto" ? "max-age=0" : "max-age=31536000";
    document.cookie = `kentongan_theme=${chosen}; path=/; ${lasting}; samesite=lax`;
    if (chosen === "auto") delete root.dataset.theme;
    else root.dataset.theme = chosen;
    for (const button of all("[data-theme-form] [name=theme]")) {
      button.setAttribute("aria-pressed", String(button.value === chosen));
    }
  });
}

// Toasts can be put away; an error summary takes the focus, so that it is read first.
for (const button of all("[data-dismiss]")) {
  button.hidden = false;
  button.addEventListener("click", () => button.closest(".toast-at").remove());
}
document.querySelector("[data-error-summary]")?.focus();
