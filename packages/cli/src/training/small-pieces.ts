// Cuts a text that arrives in chunks into small pieces, so that Ctrl-C is heard soon: turning a chunk of 1 MiB into tokens can take seconds.
import type { Context } from '../context.js';

/**
 * UTF-16 units: some tenths of a second of work for the slowest tokenizers. With much smaller pieces, a text without any place to cut would
 * be searched too often: what waits for such a place is joined with each piece.
 */
const MOST_UNITS = 2 ** 17;

/**
 * The same text. No character is cut.
 * @throws the signal's reason when the command was asked to stop
 */
export async function* smallPieces(context: Pick<Context, 'breathe'>, chunks: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  for await (const chunk of chunks) {
    for (let start = 0; start < chunk.length; ) {
      await context.breathe();
      let end = Math.min(start + MOST_UNITS, chunk.length);
      if (end < chunk.length && isFirstHalf(chunk.charCodeAt(end - 1))) end++;
      yield chunk.slice(start, end);
      start = end;
    }
  }
}

/** Whether the unit is the first of a surrogate pair. */
const isFirstHalf = (unit: number): boolean => (unit & 0xfc00) === 0xd800;
