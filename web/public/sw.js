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

const entry = async (page) => (await page.text()).match(/assets\/[^"]+\.js/)?.[0];

// A page that begins with another file is another version of the app: what was kept for the last one goes.
const keep = async (answer) => {
  const cache = await caches.open(SHELL);
  const last = await cache.match("/");
  if (last && (await entry(last)) !== (await entry(answer.clone()))) await caches.delete(SHELL);
  await (await caches.open(SHELL)).put("/", answer);
};

// The page itself: the newest one, or the last one seen when there is no line.
const page = async (request, event) => {
  const cache = await caches.open(SHELL);
  try {
    const answer = await fetch(request);
    if (answer.ok) event.waitUntil(keep(answer.clone()));
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
    event.respondWith(page(event.request, event));
  else if (kept(url)) event.respondWith(asset(event.request));
});
