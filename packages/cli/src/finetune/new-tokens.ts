// Special tokens that a tuning needs and the tokenizer of its base lacks: the marks of the chat template, and the end of a text.
import { resizeVocabulary, type Transformer } from '@kk/gpt';
import { withSpecialTokens, type Tokenizer } from '@kk/tokenizer';

export const END_OF_TEXT = '<|endoftext|>';

/** The marks that a template writes itself, such as `<|im_start|>`. */
export const marksOf = (template: string): string[] => [...new Set(template.match(/<\|[^|<>\s'"{}]+\|>/g) ?? [])];

export interface WithNewTokens {
  readonly tokenizer: Tokenizer;
  /** The tokens that were added, in the order of their ids. */
  readonly added: readonly string[];
  readonly ids: readonly number[];
}

/** Adds those of the tokens that are missing to the tokenizer, and gives the model a row for each. */
export async function addTokens(model: Transformer, tokenizer: Tokenizer, tokens: readonly string[]): Promise<WithNewTokens> {
  const added = tokens.filter((token) => !tokenizer.specialTokens.has(token));
  if (added.length === 0) return { tokenizer, added, ids: [] };
  const extended = withSpecialTokens(tokenizer, added);
  // A model may have rows to spare, which nothing has trained. The new rows are the same wherever this base is opened with these tokens, so
  // that its loss is too: they have the default seed, not that of a recipe.
  if (extended.vocabSize > model.config.vocabSize) await resizeVocabulary(model, extended.vocabSize);
  return { tokenizer: extended, added, ids: added.map((token) => extended.specialTokens.get(token)!) };
}
