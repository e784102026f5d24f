/**
 * Takes whoever has sent a form with a mistake to the first field that has one: opens its window, tab and
 * folded panels, and puts the cursor there.
 */

const CONTROL = "input:not([type=hidden], :disabled), select, textarea, [contenteditable=true], button";
const MISTAKE = ":is(.error-message, .help-critical):not([hidden])";

/** What can be filled in for a mistake that is said somewhere: of its field, or of its row. */
function fieldOf(mistake) {
  const said = mistake.closest("[data-field]")?.querySelector("[data-field-input]") ?? mistake.closest("[data-inline-panel-child], [data-panel], section");
  return said?.querySelector(CONTROL) ?? null;
}

function open(field) {
  const window_ = field.closest(".w-dialog");
  if (window_?.getAttribute("aria-hidden") === "true") window_.dispatchEvent(new CustomEvent("w-dialog:show"));
  const tab = field.closest("[role=tabpanel]");
  if (tab?.id) document.querySelector(`[role=tab][href="#${CSS.escape(tab.id)}"]:not([aria-selected=true])`)?.click();
  for (let panel = field.closest(".w-panel"); panel; panel = panel.parentElement.closest(".w-panel")) {
    panel.querySelector("[data-panel-toggle][aria-expanded=false]")?.click();
  }
}

/** Put the cursor into a field as soon as it is shown: a window or a tab takes a moment to open. */
function goTo(field, tries = 20) {
  field.scrollIntoView({ behavior: "instant", block: "center" });
  field.focus({ preventScroll: true });
  if (document.activeElement !== field && tries) setTimeout(goTo, 50, field, tries - 1);
}

function goToFirstMistake() {
  const field = [...document.querySelectorAll(`main ${MISTAKE}`)].map(fieldOf).find(Boolean);
  if (!field) return;
  open(field);
  goTo(field);
}

// The editor draws its fields, and puts its windows where they belong, once the page is there.
addEventListener("load", () => setTimeout(goToFirstMistake));
