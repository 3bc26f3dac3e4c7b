// Dragging over the timeline chooses a time; wheel and dragging move the map. Links and forms do the same without it.
"use strict";
(() => {
  const NEAR = 6;
  let drag = null;
  let swallow = false;

  // go to another address of this page, changing only the chart
  const go = (changes) => {
    const to = new URL(location.href);
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
    if (bars.length) go({ from: bars[0].dataset.start, to: bars[bars.length - 1].dataset.end, scale: null, at: null, of: null, page: null });
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

  // map: its box is kept in degrees; north is stretched as Mercator does
  let pan = null;
  let wheel = null;

  const boxOf = (svg) => {
    const { x, y, width, height } = svg.viewBox.baseVal;
    const [wide, tall] = svg.dataset.size.split(" ").map(Number);
    const { west, east, south, north } = Object.fromEntries(Object.entries(svg.dataset).map(([k, v]) => [k, Number(v)]));
    const across = (at) => west + (at / wide) * (east - west);
    const up = (at) => (Math.atan(Math.sinh(((north - (at / tall) * (north - south)) * Math.PI) / 180)) * 180) / Math.PI;
    return [across(x), up(y + height), across(x + width), up(y)].map((part) => Number(part.toFixed(3))).join(",");
  };
  const look = (svg, x, y, width, height) => svg.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
  const mapAt = (event) => (event.target.closest ? event.target.closest("svg.map") : null);

  document.addEventListener("pointerdown", (event) => {
    const svg = mapAt(event);
    if (!svg || event.button !== 0) return;
    const { x, y, width, height } = svg.viewBox.baseVal;
    pan = { svg, client: [event.clientX, event.clientY], from: [x, y, width, height], far: false };
  });
  document.addEventListener("pointermove", (event) => {
    if (!pan) return;
    const [x, y, width, height] = pan.from;
    const right = event.clientX - pan.client[0];
    const down = event.clientY - pan.client[1];
    pan.far = pan.far || Math.hypot(right, down) > NEAR;
    if (!pan.far) return;
    const per = width / pan.svg.clientWidth;
    pan.svg.classList.add("moved");
    look(pan.svg, x - right * per, y - down * per, width, height);
  });
  document.addEventListener("pointerup", () => {
    if (!pan) return;
    const { svg, far } = pan;
    pan = null;
    svg.classList.remove("moved");
    if (!far) return;
    swallow = true;
    setTimeout(() => { swallow = false; }, 0);
    go({ box: boxOf(svg) });
  });
  document.addEventListener("pointercancel", () => {
    if (pan) look(pan.svg, ...pan.from);
    pan = null;
  });
  document.addEventListener("wheel", (event) => {
    const svg = mapAt(event);
    if (!svg || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    const { x, y, width, height } = svg.viewBox.baseVal;
    const point = at(svg, event);
    const by = event.deltaY < 0 ? 0.8 : 1.25;
    look(svg, point.x - (point.x - x) * by, point.y - (point.y - y) * by, width * by, height * by);
    clearTimeout(wheel);
    wheel = setTimeout(() => go({ box: boxOf(svg) }), 300);
  }, { passive: false });

  // the click that ends a drag opens nothing
  document.addEventListener("click", (event) => {
    if (swallow && event.target.closest && event.target.closest("svg.bars, svg.map")) {
      event.preventDefault();
      event.stopPropagation();
    }
  }, true);
})();
