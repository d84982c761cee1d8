// Vocabularies and walks for the tests of constraints.
import { type Constraint, TokenVocabulary } from '../../src/grammar/index.js';
import { Random } from '../../src/index.js';

const encoder = new TextEncoder();

export const bytesOf = (text: string): Uint8Array => encoder.encode(text);

/** The id that ends the text in vocabularies made here: the last. */
export interface TestVocabulary {
  vocabulary: TokenVocabulary;
  tokens: (Uint8Array | undefined)[];
  end: number;
}

/** Every single byte, then the given texts, then an id without text, then the one that ends. */
export function byteVocabulary(...texts: (string | Uint8Array)[]): TestVocabulary {
  const tokens: (Uint8Array | undefined)[] = Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte));
  for (const text of texts) tokens.push(typeof text === 'string' ? bytesOf(text) : text);
  tokens.push(undefined, bytesOf('<end>'));
  const end = tokens.length - 1;
  return { vocabulary: new TokenVocabulary(tokens, { endTokens: [end] }), tokens, end };
}

/** One token per text, then the one that ends. */
export function textVocabulary(...texts: string[]): TestVocabulary {
  const tokens: (Uint8Array | undefined)[] = [...texts.map(bytesOf), undefined];
  return { vocabulary: new TokenVocabulary(tokens, { endTokens: [tokens.length - 1] }), tokens, end: tokens.length - 1 };
}

/** Pieces of one to five bytes at random, cut through characters too: what a byte-level tokenizer learns, without its reasons. */
export function randomPieces(source: string, count: number, seed: number): Uint8Array[] {
  const bytes = bytesOf(source);
  const random = new Random(seed);
  return Array.from({ length: count }, () => {
    const from = Math.floor(random.uniform() * (bytes.length - 5));
    return bytes.slice(from, from + 1 + Math.floor(random.uniform() * 5));
  });
}

/**
 * Writes a text with tokens drawn evenly from what is allowed, and ends it when it may end and chance says so.
 * Undefined if the text did not come to an end within `maxTokens`.
 */
export function writeAtRandom(constraint: Constraint, { tokens, end }: TestVocabulary, seed: number, maxTokens = 200, endChance = 0.2): string | undefined {
  const random = new Random(seed);
  const written: number[] = [];
  for (let step = 0; step < maxTokens; step++) {
    const allowed = constraint.allowed();
    if (allowed.has(end) !== constraint.complete) throw new Error('an end token is allowed if and only if the text is complete');
    if (constraint.complete && (allowed.count === 1 || random.uniform() < endChance)) return decode(written);
    const ids = allowed.ids().filter((id) => id !== end);
    if (ids.length === 0) throw new Error(`dead end after ${JSON.stringify(decode(written))}`);
    const id = ids[Math.floor(random.uniform() * ids.length)];
    constraint.accept(id);
    written.push(...tokens[id]!);
  }
  return undefined;
}

/** The text of bytes. @throws TypeError if they are no UTF-8 */
export const decode = (bytes: ArrayLike<number>): string => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes));

/** Whether a constraint accepts a text written byte by byte, in a vocabulary whose first 256 ids are the bytes. */
export function accepts(constraint: Constraint, text: string): boolean {
  const walker = constraint.fork();
  for (const byte of bytesOf(text)) {
    if (!walker.allowed().has(byte)) return false;
    walker.accept(byte);
  }
  return walker.complete;
}

/** What a function throws. */
export function errorOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('expected an error');
}
