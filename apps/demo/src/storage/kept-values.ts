// What the browser keeps between visits, in IndexedDB. In a window that keeps nothing, the values last as long as the page.
import { createStore, del, get, keys, set, type UseStore } from 'idb-keyval';

const whilePageLasts = new Map<string, unknown>();
let store: UseStore | null = null;

/** Whether the browser keeps values beyond this page; known after the first read or write. */
export let isKept = true;

/** Runs with the store where there is one, otherwise with the map. */
async function withStore<Value>(work: (store: UseStore) => Promise<Value>, instead: () => Value): Promise<Value> {
  if (isKept) {
    try {
      return await work((store ??= createStore('course', 'values')));
    } catch {
      isKept = false; // no IndexedDB, as in some private windows, or no room left
    }
  }
  return instead();
}

export function readValue<Value>(key: string): Promise<Value | undefined> {
  return withStore((kept) => get<Value>(key, kept), () => whilePageLasts.get(key) as Value | undefined);
}

/** @returns whether the browser keeps it beyond this page */
export async function writeValue(key: string, value: unknown): Promise<boolean> {
  whilePageLasts.set(key, value);
  await withStore((kept) => set(key, value, kept), () => {});
  return isKept;
}

export async function removeValue(key: string): Promise<void> {
  whilePageLasts.delete(key);
  await withStore((kept) => del(key, kept), () => {});
}

/** The keys that begin with `prefix`. */
export async function keysOf(prefix: string): Promise<string[]> {
  const all = await withStore((kept) => keys<string>(kept), () => [...whilePageLasts.keys()]);
  return all.filter((key) => key.startsWith(prefix));
}
