// Small trained tokenizers that several tests use.
import { BytePairTokenizer, CharacterTokenizer, type Tokenizer, WordTokenizer } from '@kk/tokenizer';
import { code, emoji, english, german, scripts, whiteSpace } from './texts.js';

const corpus = [english, german, code, emoji, scripts, whiteSpace];

export const characters = CharacterTokenizer.train(corpus, { unknownToken: '<unk>', specialTokens: ['<|endoftext|>'] });
export const words = WordTokenizer.train(corpus, { specialTokens: ['<|endoftext|>'] });
export const bytePairs = BytePairTokenizer.train(corpus, { vocabSize: 400, specialTokens: ['<|endoftext|>', '<|pad|>'] });
export const bytePairsWithPattern = BytePairTokenizer.train(corpus, { vocabSize: 400, pattern: '\\d{1,3}|\\s+\\S|[^\\s\\d]+?(?=[aeiou])', specialTokens: ['<|endoftext|>'] });

export const all: readonly (readonly [name: string, tokenizer: Tokenizer])[] = [
  ['characters', characters],
  ['words', words],
  ['byte pairs', bytePairs],
  ['byte pairs with another pattern', bytePairsWithPattern],
];
