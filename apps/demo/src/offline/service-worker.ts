/// <reference lib="webworker" />
// Keeps the course for offline use, and isolates its pages, which several threads need: it adds two headers to everything it serves.
import { cacheNames } from 'workbox-core';
import { cleanupOutdatedCaches, matchPrecache, precache } from 'workbox-precaching';

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: { url: string; revision: string | null }[] };

/** Weights, tokenizers, and the vocabularies of OpenAI's models. */
const LARGE = /\.(safetensors|json)$|\/(gpt2|cl100k_base|o200k_base)-[^/]+\.js$/;
const MODELS = `${cacheNames.prefix}-models`;

/** A larger file, such as a GPT-2 on this site, is not kept. */
const LARGEST_KEPT = 40_000_000;
/** What the worker's script may load: the policy of its page does not hold in a worker. */
const WORKER_POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; object-src 'none'; base-uri 'none'";

// A newer service worker waits until no page of the older one is open, so that old and new files never meet in one page.
precache(self.__WB_MANIFEST);
cleanupOutdatedCaches();
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(answer(event).then((response) => isolated(response, request.destination === 'worker')));
});

/** What was kept at installation; models and other large files are kept when they are first used. */
async function answer(event: FetchEvent): Promise<Response> {
  const { request } = event;
  const url = new URL(request.url);
  url.search = '';
  url.hash = '';
  if (url.pathname.endsWith('/')) url.pathname += 'index.html';
  const kept = (await matchPrecache(url.href)) ?? (await caches.match(request, { cacheName: MODELS }));
  if (kept) return kept;
  // A page whose address lacks the slash at its end: its relative links would lead elsewhere.
  if (request.mode === 'navigate' && (await matchPrecache(`${url.href}/index.html`))) return Response.redirect(`${url.href}/${new URL(request.url).search}`);
  const response = await fetch(request);
  if (response.status === 200 && LARGE.test(url.pathname) && Number(response.headers.get('Content-Length') ?? 0) <= LARGEST_KEPT) {
    const copy = response.clone();
    const keep = caches.open(MODELS).then((cache) => cache.put(request, copy));
    event.waitUntil(keep.catch(() => {})); // no room: it is fetched again next time
  }
  return response;
}

function isolated(response: Response, isWorker: boolean): Response {
  if (response.type !== 'basic' && response.type !== 'default') return response;
  const headers = new Headers(response.headers);
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  if (isWorker) headers.set('Content-Security-Policy', WORKER_POLICY);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
