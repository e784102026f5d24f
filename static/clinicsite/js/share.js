/**
 * Copies a page's address, or opens the device's own share sheet. The buttons are hidden where they cannot work.
 *
 *   <div data-share-title="…" data-share-url="…"><li hidden><button data-share-copy>…</button></li></div>
 */

function show(button) {
  button.closest("[hidden]").hidden = false;
}

function enableCopying(root, button) {
  const words = button.querySelector("[data-share-copy-text]");
  const status = root.querySelector("[data-share-status]");
  const before = words.textContent;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(root.dataset.shareUrl);
      words.textContent = "Copied";
      status.textContent = "The link was copied.";
    } catch {
      status.textContent = `The link could not be copied. It is ${root.dataset.shareUrl}`;
    }
    setTimeout(() => (words.textContent = before), 3000);
  });
  show(button);
}

function enableSharing(root, button) {
  const { shareTitle: title, shareUrl: url } = root.dataset;
  // A visitor who closes the share sheet has not met an error.
  button.addEventListener("click", () => navigator.share({ title, url }).catch(() => {}));
  show(button);
}

for (const root of document.querySelectorAll("[data-share-url]")) {
  if (navigator.clipboard) enableCopying(root, root.querySelector("[data-share-copy]"));
  if (navigator.share) enableSharing(root, root.querySelector("[data-share-more]"));
}
