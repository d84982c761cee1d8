// Converts ids to text while they arrive.
import { hasMethod, requireMethod, wrongKind } from '@kk/options';
import { requireKnown } from '../checks.js';
import { byteDecoder, type TokenBytes } from './byte-pieces.js';
import { StopStrings } from './stop-strings.js';

/** Turns ids into text one by one: whole characters only. The StreamDecoder of @kk/tokenizer is one. */
export interface TokenDecoder {
  /** Takes an id and returns the characters that it completes, possibly none. */
  push(id: number): string;
  /** Returns what was held back, when there are no more ids. */
  end(): string;
}

export interface StreamTextOptions {
  /** Texts that end the stream; neither they nor parts of them are returned. */
  stopStrings?: Iterable<string>;
}

/**
 * Yields the text of ids, piece by piece, until the ids end or a stop string occurs.
 *
 * Text that might begin a stop string is held back until that is decided. At a stop string the ids' `return` is called, so that a generator
 * behind them stops.
 *
 * @param ids for example from generate()
 * @param tokens turns ids into text, or into bytes, which may cut characters anywhere: `{ tokenBytes: (id) => bytes[id] }`
 * @returns the stop string that ended the text, undefined if the ids ended
 * @throws TypeError at the first step if the ids, the tokens or the stop strings are of a wrong kind
 * @throws RangeError at the first step if a stop string is empty
 * @throws the errors of the ids and of the decoder
 */
export async function* streamText(
  ids: AsyncIterable<number> | Iterable<number>,
  tokens: TokenDecoder | TokenBytes,
  options: StreamTextOptions = {},
): AsyncGenerator<string, string | undefined, undefined> {
  requireKnown<StreamTextOptions>('streamText', options, { stopStrings: true });
  const stops = new StopStrings(options.stopStrings === undefined ? [] : options.stopStrings);
  if (!isDecoder(tokens)) requireMethod('tokens', tokens, 'tokenBytes', 'a tokenizer with the method tokenBytes, or a decoder with the methods push and end');
  if (typeof ids !== 'object' || ids === null || !(Symbol.asyncIterator in ids || Symbol.iterator in ids)) throw wrongKind('ids', ids, 'a row of token ids, such as what generate() gives');
  const decoder = isDecoder(tokens) ? tokens : byteDecoder(tokens);
  for await (const id of ids) {
    const piece = stops.push(decoder.push(id));
    if (piece !== '') yield piece;
    if (stops.found !== undefined) return stops.found;
  }
  const rest = stops.push(decoder.end()) + stops.end();
  if (rest !== '') yield rest;
  return stops.found;
}

/** A list has a method push, too, but no end. */
const isDecoder = (tokens: TokenDecoder | TokenBytes): tokens is TokenDecoder => hasMethod(tokens, 'push') && hasMethod(tokens, 'end');
