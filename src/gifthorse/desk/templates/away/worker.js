/* Keeps the page for being away and what it is drawn with, so that it opens without a network. It keeps no answer of the desk but these,
   and none of them holds anything about a person. */
const KEPT = "away-{{ version }}";
const PAGE = "{{ page }}";
const PARTS = [{% for part in parts %}"{{ part }}"{% if not forloop.last %}, {% endif %}{% endfor %}];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll([PAGE, ...PARTS])).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const others = caches.keys().then((names) => Promise.all(names.filter((name) => name !== KEPT).map((name) => caches.delete(name))));
  event.waitUntil(others.then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const asked = new URL(event.request.url);
  if (event.request.method !== "GET" || asked.origin !== self.location.origin) return;
  if (PARTS.includes(asked.pathname)) event.respondWith(caches.match(asked.pathname).then((part) => part || fetch(event.request)));
  else if (asked.pathname === PAGE) event.respondWith(fetch(event.request).catch(() => caches.match(PAGE)));
});
