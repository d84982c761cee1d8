// Starts the course: in the browser, and at build time once for each page.
import { ViteSSG } from 'vite-ssg';
import App from './shell/App.vue';
import { routes } from './shell/routes.js';
import { root } from './shell/root.js';
import { hasText } from './storage/own-text.js';
import { readingComponents } from './shell/reading/index.js';
import './shell/fonts.css';
import './shell/style.css';

// Links in rendered pages are relative to their page; as the router changes pages without loading, they become absolute first.
if (typeof document !== 'undefined') for (const link of document.querySelectorAll<HTMLAnchorElement | HTMLLinkElement>('a[href^="."], link[rel="icon"]')) link.setAttribute('href', new URL(link.href).pathname + new URL(link.href).hash);

export const createApp = ViteSSG(
  App,
  { routes, base: root, scrollBehavior: (to, from, saved) => {
      const place = hasText(to.hash) ? '' : to.hash; // a text is no place on the page
      return to.path === from.path && !place ? undefined : (saved ?? (place ? { el: place } : { top: 0 }));
    } },
  ({ app, isClient }) => {
    for (const [name, component] of Object.entries(readingComponents)) app.component(name, component);
    if (isClient) void import('./offline/start.js').then(({ startOffline }) => startOffline());
  },
);
