// Reads and writes the rank files of OpenAI's tiktoken: one token a line as Base64, a space, and its rank, which is its id. Also the
// compact form that npm packages use: `! <rank of the first> <Base64> <Base64> ...`.

import type { TokenRanks } from '../core/token-ranks.js';
import { quote } from '../text/well-formed.js';
import { decodeBase64 } from '../text/base64.js';

const SPACE = 0x20;
const LINE_FEED = 0x0a;
/** Ranks from here on are an error: no vocabulary has so many tokens. */
const MOST_RANKS = 0x1000000;

/**
 * Reads the text of a `.tiktoken` file, or the compact form.
 * @throws {RangeError} naming the line without a token and rank, or with a rank that occurred before
 */
export function readTokenRanks(text: string): TokenRanks {
  if (typeof text !== 'string') throw new TypeError(`The ranks are ${quote(text)}; expected the text of a .tiktoken file.`);
  // In the order of the file: the bytes of all tokens, each token's rank, and where its bytes end.
  const bytes = new Uint8Array(Math.ceil(text.length / 4) * 3);
  const ranks: number[] = [];
  const ends: number[] = [];
  let length = 0;
  let place = 0;
  let line = 1;

  const fail = (at: number, expected: string): never => {
    throw new RangeError(`Line ${line} of the ranks holds ${quote(text.slice(at, at + 40))}; expected ${expected}.`);
  };
  const endOfWord = (): number => {
    let end = place;
    while (text.charCodeAt(end) > SPACE) end++;
    return end;
  };
  const readToken = (): void => {
    const end = endOfWord();
    const size = decodeBase64(text, place, end, bytes, length);
    if (size <= 0) fail(place, 'the bytes of a token in Base64');
    length += size;
    place = end;
  };
  const readRank = (): number => {
    const word = text.slice(place, endOfWord());
    const rank = /^\d{1,8}$/.test(word) ? Number(word) : MOST_RANKS;
    if (rank >= MOST_RANKS) fail(place, `a rank, an integer from 0 to ${MOST_RANKS - 1}`);
    place += word.length;
    return rank;
  };
  const add = (rank: number): void => {
    ranks.push(rank);
    ends.push(length);
  };

  while (place < text.length) {
    if (text.charCodeAt(place) <= SPACE) {
      if (text.charCodeAt(place++) === LINE_FEED) line++;
    } else if (text.startsWith('! ', place)) {
      place += 2;
      for (let rank = readRank(); text.charCodeAt(place) === SPACE; rank++) {
        place++;
        readToken();
        add(rank);
      }
    } else {
      readToken();
      if (text.charCodeAt(place) !== SPACE) fail(place, 'a space and a rank');
      place++;
      add(readRank());
    }
  }
  if (ranks.length === 0) throw new RangeError('The ranks hold no token; expected the text of a .tiktoken file.');
  return inOrder(bytes.subarray(0, length), ranks, ends);
}

/** @param bytes  the bytes of all tokens; `ranks` and `ends` give each token's rank and where its bytes end */
function inOrder(bytes: Uint8Array, ranks: readonly number[], ends: readonly number[]): TokenRanks {
  let isSorted = true;
  for (let i = 1; i < ranks.length; i++) if (ranks[i] <= ranks[i - 1]) isSorted = false;
  const order = isSorted ? undefined : ranks.map((_, i) => i).sort((a, b) => ranks[a] - ranks[b]);
  const sorted = order ? new Uint8Array(bytes.length) : bytes;
  const starts = new Int32Array(ranks[order ? (order.at(-1) as number) : ranks.length - 1] + 2);
  let rank = 0;
  let length = 0;
  for (let i = 0; i < ranks.length; i++) {
    const token = order ? order[i] : i;
    if (ranks[token] < rank) throw new RangeError(`The ranks hold the rank ${ranks[token]} twice; expected every rank once.`);
    // A hole ends where the token before it ends.
    while (rank < ranks[token]) starts[++rank] = length;
    const start = token > 0 ? ends[token - 1] : 0;
    if (order) sorted.set(bytes.subarray(start, ends[token]), length);
    starts[++rank] = length += ends[token] - start;
  }
  return { bytes: sorted, starts };
}
