// The own text in two tabs: one takes over what another has kept, but never over what is being typed in it; the last writer wins.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type * as OwnText from '../src/storage/own-text.js';

/** What the browser keeps, and readers that wait for it. */
const kept = new Map<string, unknown>();
let waiting: (() => void)[] = [];
let readsWait = false;

vi.mock('../src/storage/kept-values.js', () => ({
  isKept: true,
  async readValue(key: string, check: (value: unknown) => unknown) {
    const value = kept.get(key);
    if (readsWait) await new Promise<void>((resolve) => waiting.push(resolve));
    return check(value);
  },
  writeValue: async (key: string, value: unknown) => kept.set(key, value) && true,
  removeValue: async (key: string) => kept.delete(key),
}));

let tabs: { hear: ((event: unknown) => void)[] };
let text: typeof OwnText;
const told = (): void => tabs.hear.forEach((hear) => hear({}));
/** Lets everything happen that waits for nothing. */
const settle = async (): Promise<void> => void (await vi.advanceTimersByTimeAsync(0));

beforeEach(async () => {
  vi.useFakeTimers();
  vi.resetModules();
  kept.clear();
  waiting = [];
  readsWait = false;
  tabs = { hear: [] };
  vi.stubGlobal('addEventListener', () => {});
  vi.stubGlobal('location', { hash: '' });
  vi.stubGlobal('BroadcastChannel', class {
    addEventListener(_: string, hear: (event: unknown) => void): void {
      tabs.hear.push(hear);
    }
    postMessage(): void {}
  });
  text = await import('../src/storage/own-text.js');
  await text.openOwnText();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('takes over what another tab has kept', async () => {
  kept.set('own-text', 'von nebenan');
  told();
  await settle();
  expect(text.ownText.value).toBe('von nebenan');
});

it('keeps what is typed while another tab changes the text, and writes it last', async () => {
  text.setOwnText('hier getippt');
  kept.set('own-text', 'von nebenan');
  told();
  await settle();
  expect(text.ownText.value).toBe('hier getippt');
  await vi.advanceTimersByTimeAsync(300);
  expect(kept.get('own-text')).toBe('hier getippt');
});

it('loses no word that is typed while the other text is being read', async () => {
  kept.set('own-text', 'von nebenan');
  readsWait = true;
  told();
  await settle();
  expect(waiting).toHaveLength(1);
  text.setOwnText('das letzte Wort');
  readsWait = false;
  waiting[0]!();
  await settle();
  expect(text.ownText.value).toBe('das letzte Wort');
  await vi.advanceTimersByTimeAsync(300);
  expect(kept.get('own-text')).toBe('das letzte Wort');
});
