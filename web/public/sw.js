// Keeps the shell of the app, so that it opens on a bad line. Nothing from /api/ is ever kept, nor asked through here.
const SHELL = "shell-1";
const kept = (url) => url.origin === location.origin && url.pathname.startsWith("/static/app/assets/");

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// Assets carry a hash in their name: what was kept never changes.
const asset = async (request) => {
  const cache = await caches.open(SHELL);
  const found = await cache.match(request);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
};

// The page itself: the newest one, or the last one seen when there is no line.
const page = async (request) => {
  const cache = await caches.open(SHELL);
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put("/", answer.clone());
    return answer;
  } catch (broken) {
    const found = await cache.match("/");
    if (found) return found;
    throw broken;
  }
};

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.pathname.startsWith("/api/")) return;
  if (event.request.mode === "navigate" && !url.pathname.startsWith("/transparency"))
    event.respondWith(page(event.request));
  else if (kept(url)) event.respondWith(asset(event.request));
});
