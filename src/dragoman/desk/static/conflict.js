// The slider of a conflict: shows the day while it moves, and asks for the state of that day when it stops.
"use strict";

document.documentElement.classList.add("scripts");

(() => {
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
  let waits = 0;

  const dayOf = (slide) => {
    const day = new Date(`${slide.dataset.first}T00:00:00Z`);
    day.setUTCDate(day.getUTCDate() + Number(slide.value));
    return day;
  };

  const show = (slide) => {
    const day = dayOf(slide);
    const words = `${DAYS[day.getUTCDay()]} ${day.getUTCDate()} ${MONTHS[day.getUTCMonth()]} ${day.getUTCFullYear()}`;
    document.getElementById("slide-day").textContent = words;
    slide.setAttribute("aria-valuetext", words);
    document.getElementById("as-of").value = slide.value === slide.max ? "" : day.toISOString().slice(0, 10);
  };

  document.addEventListener("input", (event) => {
    if (event.target.id === "slide") show(event.target);
  });

  // keys change it many times in a row: one request when they rest
  document.addEventListener("change", (event) => {
    if (event.target.id !== "slide") return;
    clearTimeout(waits);
    waits = setTimeout(() => event.target.form && event.target.form.requestSubmit(), 200);
  });

  // fields that are empty have no place in an address
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.target.id !== "clock") return;
    for (const name of ["as_of", "known"]) {
      if (!event.detail.parameters[name]) delete event.detail.parameters[name];
    }
  });
})();
