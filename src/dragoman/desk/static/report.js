// A report with keys: j k y n e u ?. Everything they do, buttons and links of the page do, too.
"use strict";

(() => {
  const KEYS_OFF = "dragoman.keys.off";
  const cards = () => [...document.querySelectorAll(".card")];
  const on = () => localStorage.getItem(KEYS_OFF) !== "yes";
  let current = null; // id of the card that was chosen last

  const chosen = () => document.getElementById(current || "");
  const say = (words) => { document.getElementById("told").textContent = words; };

  function mark(card) {
    document.querySelectorAll(".card.now, mark.now").forEach((each) => each.classList.remove("now"));
    cards().forEach((each) => each.removeAttribute("aria-current"));
    if (!card) return;
    card.classList.add("now");
    card.setAttribute("aria-current", "true");
    const claim = card.id.slice(2);
    const said = [...document.querySelectorAll("mark[data-claims]")].filter((each) => each.dataset.claims.split(" ").includes(claim));
    said.forEach((each) => each.classList.add("now"));
    if (said[0]) said[0].scrollIntoView({ block: "nearest" });
  }

  function go(card) {
    if (!card) return;
    current = card.id;
    mark(card);
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  }

  function step(by) {
    const all = cards();
    if (!all.length) return say("This report has no claims.");
    const at = all.indexOf(chosen());
    const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by;
    if (next < 0 || next >= all.length) return say(by > 0 ? "This is the last claim." : "This is the first claim.");
    go(all[next]);
  }

  // sends a form and puts what changed in its place
  function send(form, words) {
    htmx.ajax("POST", form.getAttribute("action"), { source: form, target: "#reader", select: "#reader", swap: "outerHTML" })
      .then(() => { say(words); const card = chosen(); if (card) go(card); });
  }

  function decide(key, words) {
    const card = chosen();
    if (!card) return say("Choose a claim first: j is the next one.");
    const form = card.querySelector(`form[data-does="${key}"]`);
    if (!form) return say("It was decided before: undo that first.");
    send(form, words);
  }

  const DO = {
    j: () => step(1),
    k: () => step(-1),
    y: () => decide("y", "Kept: the claim is right."),
    n: () => decide("n", "Kept: the claim is wrong. It counts no more; u takes that back."),
    e: () => {
      const edit = chosen() && chosen().querySelector(".edit");
      if (edit) location.assign(edit.href); else say("Choose a claim first: j is the next one.");
    },
    u: () => {
      const form = document.querySelector("#undo-last form");
      if (form) send(form, "Your last decision is taken back."); else say("You have no decision to take back.");
    },
    "?": () => {
      const help = document.getElementById("keys-help");
      help.hidden = !help.hidden;
      document.querySelector('[data-key="?"]').setAttribute("aria-expanded", String(!help.hidden));
    },
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !DO[event.key]) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    if (!on() && event.key !== "?") return;
    event.preventDefault();
    DO[event.key]();
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-key]");
    if (button) DO[button.dataset.key]();
  });

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("#reader form");
    if (!form || form.method !== "post") return;
    event.preventDefault();
    const card = form.closest(".card");
    current = card ? card.id : null;
    send(form, "Kept.");
  });

  document.addEventListener("focusin", (event) => {
    const card = event.target.closest(".card");
    if (card && card.id !== current) { current = card.id; mark(card); }
    near(event.target.closest("mark[data-claims]"));
  });
  document.addEventListener("mouseover", (event) => near(event.target.closest("mark[data-claims]")));

  // shows beside the text the claims of the sentence that is looked at
  function near(said) {
    document.querySelectorAll(".card.near").forEach((each) => each.classList.remove("near"));
    if (!said) return;
    const found = said.dataset.claims.split(" ").map((claim) => document.getElementById(`c-${claim}`)).filter(Boolean);
    found.forEach((card) => card.classList.add("near"));
    const beside = document.querySelector(".beside");
    if (found[0] && beside.scrollHeight > beside.clientHeight) {
      beside.scrollTop += found[0].getBoundingClientRect().top - beside.getBoundingClientRect().top - 8;
    }
  }

  // a sentence without a claim has its place only once the text was read again
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id === "text" && location.hash.startsWith("#s")) {
      document.getElementById(location.hash.slice(1))?.scrollIntoView({ block: "center" });
    }
  });

  document.addEventListener("DOMContentLoaded", () => {
    document.getElementById("keys").hidden = false;
    const box = document.getElementById("keys-on");
    box.checked = on();
    box.addEventListener("change", () => localStorage.setItem(KEYS_OFF, box.checked ? "no" : "yes"));
    if (location.hash.startsWith("#c-")) go(document.getElementById(location.hash.slice(1)));
  });
})();
