/** Moves the focus to the list of mistakes of a form that was sent back, so that nobody misses it. */

document.querySelector("[data-error-summary]")?.focus();
