// Takes out of the page what may be seen only for a while. Without script the server's Refresh header leads away.

for (const shown of document.querySelectorAll("[data-hide-after]")) {
  const until = Date.now() + Number(shown.dataset.hideAfter) * 1000;
  const note = document.getElementById(shown.dataset.hideNote);
  const hide = () => {
    if (!shown.isConnected) return;
    shown.remove();
    note.hidden = false;
  };
  // A timer alone would sleep with the computer: the clock is asked, also when the page comes back to the front.
  const check = () => Date.now() >= until && hide();
  setInterval(check, 1000);
  document.addEventListener("visibilitychange", check);
  // Going away counts as closing: the browser may keep the page for its back button.
  addEventListener("pagehide", hide);
  const now = shown.querySelector("[data-hide-now]");
  now.hidden = false;
  now.addEventListener("click", () => {
    hide();
    note.focus();
  });
}
