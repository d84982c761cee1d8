// The exact entropy of the stories, which is a lower bound of a model's loss.

import { measure } from './grammar/measure.js';
import { grammarOf, type Language } from './languages.js';
import { storySeparator } from './stories.js';

/** Exact expected values over all stories of a language. Lengths include the separator after a story. */
export interface StoryEntropy {
  /** Entropy of a story in nats. */
  readonly natsPerStory: number;
  /** Expected number of Unicode code points of a story with its separator. */
  readonly charactersPerStory: number;
  /** Expected number of bytes in UTF-8. */
  readonly bytesPerStory: number;
  /** Expected number of words: runs of characters between white space, including adjacent punctuation. */
  readonly wordsPerStory: number;
  /** Expected number of sentences, counted by their final marks `.`, `!`, `?`; speech inside a sentence with its own mark also counts. */
  readonly sentencesPerStory: number;
  /** The lowest possible loss per character of a character model: natsPerStory / charactersPerStory. */
  readonly natsPerCharacter: number;
  readonly natsPerWord: number;
  /** Entropy in bits per byte of UTF-8, which can be compared between vocabularies. */
  readonly bitsPerByte: number;
  /** log10 of the number of different stories. */
  readonly log10Stories: number;
}

const computed = new Map<Language, StoryEntropy>();

/**
 * Entropy and expected lengths, by recursion over the grammar (no sampling).
 *
 * @throws RangeError for an unknown language
 */
export function storyEntropy(language: Language): StoryEntropy {
  const known = computed.get(language);
  if (known) return known;
  const totals = measure(grammarOf(language));
  const natsPerStory = totals.entropy;
  const charactersPerStory = totals.characters + storySeparator.length;
  const bytesPerStory = totals.bytes + storySeparator.length;
  // A story has one word more than spaces; the separator starts the first word of the next story.
  const wordsPerStory = totals.spaces + 1;
  const result = Object.freeze({
    natsPerStory, charactersPerStory, bytesPerStory, wordsPerStory,
    sentencesPerStory: totals.marks,
    natsPerCharacter: natsPerStory / charactersPerStory,
    natsPerWord: natsPerStory / wordsPerStory,
    bitsPerByte: natsPerStory / Math.LN2 / bytesPerStory,
    log10Stories: Math.log10(totals.derivations),
  });
  computed.set(language, result);
  return result;
}

/**
 * The lowest possible loss, in nats per token, for a tokenizer such as byte-level BPE.
 *
 * @param tokensPerCharacter tokens / code points, measured on a long text of stories; > 0
 * @throws RangeError for an unknown language or a ratio that is not a positive number
 */
export function entropyPerToken(language: Language, tokensPerCharacter: number): number {
  if (!Number.isFinite(tokensPerCharacter) || tokensPerCharacter <= 0) throw new RangeError(`tokensPerCharacter is ${String(tokensPerCharacter)}: expected a positive number, tokens / characters of a text of stories`);
  return storyEntropy(language).natsPerCharacter / tokensPerCharacter;
}
