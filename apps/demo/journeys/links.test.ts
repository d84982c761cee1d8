// Every link of every page leads to a page of the course and, with a `#`, to a place that is on it.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { paths } from '../src/shell/paths.js';
import { dist } from './support/serve.js';

const root = 'http://course.test/';
const html = new Map<string, string>();

/** The page at a path below the root, or null if there is none. */
function pageAt(path: string): string | null {
  const file = join(dist, path, path.endsWith('/') || path === '' ? 'index.html' : '');
  if (!existsSync(file)) return null;
  if (!html.has(file)) html.set(file, readFileSync(file, 'utf8'));
  return html.get(file)!;
}

it.each(paths())('of %s', (path) => {
  const page = pageAt(path.slice(1));
  expect(page).not.toBeNull();
  const links = [...page!.matchAll(/<a\s[^>]*?href="([^"]*)"/g)].map(([, href]) => href!.replaceAll('&amp;', '&'));
  expect(links.length).toBeGreaterThan(0);
  const dead = links.filter((href) => {
    const url = new URL(href, root + path.slice(1));
    if (!url.href.startsWith(root)) return !url.href.startsWith('https://'); // another site cannot be asked here
    const target = pageAt(decodeURIComponent(url.pathname.slice(1)));
    return target === null || (url.hash !== '' && !target.includes(` id="${decodeURIComponent(url.hash.slice(1))}"`));
  });
  expect(dead).toEqual([]);
});
