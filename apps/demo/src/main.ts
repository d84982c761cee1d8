// Starts the course: in the browser, and at build time once for each page.
import { ViteSSG } from 'vite-ssg';
import App from './shell/App.vue';
import { routes } from './shell/routes.js';
import { askBeforeLeaving } from './shell/leaving.js';
import { root } from './shell/root.js';
import { startOffline } from './offline/start.js';
import { hasText } from './storage/own-text.js';
import { readingComponents } from './shell/reading/index.js';
import { allThere } from './shell/reading/in-turn.js';
import { goTo, notePlaces } from './shell/reading/place.js';
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

let goToNoted: ReturnType<typeof notePlaces> = () => false;

export const createApp = ViteSSG(
  App,
  { routes, base: root, scrollBehavior: async (to, from, saved) => {
      const place = hasText(to.hash) ? '' : to.hash; // a text is no place on the page
      // A setting that goes into the address leaves the page where it is.
      const isSetting = to !== from && to.hash === from.hash && (history.state as { replaced?: boolean }).replaced === true;
      if (to.path === from.path && (!place || isSetting)) return;
      if (saved || place) await allThere();
      if (saved) return goToNoted() ? false : { ...saved, behavior: 'instant' };
      const element = place && document.getElementById(place.slice(1));
      if (element) goTo(element);
      return element || to.path === from.path ? false : { top: 0 };
    } },
  ({ app, router, isClient }) => {
    for (const [name, component] of Object.entries(readingComponents)) app.component(name, component);
    if (!isClient) return;
    askBeforeLeaving(router, window);
    goToNoted = notePlaces(router);
    makeLinksAbsolute();
    void router.isReady().then(startOffline);
  },
  { hydration: !import.meta.env.DEV }, // the dev server's pages are empty
);
