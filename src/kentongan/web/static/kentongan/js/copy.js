// Copies the text of an element; the button shows itself only where a script runs. Without it: select and copy, or download.

for (const button of document.querySelectorAll("[data-copy]")) {
  const word = button.querySelector("[data-copy-word]");
  const source = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(source.textContent);
      word.textContent = button.dataset.copied;
    } catch {
      // Without HTTPS there is no clipboard: the text is selected, so that one key press copies it.
      getSelection().selectAllChildren(source);
      word.textContent = button.dataset.failed;
    }
  });
}
