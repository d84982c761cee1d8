// One visitor after another uses a browser: each finds nothing of the one before.
import { expect, inject, it } from 'vitest';
import { open, plainContext, type Page } from './support/visit.js';

const kept = (page: Page): Promise<unknown> =>
  page.evaluate(async () => ({
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: await caches.keys(),
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    cookies: document.cookie,
  }));

let before: unknown;

it('keeps something', async () => {
  const context = await plainContext();
  before = context;
  const page = await context.newPage();
  await open(page, 'de/glossary/');
  await page.evaluate(async () => {
    await new Promise((resolve, reject) => {
      const opening = indexedDB.open('course', 1);
      opening.onsuccess = resolve;
      opening.onerror = reject;
    });
    await (await caches.open('models')).put('x', new Response('kept'));
    localStorage.setItem('x', 'kept');
    sessionStorage.setItem('x', 'kept');
    document.cookie = 'x=kept; max-age=1000';
  });
  expect(await kept(page)).toEqual({ databases: ['course'], caches: ['models'], local: expect.arrayContaining(['x']) as string[], session: expect.arrayContaining(['x']) as string[], cookies: 'x=kept' });
});

it('finds nothing', async () => {
  const context = await plainContext();
  expect(context).toBe(before);
  const page = await context.newPage();
  await page.goto(`${inject('site')}icon.svg`); // of the same origin, and keeps nothing itself
  expect(await kept(page)).toEqual({ databases: [], caches: [], local: [], session: [], cookies: '' });
});
