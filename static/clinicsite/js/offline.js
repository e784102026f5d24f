/** Has the browser keep the clinic's page for when there is no connection, once the page itself is there. */

const { serviceWorker: address } = document.body.dataset;

if (address && navigator.serviceWorker) {
  // Where a browser refuses, as in a private window, its own page for being offline stands.
  addEventListener("load", () => navigator.serviceWorker.register(address).catch(() => {}));
}
