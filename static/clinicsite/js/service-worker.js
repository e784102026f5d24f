/*
 * Shows a clinic's phones and addresses where there is no connection: keeps that one page, answers nothing else.
 * The server puts VERSION before this text (clinicsite/clinics/offline.py).
 */
const CACHE = `offline-${VERSION}`;
const PAGE = "/offline/";

async function keepPage() {
  const cache = await caches.open(CACHE);
  await cache.add(new Request(PAGE, { cache: "reload" }));
  await skipWaiting();
}

async function tidyUp() {
  await registration.navigationPreload?.enable();
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
}

async function answer(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    return caches.match(PAGE);
  }
}

addEventListener("install", (event) => event.waitUntil(keepPage()));

addEventListener("activate", (event) => event.waitUntil(tidyUp()));

addEventListener("fetch", (event) => {
  const { mode, method } = event.request;
  if (mode === "navigate" && method === "GET") event.respondWith(answer(event));
});
