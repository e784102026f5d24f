/**
 * Asks whether a visit may be counted, and loads the clinic's program for it only after a yes.
 *
 * The answer is kept in this browser's localStorage, and nothing else is. A browser that sends Global Privacy
 * Control or Do Not Track has answered for its owner. On the page only where the clinic has such a program:
 * templates/clinicsite/components/consent.html.
 */

const KEY = "visitor-statistics";
const bar = document.querySelector("[data-consent]");
const choice = document.querySelector("[data-consent-choice]");
const isRefused = navigator.globalPrivacyControl === true || navigator.doNotTrack === "1";
let isLoaded = false;

/** How each program learns the site's name; Matomo reads it from a list, and is kept from setting cookies. */
const PREPARE = {
  plausible: (script, site) => (script.dataset.domain = site),
  umami: (script, site) => (script.dataset.websiteId = site),
  matomo(script, site) {
    window._paq = [["disableCookies"], ["setTrackerUrl", new URL("matomo.php", script.src).href], ["setSiteId", site], ["trackPageView"]];
  },
};

function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    // A browser that keeps nothing would ask on each page; it is left in peace.
    return "no";
  }
}

function remember(answer) {
  try {
    localStorage.setItem(KEY, answer);
  } catch {
    // Nothing is kept, so the answer counts for this page alone.
  }
}

/** A query can hold what somebody has searched for or chosen; only the names of campaigns are harmless. */
function addressTellsNothing() {
  return [...new URLSearchParams(location.search).keys()].every((name) => name.startsWith("utm_"));
}

function load() {
  const { kind, script: address, site } = bar.dataset;
  if (isLoaded || !addressTellsNothing()) return;
  const script = document.createElement("script");
  script.src = address;
  script.async = true;
  PREPARE[kind](script, site);
  document.head.append(script);
  isLoaded = true;
}

function open() {
  bar.querySelector("[data-consent-question]").hidden = isRefused;
  bar.querySelector("[data-consent-signal]").hidden = !isRefused;
  bar.querySelector("[data-consent-answer=yes]").hidden = isRefused;
  if (isRefused) bar.querySelector("[data-consent-answer=no]").textContent = "Close";
  bar.hidden = false;
}

function answer(given) {
  bar.hidden = true;
  if (!isRefused) remember(given);
  if (given === "yes") load();
  // A program that runs cannot be unloaded; the page without it can be fetched again.
  else if (isLoaded) location.reload();
}

for (const button of bar.querySelectorAll("[data-consent-answer]")) {
  button.addEventListener("click", () => answer(button.dataset.consentAnswer));
}

choice.querySelector("[data-consent-open]").addEventListener("click", () => {
  open();
  bar.querySelector("[data-consent-title]").focus();
});
document.querySelector("[data-privacy]")?.append(choice);
choice.hidden = false;

if (!isRefused && remembered() === "yes") load();
else if (!isRefused && remembered() === null) open();
