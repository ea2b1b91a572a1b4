// A button that opens the browser's print dialog; without a script the browser's own menu does the same.

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    button.closest("details")?.removeAttribute("open");
    print();
  });
}
