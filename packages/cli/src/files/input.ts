// Reads the whole standard input.
import { Failure } from '../errors.js';
import type { Input } from '../io.js';

/** @throws the signal's reason when stopped, even while waiting for input */
export async function readInput(input: Input, signal: AbortSignal): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const iterator = input[Symbol.asyncIterator]();
  const stopped = new Promise<'stopped'>((resolve) => signal.addEventListener('abort', () => resolve('stopped'), { once: true }));
  for (;;) {
    signal.throwIfAborted();
    const next = await Promise.race([iterator.next(), stopped]);
    if (next === 'stopped') {
      // An open stream would keep the process alive.
      input.destroy?.();
      throw signal.reason;
    }
    if (next.done) return Buffer.concat(chunks);
    chunks.push(typeof next.value === 'string' ? Buffer.from(next.value, 'utf8') : next.value);
  }
}

/** @throws {Failure} naming the source, when the bytes are not UTF-8 */
export function decodeUtf8(bytes: Uint8Array, source: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Failure(`${source} is not valid UTF-8.`, 'Save it as UTF-8 first.', { cause: error });
  }
}
