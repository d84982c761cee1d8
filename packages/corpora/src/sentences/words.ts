// Cuts sentences into words for the training of word vectors.

/** Letters, with apostrophes and hyphens between them. */
const wordPattern = /[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*/gu;

/**
 * The words of each sentence, without punctuation. The capital letter at the beginning of a sentence is removed where the other sentences
 * write the word small: "Der" becomes "der", while "Hund" and "Monday" keep theirs, and so does a word that never occurs elsewhere.
 *
 * @param sentences one sentence each; their order makes no difference
 * @returns the words in order, one list per sentence
 * @throws TypeError for anything else than a list of texts
 */
export function sentenceWords(sentences: readonly string[]): string[][] {
  if (!Array.isArray(sentences) || sentences.some((sentence) => typeof sentence !== 'string')) throw new TypeError(`sentenceWords takes a list of sentences: ${typeof sentences === 'string' ? 'put the text into brackets, [text]' : 'expected texts'}`);
  const found = sentences.map((sentence) => sentence.normalize('NFC').match(wordPattern) ?? []);
  const elsewhere = new Map<string, number>();
  for (const words of found) for (const word of words.slice(1)) elsewhere.set(word, (elsewhere.get(word) ?? 0) + 1);
  const count = (word: string): number => elsewhere.get(word) ?? 0;
  return found.map(([first, ...others]) => {
    if (first === undefined) return [];
    const small = first.charAt(0).toLowerCase() + first.slice(1);
    return [count(small) > count(first) ? small : first, ...others];
  });
}
