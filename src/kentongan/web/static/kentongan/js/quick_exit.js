// Keluar cepat: away to a neutral page at once, in place of this one, and nothing of an unsent public report stays.
// Works on [data-exit] and on Esc pressed twice. Without script the link itself leads there.

const TWICE_WITHIN = 1500;
const say = document.querySelector("[data-say]");
let pressed = 0;
export let leaving = false;

function leave(url) {
  leaving = true;
  document.body.hidden = true;
  document.title = "…";
  try {
    sessionStorage.clear();
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
  const away = () => location.replace(url);
  if (history.state?.lapor === undefined) return away();
  // One entry of ours lies below: go down to it first, then put the neutral page in its place.
  addEventListener("popstate", away, { once: true });
  setTimeout(away, 250);
  history.back();
}

for (const link of document.querySelectorAll("[data-exit]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave(link.href);
  });
}
document.addEventListener("keydown", (event) => {
  const link = document.querySelector("[data-exit]");
  if (event.key !== "Escape" || event.isComposing || !link) return;
  if (Date.now() - pressed < TWICE_WITHIN) leave(link.href);
  else if (say?.dataset.exitAgain) say.textContent = say.dataset.exitAgain;
  pressed = Date.now();
});
