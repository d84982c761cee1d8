// The own text when the page is left before the browser has written it: the next page of the tab has it.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type * as OwnText from '../src/storage/own-text.js';

const kept = new Map<string, unknown>();
/** A page that is left takes its unfinished writes with it. */
let writesEnd = true;

vi.mock('../src/storage/kept-values.js', () => ({
  isKept: true,
  readValue: async (key: string, check: (value: unknown) => unknown) => check(kept.get(key)),
  async writeValue(key: string, value: unknown) {
    if (!writesEnd) await new Promise(() => {});
    return kept.set(key, value) && true;
  },
  async removeValue(key: string) {
    if (!writesEnd) await new Promise(() => {});
    kept.delete(key);
  },
}));

let leave: () => void;
/** Opens the page, for the first time or again. */
async function openPage(): Promise<typeof OwnText> {
  vi.resetModules();
  writesEnd = true;
  const text = await import('../src/storage/own-text.js');
  await text.openOwnText();
  return text;
}

beforeEach(() => {
  vi.useFakeTimers();
  kept.clear();
  const session = new Map<string, string>();
  vi.stubGlobal('sessionStorage', { getItem: (key: string) => session.get(key) ?? null, setItem: (key: string, value: string) => session.set(key, value), removeItem: (key: string) => session.delete(key) });
  vi.stubGlobal('addEventListener', (type: string, listener: () => void) => void (type === 'pagehide' && (leave = listener)));
  vi.stubGlobal('location', { hash: '' });
  vi.stubGlobal('BroadcastChannel', class {
    addEventListener(): void {}
    postMessage(): void {}
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it.each([['before it is being written', 0], ['while it is being written', 300]])('has what was typed %s', async (_, milliseconds) => {
  const text = await openPage();
  writesEnd = false;
  text.setOwnText('das letzte Wort');
  await vi.advanceTimersByTimeAsync(milliseconds);
  leave();
  expect(kept.size).toBe(0);
  expect((await openPage()).ownText.value).toBe('das letzte Wort');
  expect(kept.get('own-text')).toBe('das letzte Wort');
});

it.each(['5', 'null', '{"text":5,"replaces":true}', '{"text":{}}', '{"text":'])('is what the browser keeps when %s was left', async (left) => {
  kept.set('own-text', 'von gestern');
  sessionStorage.setItem('own-text', left);
  expect((await openPage()).ownText.value).toBe('von gestern');
  expect(kept.get('own-text')).toBe('von gestern');
  expect(sessionStorage.getItem('own-text')).toBeNull();
});

it('stays deleted when the page is left while it is being deleted', async () => {
  kept.set('own-text', 'von gestern');
  const text = await openPage();
  writesEnd = false;
  void text.removeOwnText();
  leave();
  expect((await openPage()).ownText.value).toBe('');
});

it('is not written again when all of it is kept', async () => {
  const text = await openPage();
  text.setOwnText('steht schon da');
  await vi.advanceTimersByTimeAsync(300);
  leave();
  kept.set('own-text', 'von nebenan');
  expect((await openPage()).ownText.value).toBe('von nebenan');
});
