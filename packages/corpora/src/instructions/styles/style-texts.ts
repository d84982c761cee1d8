// The form in which a language lists its styles.

/** The styles, in the order of the README. */
export const styles = Object.freeze(['recipe', 'pirate', 'rhyme', 'dialect'] as const);

export type Style = (typeof styles)[number];

export interface StyleTexts {
  /** One question a line; the answers of all styles are in this order. */
  readonly prompts: readonly string[];
  /** Questions of the same kind that have no answer here. */
  readonly newPrompts: readonly string[];
  readonly answers: Readonly<Record<Style, readonly string[]>>;
}
