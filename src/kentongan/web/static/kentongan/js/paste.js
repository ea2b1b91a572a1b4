// Entry pages by keyboard: Ctrl+Enter sends from any field, once. Without this script the button does.

const form = document.querySelector("[data-entry]");

form?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector("button[type=submit]"));
});

// A second press while the first one travels would only make the person wait twice.
form?.addEventListener("submit", (event) => {
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
});

// Coming back with the browser's own button: the form may be sent again.
addEventListener("pageshow", () => form && delete form.dataset.sent);
