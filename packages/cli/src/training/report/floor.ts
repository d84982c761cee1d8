// The lowest loss that any model can reach on a text, where that is known: for the stories of @kk/corpora, whose grammar has an exact entropy.
import { entropyPerToken, type Language, languages, parseStory, storySeparator } from '@kk/corpora';

/** Stories of the beginning that must be ones of the grammar. A text of somebody else does not begin with even one. */
const LOOKED_AT = 3;

/**
 * The language whose grammar wrote this text; undefined for any other text.
 * @param beginning some thousand characters
 */
export function storyLanguageOf(beginning: string): Language | undefined {
  const whole = beginning.split(storySeparator).slice(0, -1).slice(0, LOOKED_AT);
  if (whole.length === 0) return undefined;
  return languages.find((language) => whole.every((story) => parseStory(language, story) !== undefined));
}

/**
 * @param tokensPerCharacter of the training text
 * @returns nats per token; undefined where it is not known
 */
export function floorOf(beginning: string, tokensPerCharacter: number): number | undefined {
  const language = storyLanguageOf(beginning);
  return language === undefined ? undefined : entropyPerToken(language, tokensPerCharacter);
}
