// Checks that what should be the tokens of a model is a vocabulary: a tokenizer or a list of tokens is given in its place most often.
import { requireMethod } from '@kk/options';
import type { TokenVocabulary } from './token-vocabulary.js';

/** @throws TypeError unless it is a vocabulary */
export function requireVocabulary(vocabulary: TokenVocabulary): void {
  requireMethod('vocabulary', vocabulary, 'usedBytes', 'a TokenVocabulary: new TokenVocabulary(the bytes of every token)');
}
