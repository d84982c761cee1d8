// Cuts a text into sentences of words, for the training of word vectors. The text comes in pieces and may have any length.

/** What a word is: `word` is letters and digits without punctuation; `whitespace` is what stands between blanks, as word2vec and fastText read. */
export type WordUnit = 'word' | 'whitespace';

export const wordUnits: readonly WordUnit[] = ['word', 'whitespace'];

export interface SentenceOptions {
  unit: WordUnit;
  /** Whether capital letters are kept. */
  cased: boolean;
}

/** Words with apostrophes, hyphens and decimal points inside, and in the second group where sentences end: at a mark or an empty line. */
const WORDS = /([\p{L}\p{M}\p{N}]+(?:(?:['’-]|(?<=\p{N})[.,](?=\p{N}))[\p{L}\p{M}\p{N}]+)*)|([.!?…]|\n\s*\n)/gu;
/** What stands between blanks, and in the second group where lines end. */
const BETWEEN_BLANKS = /([^\s]+)|(\n)/gu;

/** word2vec cuts a sentence after so many words; so does training. */
const LONGEST = 1000;
/** So many UTF-16 units are cut wherever they end, so that memory is bounded: only a word of that length would notice. */
const LONGEST_WAIT = 2 ** 22;

/**
 * The words of each sentence, in Unicode's form NFC; empty ones are left out. With the unit `word` a sentence ends at . ! ? … or an empty line,
 * with `whitespace` at the end of its line.
 */
export async function* sentencesOf(chunks: AsyncIterable<string>, { unit, cased }: SentenceOptions): AsyncGenerator<string[], void, undefined> {
  const pattern = unit === 'word' ? WORDS : BETWEEN_BLANKS;
  let words: string[] = [];
  let rest = '';
  const cut = function* (text: string): Generator<string[], void, undefined> {
    const normal = text.normalize('NFC');
    for (const [, word] of (cased ? normal : normal.toLowerCase()).matchAll(pattern)) {
      if (word !== undefined) words.push(word);
      if (words.length === 0 || (word !== undefined && words.length < LONGEST)) continue;
      yield words;
      words = [];
    }
  };
  for await (const chunk of chunks) {
    rest += chunk;
    const whole = rest.length > LONGEST_WAIT ? rest.length : endOfWhole(rest);
    yield* cut(rest.slice(0, whole));
    rest = rest.slice(whole);
  }
  yield* cut(rest);
  if (words.length > 0) yield words;
}

/** Where the last word begins, or the blanks before it: both may go on in the next piece. */
function endOfWhole(text: string): number {
  let at = text.length;
  while (at > 0 && !isBlank(text, at - 1)) at--;
  while (at > 0 && isBlank(text, at - 1)) at--;
  return at;
}

const isBlank = (text: string, at: number): boolean => /\s/.test(text.charAt(at));
