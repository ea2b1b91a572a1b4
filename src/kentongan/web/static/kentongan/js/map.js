// Larger, smaller, aside: all of it changes the viewBox. Without this file the map is whole, and every region is a link closer.

for (const wrap of document.querySelectorAll("[data-map-wrap]")) {
  const map = wrap.querySelector("[data-map]");
  const controls = wrap.querySelector("[data-map-controls]");
  const [, , width, height] = map.getAttribute("viewBox").split(" ").map(Number);
  const largest = 8;
  let x = 0, y = 0, factor = 1;

  const show = () => {
    const wide = width / factor, tall = height / factor;
    x = Math.min(Math.max(x, 0), width - wide);
    y = Math.min(Math.max(y, 0), height - tall);
    map.setAttribute("viewBox", `${x} ${y} ${wide} ${tall}`);
    // Signs and words keep their size on the screen; extents grow with the ground.
    map.style.setProperty("--map-factor", 1 / factor);
  };
  const zoom = (by) => {
    const middleX = x + width / factor / 2, middleY = y + height / factor / 2;
    factor = Math.min(Math.max(factor * by, 1), largest);
    x = middleX - width / factor / 2;
    y = middleY - height / factor / 2;
    show();
  };
  const move = (dx, dy) => {
    x += (dx * width) / factor / 5;
    y += (dy * height) / factor / 5;
    show();
  };
  const whole = () => { factor = 1; show(); };
  const doing = { in: () => zoom(1.6), out: () => zoom(1 / 1.6), whole };
  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  controls.hidden = false;
  for (const button of controls.querySelectorAll("[data-map-do]")) {
    button.addEventListener("click", () => doing[button.dataset.mapDo]());
  }
  // Arrows move the map while the focus is on it or on its buttons, and only when there is something aside to see.
  wrap.addEventListener("keydown", (event) => {
    const way = moves[event.key];
    if (!way || factor === 1 || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    move(...way);
  });
  // A sign that gets the focus outside the window is brought into it.
  map.addEventListener("focusin", (event) => {
    const place = event.target.querySelector("g[transform]")?.getAttribute("transform").match(/-?[\d.]+/g);
    if (!place || factor === 1) return;
    const [signX, signY] = place.map(Number);
    if (signX >= x && signX <= x + width / factor && signY >= y && signY <= y + height / factor) return;
    x = signX - width / factor / 2;
    y = signY - height / factor / 2;
    show();
  });
}
