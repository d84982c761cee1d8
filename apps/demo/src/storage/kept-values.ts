// What the browser keeps between visits, in IndexedDB. In a window that keeps nothing, the values last as long as the page. What is read may have
// been written by an older course, another program or a hand: nobody gets a value that was not checked.
import { createStore, del, get, keys, set, update, type UseStore } from 'idb-keyval';

const whilePageLasts = new Map<string, unknown>();
let store: UseStore | null = null;

/** Whether the browser keeps values beyond this page; known after the first read or write. */
export let isKept = true;
let hasWorked = false;

/** Runs with the store; gives `undefined` where there is none, as in some private windows, and where there is no room left. */
async function withStore<Value>(work: (store: UseStore) => Promise<Value>): Promise<Value | undefined> {
  // A store that has worked may have been closed or deleted meanwhile: then it is opened anew, once.
  for (let attempt = 0; attempt < 2 && isKept; attempt++) {
    try {
      const value = await work((store ??= openStore()));
      hasWorked = true;
      return value;
    } catch {
      store = null;
      if (!hasWorked) isKept = false;
    }
  }
  return undefined;
}

/** Lets go of the store when somebody wants to delete it; else it would be deleted when the page closes, with what was written meanwhile. */
function openStore(): UseStore {
  const opened = createStore('course', 'values');
  const letGo = async ({ transaction: { db } }: IDBObjectStore): Promise<void> => {
    db.onversionchange = () => {
      db.close();
      if (store === opened) store = null;
    };
  };
  opened('readonly', letGo).catch(() => {}); // whoever uses it next learns of the failure
  return opened;
}

/** Makes a value of what is kept, whatever that is; undefined where that is damaged, which counts as absent. Throws nothing. */
export type Check<Value> = (kept: unknown) => Value | undefined;

export async function readValue<Value>(key: string, check: Check<Value>): Promise<Value | undefined> {
  return check(whilePageLasts.has(key) ? whilePageLasts.get(key) : await withStore((kept) => get<unknown>(key, kept)));
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

/**
 * Makes a new value of what is kept now, which another tab may have written; no tab comes between.
 * @returns the new value, and whether the browser keeps it beyond this page
 */
export async function changeValue<Value>(key: string, check: Check<Value>, change: (kept: Value | undefined) => Value): Promise<{ value: Value; isKept: boolean }> {
  if (!whilePageLasts.has(key)) {
    const written = await withStore(async (kept) => {
      let value: Value;
      await update<unknown>(key, (before) => (value = change(check(before))), kept);
      return { value: value! };
    });
    if (written) return { ...written, isKept: true };
  }
  const value = change(check(whilePageLasts.get(key)));
  holdValue(key, value);
  return { value, isKept: await writeValue(key, value) };
}

export async function removeValue(key: string): Promise<void> {
  whilePageLasts.delete(key);
  await withStore((kept) => del(key, kept));
}

/** The keys that begin with `prefix`; whether what is kept under them is whole, only reading tells. */
export async function keysOf(prefix: string): Promise<string[]> {
  const kept = await withStore((opened) => keys(opened));
  return [...new Set([...(kept ?? []), ...whilePageLasts.keys()])].filter((key): key is string => typeof key === 'string' && key.startsWith(prefix));
}
