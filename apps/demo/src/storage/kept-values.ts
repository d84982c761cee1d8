// What the browser keeps between visits, in IndexedDB. In a window that keeps nothing, the values last as long as the page.
import { createStore, del, get, keys, set, type UseStore } from 'idb-keyval';

const whilePageLasts = new Map<string, unknown>();
let store: UseStore | null = null;

/** Whether the browser keeps values beyond this page; known after the first read or write. */
export let isKept = true;
let hasWorked = false;

/** Runs with the store; gives `undefined` where there is none, as in some private windows, and where there is no room left. */
async function withStore<Value>(work: (store: UseStore) => Promise<Value>): Promise<Value | undefined> {
  if (!isKept) return undefined;
  try {
    const value = await work((store ??= createStore('course', 'values')));
    hasWorked = true;
    return value;
  } catch {
    if (hasWorked) store = null; // full, or its connection was closed: it is opened again next time
    else isKept = false;
    return undefined;
  }
}

export async function readValue<Value>(key: string): Promise<Value | undefined> {
  return whilePageLasts.has(key) ? (whilePageLasts.get(key) as Value) : withStore((kept) => get<Value>(key, kept));
}

/** Keeps a value as long as the page lasts, without the browser's store. */
export function holdValue(key: string, value: unknown): void {
  whilePageLasts.set(key, value);
}

/** @returns whether the browser keeps it beyond this page */
export async function writeValue(key: string, value: unknown): Promise<boolean> {
  const wasWritten = await withStore(async (kept) => {
    await set(key, value, kept);
    return true;
  });
  if (wasWritten) whilePageLasts.delete(key);
  else holdValue(key, value);
  return wasWritten ?? false;
}

export async function removeValue(key: string): Promise<void> {
  whilePageLasts.delete(key);
  await withStore((kept) => del(key, kept));
}

/** The keys that begin with `prefix`. */
export async function keysOf(prefix: string): Promise<string[]> {
  const kept = await withStore((opened) => keys<string>(opened));
  return [...new Set([...(kept ?? []), ...whilePageLasts.keys()])].filter((key) => key.startsWith(prefix));
}
