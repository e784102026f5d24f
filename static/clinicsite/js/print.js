/**
 * Opens the print dialogue of a leaflet: at once where its link asked for it (`#print`), else by its button.
 *
 *   <button type="button" data-print hidden>Print</button>
 */

async function printWhenReady() {
  await Promise.all([document.fonts?.ready, ...[...document.images].map((image) => image.decode().catch(() => {}))]);
  window.print();
}

const button = document.querySelector("[data-print]");
if (button) {
  button.hidden = false;
  button.addEventListener("click", printWhenReady);
  if (location.hash === "#print") {
    // A reload, or the way back, should not ask again.
    history.replaceState(null, "", location.pathname);
    printWhenReady();
  }
}

// What is folded away on the screen would be missing on paper.
addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll("main details:not([open])")) {
    folded.open = true;
    addEventListener("afterprint", () => (folded.open = false), { once: true });
  }
});
