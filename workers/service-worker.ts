/**
 * Keeps the page itself (never a scan) so that it works with the network off: all files of
 * the build are stored when it is first opened, and everything is answered from there. Headers
 * are kept with each file, so the page stays isolated and its policy holds.
 */
/// <reference lib="webworker" />

/** Written by the build (scripts/offline-plugin.ts): paths beside this file, and their hash. */
declare const __OFFLINE_FILES__: readonly string[];
declare const __OFFLINE_VERSION__: string;

const scope = self as unknown as ServiceWorkerGlobalScope;
const PREFIX = 'efface-page-';
const NAME = PREFIX + __OFFLINE_VERSION__;

scope.addEventListener('install', (event) => {
  event.waitUntil(store());
});

scope.addEventListener('activate', (event) => {
  event.waitUntil(takeOver());
});

scope.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== scope.location.origin) return;
  event.respondWith(answer(request));
});

// The only message there is: a page that has nothing open asks for the newer version at once.
scope.addEventListener('message', () => {
  void scope.skipWaiting();
});

async function store(): Promise<void> {
  const cache = await caches.open(NAME);
  await cache.addAll(__OFFLINE_FILES__.map((path) => new Request(path, { cache: 'reload' })));
}

async function takeOver(): Promise<void> {
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== NAME) await caches.delete(name);
  }
  await scope.clients.claim();
}

async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(NAME);
  const key = request.mode === 'navigate' ? './index.html' : request;
  return (await cache.match(key, { ignoreSearch: true })) ?? fetch(request);
}
