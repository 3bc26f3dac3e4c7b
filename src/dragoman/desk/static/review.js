// Keys of the review queue: j next, k back, y right, n wrong, u undo. Without them the buttons do the same.
"use strict";

(() => {
  let place = 0;
  const items = () => [...document.querySelectorAll("#queue [data-item]")];

  function choose(wanted, focus) {
    const all = items();
    if (!all.length) return;
    place = Math.min(Math.max(wanted, 0), all.length - 1);
    all.forEach((each, at) => each.classList.toggle("current", at === place));
    if (focus) {
      all[place].focus({ preventScroll: true });
      all[place].scrollIntoView({ block: "nearest" });
    }
  }

  function press(selector) {
    if (document.querySelector("#queue[aria-busy]")) return; // one decision at a time
    const found = selector === "[data-undo]" ? document.querySelector(selector) : items()[place]?.querySelector(selector);
    found?.click();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    const todo = {
      j: () => choose(place + 1, true),
      k: () => choose(place - 1, true),
      y: () => press('[data-key="y"]'),
      n: () => press('[data-key="n"]'),
      u: () => press("[data-undo]"),
    }[event.key];
    if (!todo) return;
    event.preventDefault();
    todo();
  });

  document.addEventListener("click", (event) => {
    const item = event.target.closest("#queue [data-item]");
    if (item) choose(items().indexOf(item), false);
    if (event.target.closest("[data-skip]")) {
      event.preventDefault();
      choose(place + 1, true);
    }
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id === "queue") choose(place, true);
  });

  choose(Math.max(items().findIndex((each) => `#${each.id}` === location.hash), 0), false);
})();
