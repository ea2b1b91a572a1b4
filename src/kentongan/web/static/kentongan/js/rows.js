// j and k walk through the rows of a list; Enter follows the link as ever. Off with the other single keys (shell.js).

const rows = [...document.querySelectorAll("[data-rows] [data-row]")];

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, select, textarea, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (localStorage.getItem("kentongan-keys-off") === "1") return;
  const step = { j: 1, k: -1 }[event.key.toLowerCase()];
  if (!step || rows.length === 0) return;
  event.preventDefault();
  const at = rows.indexOf(document.activeElement);
  const next = at < 0 ? 0 : Math.min(Math.max(at + step, 0), rows.length - 1);
  rows[next].focus();
});
