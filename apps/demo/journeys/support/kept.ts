// Waits for what the browser keeps: it is written a moment after the last change, so that a page that is loaded again at once may miss it.
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
