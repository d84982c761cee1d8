/// <reference lib="webworker" />
// Keeps the course for offline use, and isolates its pages, which several threads need: it adds two headers to everything it serves.
import { cacheNames } from 'workbox-core';
import { chooseLanguage } from '../languages/names.js';
import { notFoundName } from '../shell/paths.js';
import { cleanupOutdatedCaches, matchPrecache, precache } from 'workbox-precaching';

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: { url: string; revision: string | null }[] };

/** Weights, tokenizers, drawings, and the vocabularies of OpenAI's models. */
const LARGE = /\.(safetensors|json|bin)$|\/ranks-[^/]+\.js$/;
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

// What a page had loaded before this service worker was there. The browser has it in its own cache, so it is not downloaded again.
self.addEventListener('message', (event) => {
  const { keep } = event.data as { keep?: string };
  if (keep !== undefined && LARGE.test(new URL(keep).pathname)) event.waitUntil(keepLoaded(keep).catch(() => {}));
});

async function keepLoaded(url: string): Promise<void> {
  if ((await matchPrecache(url)) ?? (await caches.match(url, { cacheName: MODELS }))) return;
  const response = await fetch(url, { cache: 'force-cache' });
  if (isKept(response)) await (await caches.open(MODELS)).put(url, response);
}

/** Whether a large file is kept. */
function isKept({ status, headers }: Response): boolean {
  return status === 200 && Number(headers.get('Content-Length') ?? 0) <= LARGEST_KEPT;
}

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
  const response = await fetch(request).catch((error: unknown) => {
    if (request.mode !== 'navigate') throw error;
    return undefined; // there is no network
  });
  if (request.mode === 'navigate' && (response === undefined || response.status === 404)) return Response.redirect(notFoundPage(url));
  if (!response) return Response.error();
  if (isKept(response) && LARGE.test(url.pathname)) {
    const copy = response.clone();
    const keep = caches.open(MODELS).then((cache) => cache.put(request, copy));
    event.waitUntil(keep.catch(() => {})); // no room: it is fetched again next time
  }
  return response;
}

/** The page that says that there is no such page, in the language of the address or of the browser. */
function notFoundPage({ pathname }: URL): string {
  const { scope } = self.registration;
  const inAddress = pathname.slice(new URL(scope).pathname.length).split('/');
  return `${scope}${chooseLanguage([...inAddress.slice(0, 1), ...self.navigator.languages])}/${notFoundName}/`;
}

function isolated(response: Response, isWorker: boolean): Response {
  if (response.type !== 'basic' && response.type !== 'default') return response;
  const headers = new Headers(response.headers);
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  if (isWorker) headers.set('Content-Security-Policy', WORKER_POLICY);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
