// Starts the course: in the browser, and at build time once for each page.
import { ViteSSG } from 'vite-ssg';
import App from './shell/App.vue';
import { routes } from './shell/routes.js';
import { root } from './shell/root.js';
import { readingComponents } from './shell/reading/index.js';
import './shell/fonts.css';
import './shell/style.css';

// Links in rendered pages are relative to their page; as the router changes pages without loading, they become absolute first.
if (typeof document !== 'undefined') for (const link of document.querySelectorAll<HTMLAnchorElement>('a[href^="."]')) link.setAttribute('href', link.pathname + link.hash);

export const createApp = ViteSSG(
  App,
  { routes, base: root, scrollBehavior: (to, from, saved) => (to.path === from.path && !to.hash ? undefined : (saved ?? (to.hash ? { el: to.hash } : { top: 0 }))) },
  ({ app, isClient }) => {
    for (const [name, component] of Object.entries(readingComponents)) app.component(name, component);
    if (isClient) void import('./offline/start.js').then(({ startOffline }) => startOffline());
  },
);
