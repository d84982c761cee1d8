/// <reference lib="webworker" />
// Keeps the course for offline use, and isolates its pages, which several threads need: it adds two headers to everything it serves.
import { cacheNames } from 'workbox-core';
import { cleanupOutdatedCaches, matchPrecache, precache } from 'workbox-precaching';

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: { url: string; revision: string | null }[] };

/** Weights, tokenizers, and the vocabularies of OpenAI's models. */
const LARGE = /\.(safetensors|json)$|\/(gpt2|cl100k_base|o200k_base)-[^/]+\.js$/;
const MODELS = `${cacheNames.prefix}-models`;

precache(self.__WB_MANIFEST);
cleanupOutdatedCaches();
self.addEventListener('install', () => void self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(answer(request).then(isolated));
});

/** What was kept at installation; models and other large files are kept when they are first used. */
async function answer(request: Request): Promise<Response> {
  const url = new URL(request.url);
  url.search = '';
  url.hash = '';
  if (url.pathname.endsWith('/')) url.pathname += 'index.html';
  const kept = (await matchPrecache(url.href)) ?? (await caches.match(request, { cacheName: MODELS }));
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok && LARGE.test(url.pathname)) {
    const cache = await caches.open(MODELS);
    await cache.put(request, response.clone()).catch(() => {}); // no room: it is fetched again next time
  }
  return response;
}

function isolated(response: Response): Response {
  if (response.type === 'opaque' || response.status === 0) return response;
  const headers = new Headers(response.headers);
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
