// Ids as text, while they come.
import { StopStrings } from './stop-strings.js';

/** Turns ids into text one by one: whole characters only. The StreamDecoder of @kk/tokenizer is one. */
export interface TokenDecoder {
  /** The characters that this id completes, possibly none. */
  push(id: number): string;
  /** What was still waiting when the ids end. */
  end(): string;
}

export interface StreamTextOptions {
  /** Texts that end the stream; neither they nor a part of them that turns out to be one is given out. */
  stopStrings?: Iterable<string>;
}

/**
 * The text of ids, piece by piece, until they end or a stop string comes.
 *
 * Text that might be the beginning of a stop string waits until it is clear that it is none. At a stop string the ids are
 * closed (their `return` is called), so that a generator behind them stops.
 *
 * @param ids for example what generate() gives
 * @returns the stop string that ended the text, undefined if the ids ended
 * @throws RangeError at the first step if a stop string is empty
 * @throws what the ids or the decoder throw
 */
export async function* streamText(
  ids: AsyncIterable<number> | Iterable<number>,
  decoder: TokenDecoder,
  { stopStrings = [] }: StreamTextOptions = {},
): AsyncGenerator<string, string | undefined, undefined> {
  const stops = new StopStrings(stopStrings);
  for await (const id of ids) {
    const piece = stops.push(decoder.push(id));
    if (piece !== '') yield piece;
    if (stops.found !== undefined) return stops.found;
  }
  const rest = stops.push(decoder.end()) + stops.end();
  if (rest !== '') yield rest;
  return stops.found;
}
