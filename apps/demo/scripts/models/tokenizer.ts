// The tokenizer of a recipe, learned from the stories of its seed.
import { stories } from '@kk/corpora';
import { BytePairTokenizer, CharacterTokenizer, type Tokenizer } from '@kk/tokenizer';
import type { Recipe } from './recipe.js';

/** What somebody may type although no story has it; anything else becomes the token of the unknown. */
const alphabet = '\n abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZäöüßÄÖÜ0123456789.,:;!?\'"()-–„“”’';

export function tokenizerOf({ language, tokenizer: { seed, stories: count, ...kind } }: Recipe): Tokenizer {
  const source = stories(language, { seed });
  const texts = Array.from({ length: count }, () => source.next().value);
  if (kind.kind === 'characters') return CharacterTokenizer.train([alphabet, ...texts], { unknownToken: '<unk>' });
  return BytePairTokenizer.train(texts, { vocabSize: kind.vocabSize });
}
