// Dragging over the timeline chooses a time; wheel and dragging move the map. Links and forms do the same without it.
"use strict";
(() => {
  const NEAR = 6;
  let drag = null;
  let swallow = false;

  // go to another address of this page, changing only the chart
  const go = (changes) => {
    const to = new URL(location.href);
    for (const name of ["at", "of", "page", "place"]) to.searchParams.delete(name);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) to.searchParams.delete(name);
      else to.searchParams.set(name, value);
    }
    to.hash = "";
    const link = document.createElement("a");
    link.href = to.pathname + to.search;
    for (const [name, value] of [["boost", "true"], ["target", "#chart"], ["select", "#chart"], ["swap", "outerHTML"]]) {
      link.setAttribute(`hx-${name}`, value);
    }
    document.getElementById("chart").append(link);
    htmx.process(link);
    link.click();
  };

  const at = (svg, event) => new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());

  // timeline
  const choose = (svg, from, to) => {
    const [left, right] = [Math.min(from, to), Math.max(from, to)];
    const bars = [...svg.querySelectorAll("a[data-start]")].filter((bar) => {
      const column = bar.querySelector(".column");
      const x = column.x.baseVal.value;
      return x < right && x + column.width.baseVal.value > left;
    });
    if (bars.length) go({ from: bars[0].dataset.start, to: bars[bars.length - 1].dataset.end, scale: null });
  };

  document.addEventListener("pointerdown", (event) => {
    const svg = event.target.closest ? event.target.closest("svg.bars") : null;
    if (!svg || event.button !== 0) return;
    drag = { svg, x: at(svg, event).x, client: event.clientX, far: false };
  });
  document.addEventListener("pointermove", (event) => {
    if (!drag) return;
    drag.far = drag.far || Math.abs(event.clientX - drag.client) > NEAR;
    const x = at(drag.svg, event).x;
    const mark = drag.svg.querySelector(".chosen");
    mark.setAttribute("x", Math.min(x, drag.x));
    mark.setAttribute("width", drag.far ? Math.abs(x - drag.x) : 0);
  });
  document.addEventListener("pointerup", (event) => {
    if (!drag) return;
    const { svg, x, far } = drag;
    drag = null;
    if (!far) return;
    swallow = true;
    setTimeout(() => { swallow = false; }, 0);
    choose(svg, x, at(svg, event).x);
  });
  document.addEventListener("pointercancel", () => {
    if (drag) drag.svg.querySelector(".chosen").setAttribute("width", 0);
    drag = null;
  });
  document.addEventListener("dragstart", (event) => {
    if (event.target.closest && event.target.closest("svg.bars, svg.map")) event.preventDefault();
  });
  // the click that ends a drag opens nothing
  document.addEventListener("click", (event) => {
    if (swallow && event.target.closest && event.target.closest("svg.bars, svg.map")) {
      event.preventDefault();
      event.stopPropagation();
    }
  }, true);
})();
