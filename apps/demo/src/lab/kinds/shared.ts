// What the figures of chapter 3 share in the worker: texts and chains, on a shelf of their own.
import type { Tools } from '../job.js';
import { Kept } from '../kept.js';

const SHELF = 16;

/** The value of this key, made by the first who asks. Others wait for it; if the first one's run is cancelled, the next one makes it. */
export async function shared<Value>(tools: Tools, key: string, make: () => Value | Promise<Value>): Promise<Value> {
  const shelf = await tools.keep('kinds', () => new Kept(SHELF));
  return shelf.get(key, make, () => true);
}
