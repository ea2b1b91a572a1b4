// What to leave out, and where else a matter may go: the same lists as on the server, asked while one writes.

const source = document.getElementById("lapor-petunjuk");
const lists = source ? JSON.parse(source.textContent) : null;
const anyOf = (listed) =>
  new RegExp(`(?<![\\p{L}\\p{N}_])(?:${listed.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})(?![\\p{L}\\p{N}_])`, "iu");
const rules = lists && {
  identifiers: lists.identifiers.map((pattern) => new RegExp(pattern)),
  sexual: anyOf(lists.sexual),
  force: anyOf(lists.force),
  scope: Object.entries(lists.scope).map(([code, listed]) => [code, anyOf(listed)]),
};

export function hintsFor(text) {
  if (!rules || !text.trim()) return [];
  const found = [];
  if (rules.identifiers.some((rule) => rule.test(text))) found.push("identifiers");
  if (rules.sexual.test(text)) found.push("sexual_violence");
  else if (!rules.force.test(text)) {
    const scope = rules.scope.find(([, rule]) => rule.test(text));
    if (scope) found.push(scope[0]);
  }
  return found.map((code) => lists.hints[code]).filter(Boolean);
}

export function drawHints(places, text, words) {
  const found = hintsFor(text);
  const key = found.map((hint) => hint.title).join();
  for (const place of places) {
    if (place.dataset.shown === key) continue; // said once; a reader is not told again with every letter
    place.dataset.shown = key;
    place.replaceChildren(
      ...found.map((hint) => {
        const box = document.createElement("div");
        const line = document.createElement("p");
        const title = document.createElement("b");
        box.className = "banner banner--warn";
        title.textContent = hint.title;
        line.append(title, ` ${hint.words}`);
        if (hint.refers.length) line.append(` ${words.refers} ${hint.refers.join(", ")}.`);
        box.append(line);
        return box;
      }),
    );
  }
}
