// The theme makes the buttons of code and the frames of wide tables when a page is shown: the first are no part of the navigation, the others are reached by keyboard.
function mend(part) {
  for (const each of part.querySelectorAll(".md-code__nav:not([role])")) each.setAttribute("role", "none");
  for (const each of part.querySelectorAll(".md-typeset__scrollwrap:not([tabindex])")) each.setAttribute("tabindex", "0");
}
mend(document);
new MutationObserver(() => mend(document)).observe(document.body, { childList: true, subtree: true });
