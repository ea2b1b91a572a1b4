// The verification desk beyond plain HTML: source after content, the next line opens itself, Ctrl+Enter sends.

// The source part opens once the content is graded; the day to look again, once it is needed. The server asks for both.
function follow(part, name, isWanted) {
  const inputs = [...part.closest("form").elements].filter((input) => input.name === name);
  const show = () => {
    part.hidden = !inputs.some((input) => input.checked && isWanted(input.value));
  };
  for (const input of inputs) input.addEventListener("change", show);
  show();
}
for (const part of document.querySelectorAll("[data-after]")) follow(part, part.dataset.after, () => true);
for (const part of document.querySelectorAll("[data-only]")) {
  if (!part.querySelector("[aria-invalid]")) follow(part, part.dataset.only, (value) => value === part.dataset.value);
}

// A key or link that leads to a folded part opens it and puts the focus on its first control.
function open(part) {
  const fold = part?.matches("details") ? part : part?.querySelector("details");
  if (!fold) return;
  fold.open = true;
  fold.querySelector("input:not([type=hidden]), textarea, select")?.focus();
}
for (const link of document.querySelectorAll("[data-opens]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const part = document.getElementById(link.dataset.opens);
    open(part);
    part.scrollIntoView({ block: "nearest" });
  });
}

// Ctrl+Enter sends the form one is writing in.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
  const form = event.target.closest?.("form[data-submit-keys], .checks form");
  if (!form) return;
  event.preventDefault();
  form.requestSubmit();
});
