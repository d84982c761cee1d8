// Where the site is: it runs under any base path, so the page says how far up its root is.

/** Stands for the root's path while pages are rendered at build time; `finishPage` replaces it. */
export const serverRoot = '/site-root/';

/** The path of the site's root, for example `/` or `/course/`. */
export const root: string = import.meta.env?.SSR !== false || typeof document === 'undefined' ? serverRoot : rootOf(document);

function rootOf(page: Document): string {
  return new URL(page.documentElement.dataset.root ?? '/', page.baseURI).pathname;
}
