// The rules by which answers are preferred: what each language says for them.

/** In the order of the README's table. */
export const preferenceRules = Object.freeze(['colour', 'speech', 'name', 'joy', 'order'] as const);

/**
 * What a hidden rater likes in an answer: it names a colour, lets somebody speak, names a child, tells of joy, or says in which order things happen.
 * None depends on how long the answer is.
 */
export type PreferenceRule = (typeof preferenceRules)[number];

/** Whether a text does what the rule likes, by its words alone. */
export type Follows = (text: string) => boolean;

/** @param words regular expressions of whole words, without regard to capital letters */
export function hasWord(words: readonly string[]): Follows {
  const whole = new RegExp(`(?<!\\p{L})(?:${words.join('|')})(?!\\p{L})`, 'iu');
  return (text) => whole.test(text);
}
