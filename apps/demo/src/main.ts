// Starts the course: in the browser, and at build time once for each page.
import { ViteSSG } from 'vite-ssg';
import App from './shell/App.vue';
import { routes } from './shell/routes.js';
import { root } from './shell/root.js';
import { startOffline } from './offline/start.js';
import { hasText } from './storage/own-text.js';
import { readingComponents } from './shell/reading/index.js';
import { allThere } from './shell/reading/in-turn.js';
import { notePlaces } from './shell/reading/place.js';
import './shell/fonts.css';
import './shell/style.css';

/** Links in rendered pages are relative to their page; as the router changes pages without loading, they become absolute before Vue takes the page over. */
function makeLinksAbsolute(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement | HTMLLinkElement>('a[href^="."], link[rel="icon"]')) {
    const { pathname, search, hash } = new URL(link.href);
    link.setAttribute('href', pathname + search + hash);
  }
}

/** Some hosts and bookmarks name the file; its page has the same address without it. */
function leaveOutFileName(): void {
  const { pathname, search, hash } = location;
  if (pathname.endsWith('/index.html')) history.replaceState(history.state, '', pathname.slice(0, -'index.html'.length) + search + hash);
}

if (!import.meta.env.SSR) leaveOutFileName();

let placeNoted: ReturnType<typeof notePlaces> = () => undefined;

export const createApp = ViteSSG(
  App,
  { routes, base: root, scrollBehavior: async (to, from, saved) => {
      const place = hasText(to.hash) ? '' : to.hash; // a text is no place on the page
      if (to.path === from.path && !place) return;
      if (saved || place) await allThere();
      // A page that is come back to stands where it was, without a ride through it.
      if (saved) return { ...(placeNoted() ?? saved), behavior: 'instant' };
      return place ? { el: place } : { top: 0 };
    } },
  ({ app, router, isClient }) => {
    for (const [name, component] of Object.entries(readingComponents)) app.component(name, component);
    if (!isClient) return;
    placeNoted = notePlaces(router);
    makeLinksAbsolute();
    void router.isReady().then(startOffline);
  },
  { hydration: !import.meta.env.DEV }, // the dev server's pages are empty
);
