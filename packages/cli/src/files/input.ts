// Standard input, read whole.
import { Failure } from '../errors.js';
import { type Input } from '../io.js';

export async function readInput(input: Input): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of input) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk, 'utf8') : chunk);
  return Buffer.concat(chunks);
}

/** @throws {Failure} naming the source, when the bytes are not UTF-8 */
export function decodeUtf8(bytes: Uint8Array, source: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Failure(`${source} is not valid UTF-8.`, 'Save it as UTF-8 first.', { cause: error });
  }
}
