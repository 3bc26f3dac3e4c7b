// What all pages share. No page needs it: without scripts, links and forms do the same.
"use strict";

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
htmx.config.allowScriptTags = false;
htmx.config.historyCacheSize = 0;
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "[23]..", swap: true },
  { code: "[45]..", swap: true, error: true, target: "#told" },
];

document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector('meta[name="csrf"]');
  if (token && token.content) event.detail.headers["X-CSRF-Token"] = token.content;
});

document.addEventListener("htmx:beforeRequest", (event) => {
  event.detail.target.setAttribute("aria-busy", "true");
});
document.addEventListener("htmx:afterRequest", (event) => {
  event.detail.target.removeAttribute("aria-busy");
});
document.addEventListener("htmx:sendError", () => {
  document.getElementById("told").textContent = "The desk does not answer. Is it still running?";
});

// Who is in a part that is put in anew keeps the keyboard there; htmx itself finds again what has an id.
let kept = null;
document.addEventListener("htmx:beforeSwap", (event) => {
  const part = event.detail.target;
  kept = part.contains(document.activeElement) ? document.activeElement.id || part.id : null;
});
document.addEventListener("htmx:afterSettle", () => {
  const found = kept && document.activeElement === document.body ? document.getElementById(kept) : null;
  kept = null;
  if (!found) return;
  if (!found.matches("a[href], button, input, select, textarea, summary, [tabindex]")) found.tabIndex = -1;
  found.focus({ preventScroll: true });
});

// In print, what is folded is shown, and folded again after it.
let folded = [];
addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("main details:not([open], .no-print, .noting)")];
  folded.forEach((each) => { each.open = true; });
});
addEventListener("afterprint", () => { folded.forEach((each) => { each.open = false; }); folded = []; });

// <select data-go>, <input data-go>: a form that is sent as soon as something is chosen
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-go]")) event.target.form.requestSubmit();
});
