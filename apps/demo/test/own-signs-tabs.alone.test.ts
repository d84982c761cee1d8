// The own signs in two tabs: each adds to what the other has kept, one follows the other, and what was deleted can be brought back.
import { beforeEach, expect, it, vi } from 'vitest';
import type * as OwnSigns from '../src/storage/own-signs.js';

/** What the browser keeps, for both tabs. */
const kept = new Map<string, unknown>();
/** Told when something was kept, in both tabs. */
const hears: ((event: unknown) => void)[] = [];
let isTold = true;

vi.mock('../src/storage/kept-values.js', () => ({
  isKept: true,
  readValue: async (key: string, check: (value: unknown) => unknown) => check(kept.get(key)),
  async changeValue(key: string, check: (value: unknown) => unknown, change: (value: unknown) => unknown) {
    await Promise.resolve();
    const value = JSON.parse(JSON.stringify(change(check(kept.get(key))))) as unknown;
    kept.set(key, value);
    return { value, isKept: true };
  },
}));

type Tab = typeof OwnSigns;
async function openTab(): Promise<Tab> {
  vi.resetModules();
  const tab = await import('../src/storage/own-signs.js');
  await tab.openOwnSigns();
  return tab;
}
const [A, B, C, D] = ['AA', 'BBCC', 'CC', 'DDEE'];
const add = (tab: Tab, place: number, drawing: string): Promise<void> => tab.changeOwnSigns((signs) => signs.map((sign, i) => (i === place ? { ...sign, drawings: [...sign.drawings, drawing] } : sign)));
const rename = (tab: Tab, place: number, name: string): Promise<void> => tab.changeOwnSigns((signs) => signs.map((sign, i) => (i === place ? { ...sign, name } : sign)));
const drawn = (tab: Tab): (readonly string[])[] => tab.ownSigns.value.map(({ drawings }) => drawings);
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

beforeEach(() => {
  kept.clear();
  hears.length = 0;
  isTold = true;
  vi.stubGlobal('BroadcastChannel', class {
    addEventListener(_: string, hear: (event: unknown) => void): void {
      hears.push(hear);
    }
    postMessage(): void {
      if (isTold) hears.forEach((hear) => hear({}));
    }
  });
});

it('adds to what another tab has kept, even if it was not told of it', async () => {
  const [one, other] = [await openTab(), await openTab()];
  isTold = false;
  await add(one, 0, A);
  await add(one, 0, B);
  expect(drawn(other)).toEqual([[], [], []]);
  await Promise.all([add(other, 0, C), add(one, 1, D), rename(other, 2, 'Haus')]);
  expect(drawn(other)).toEqual([[A, B, C], [D], []]);
  expect(drawn(await openTab())).toEqual([[A, B, C], [D], []]);
});

it('shows what another tab has kept', async () => {
  const [one, other] = [await openTab(), await openTab()];
  await add(one, 2, A);
  await settle();
  expect(drawn(other)).toEqual([[], [], [A]]);
  await other.replaceOwnSigns();
  await settle();
  expect(drawn(one)).toEqual([[], [], []]);
});

it('brings back what was deleted, one act after the other, beside what has come since', async () => {
  const tab = await openTab();
  for (const drawing of [A, B, C]) await add(tab, 0, drawing);
  await rename(tab, 0, 'Haus');
  expect(tab.canBringBack.value).toBe(false);
  await tab.deleteDrawing(0, B);
  await tab.replaceOwnSigns();
  expect(tab.ownSigns.value[0]).toEqual({ name: '', drawings: [] });
  await add(tab, 0, D);
  await tab.bringBackSigns();
  expect(tab.ownSigns.value[0]).toEqual({ name: 'Haus', drawings: [A, C, D] });
  await tab.bringBackSigns();
  expect(tab.ownSigns.value[0]).toEqual({ name: 'Haus', drawings: [A, B, C, D] });
  expect(tab.canBringBack.value).toBe(false);
  await tab.deleteDrawing(0, B);
  tab.forgetDeletedSigns();
  expect(tab.canBringBack.value).toBe(false);
});

it('puts a file in the place of the signs, which can be brought back', async () => {
  const tab = await openTab();
  const file = [{ name: 'Kreis', drawings: [C] }, { name: '', drawings: [A] }, { name: '', drawings: [] }];
  await tab.replaceOwnSigns(file);
  expect(tab.canBringBack.value).toBe(false);
  await tab.replaceOwnSigns([{ name: 'Stern', drawings: [D] }, ...file.slice(1)]);
  expect(tab.ownSigns.value[0]).toEqual({ name: 'Stern', drawings: [D] });
  await tab.bringBackSigns();
  expect(tab.ownSigns.value).toEqual(file);
});

it('does not delete what another tab has just added and nobody could see here', async () => {
  const [one, other] = [await openTab(), await openTab()];
  await add(one, 0, A);
  await settle();
  isTold = false;
  await add(one, 0, B);
  await other.replaceOwnSigns();
  expect(drawn(other)).toEqual([[B], [], []]);
});

it('keeps what is shown when the browser has deleted what it kept', async () => {
  const tab = await openTab();
  await add(tab, 0, A);
  kept.clear();
  await add(tab, 0, B);
  expect(drawn(await openTab())).toEqual([[A, B], [], []]);
});

it('calls no two signs alike', async () => {
  const { namesOf } = await openTab();
  const signs = ['Dach', '', 'Dach '].map((name) => ({ name, drawings: [] }));
  expect(namesOf(signs, (place) => `Zeichen ${place}`)).toEqual(['Dach', 'Zeichen 2', 'Dach (3)']);
});
