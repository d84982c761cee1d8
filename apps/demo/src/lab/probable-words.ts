// The most probable next words of a model that predicts tokens: words are put together from tokens, the most probable first.
import { softmax } from '@kk/sampler';
import type { Tokenizer } from '@kk/tokenizer';

export interface Word {
  ids: number[];
  /** The product of the tokens' probabilities, each after those before it. */
  probability: number;
}

export interface WordOptions {
  /** How many words are wanted. */
  count: number;
  /** Whether the word begins without a space, as after an opening quotation mark. */
  isOpen?: boolean;
  /** Whether punctuation marks count as words. */
  marks?: boolean;
}

/** Logits after ids: of a decoder or of a Markov chain. */
export type Next = (ids: readonly number[]) => Float32Array | Promise<Float32Array>;

/** The search ends after so many predictions, with the words found so far. */
const MOST_PREDICTIONS = 80;
/** Beginnings of words that are less probable than this are not followed. */
const LEAST = 1e-4;
/** A word is finished when the model expects its end at least this much. */
const ENDS = 0.5;

/** What each token can do in a text. A part of a character counts as a letter. */
interface TokenKinds {
  beginsWord: Uint8Array;
  beginsOpenWord: Uint8Array;
  goesOn: Uint8Array;
  isMark: Uint8Array;
}

const kindsOfTokenizers = new WeakMap<Tokenizer, TokenKinds>();

function kindsOf(tokenizer: Tokenizer): TokenKinds {
  let kinds = kindsOfTokenizers.get(tokenizer);
  if (!kinds) {
    const of = (pattern: RegExp): Uint8Array => Uint8Array.from({ length: tokenizer.vocabSize }, (_, id) => Number(pattern.test(tokenizer.decode([id]))));
    kinds = { beginsWord: of(/^ [\p{L}\p{N}\uFFFD]/u), beginsOpenWord: of(/^[\p{L}\p{N}\uFFFD]/u), goesOn: of(/^[\p{L}\p{N}\uFFFD'’-]/u), isMark: of(/^[^\p{L}\p{N}\s\uFFFD]+$/u) };
    kindsOfTokenizers.set(tokenizer, kinds);
  }
  return kinds;
}

/** Whether a token can go on with the word that stands before it. */
export function goesOn(tokenizer: Tokenizer, id: number): boolean {
  return kindsOf(tokenizer).goesOn[id] === 1;
}

/**
 * The most probable words after a context, the most probable first; fewer than `count` when the model hardly expects any.
 *
 * A search that always follows the most probable beginning: a finished word that is found cannot be less probable than one found later.
 */
export async function probableWords(next: Next, tokenizer: Tokenizer, context: readonly number[], { count, isOpen = false, marks = false }: WordOptions): Promise<Word[]> {
  const { beginsWord, beginsOpenWord, goesOn, isMark } = kindsOf(tokenizer);
  const begins = isOpen ? beginsOpenWord : beginsWord;
  const words: Word[] = [];
  const open: (Word & { isMark?: boolean })[] = [];
  for (const [id, probability] of softmax(await next(context)).entries()) {
    if (probability >= LEAST && (begins[id] || (marks && isMark[id]))) open.push({ ids: [id], probability, isMark: begins[id] === 0 });
  }
  for (let predictions = 0; predictions < MOST_PREDICTIONS && words.length < count && open.length > 0; ) {
    const best = open.reduce((before, word, index) => (word.probability > open[before]!.probability ? index : before), 0);
    const [word] = open.splice(best, 1) as [Word & { isMark?: boolean }];
    if (word.isMark) {
      words.push({ ids: word.ids, probability: word.probability });
      continue;
    }
    predictions++;
    let ends = 1;
    for (const [id, probability] of softmax(await next([...context, ...word.ids])).entries()) {
      if (!goesOn[id]) continue;
      ends -= probability;
      if (word.probability * probability >= LEAST) open.push({ ids: [...word.ids, id], probability: word.probability * probability });
    }
    if (ends >= ENDS) words.push(word);
  }
  return words;
}
