// What the browser keeps. It is written a moment after the last change, so that a page that is loaded again at once may miss it; and it may be damaged.
import { expect } from 'vitest';
import { PATIENCE } from './patience.js';
import type { Page } from './visit.js';

/** Waits until the value that is kept under a key has this text in it. */
export async function keptText(page: Page, key: string, text: string): Promise<void> {
  const kept = (): Promise<string> => page.evaluate((key) => new Promise<string>((resolve, reject) => {
    const opening = indexedDB.open('course');
    opening.onerror = () => reject(opening.error!);
    opening.onsuccess = () => {
      const reading = opening.result.transaction('values').objectStore('values').get(key);
      reading.onerror = () => reject(reading.error!);
      reading.onsuccess = () => {
        opening.result.close();
        resolve(JSON.stringify(reading.result) ?? '');
      };
    };
  }), key);
  await expect.poll(kept, { timeout: PATIENCE }).toContain(text);
}

/** Keeps these values by their keys, whatever they are, as no page of the course would. */
export async function keepValues(page: Page, values: Record<string, unknown>): Promise<void> {
  await page.evaluate((all) => new Promise<void>((resolve, reject) => {
    const opening = indexedDB.open('course');
    opening.onupgradeneeded = () => void opening.result.createObjectStore('values');
    opening.onerror = () => reject(opening.error!);
    opening.onsuccess = () => {
      const writing = opening.result.transaction('values', 'readwrite');
      for (const [key, value] of Object.entries(all)) writing.objectStore('values').put(value, key);
      writing.onabort = () => reject(writing.error!);
      writing.oncomplete = () => {
        opening.result.close();
        resolve();
      };
    };
  }), values);
}
