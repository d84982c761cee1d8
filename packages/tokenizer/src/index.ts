// Text to token ids and back. This entry runs in browsers; reading and writing files is in ./node.

export { type AddedToken } from './added-tokens';
export { tokenizerFromJSON } from './formats/tokenizer-json/read';
export { GPT2_PATTERN } from './pre-tokenizers/gpt2';
export { StreamDecoder } from './stream-decoder';
export {
  type AddedTokenJSON,
  type ComponentJSON,
  type DecodeOptions,
  type EncodeOptions,
  type ModelJSON,
  type Tokenizer,
  type TokenizerJSON,
  type TokenizerKind,
} from './tokenizer';
export { type BytePairData, BytePairTokenizer } from './tokenizers/byte-pair';
export { type CharacterData, CharacterTokenizer, type CharacterTrainingOptions } from './tokenizers/character';
export { type VocabularyData } from './tokenizers/vocabulary-tokenizer';
export { WORD_PATTERN, type WordData, WordTokenizer, type WordTrainingOptions } from './tokenizers/word';
export { type TrainingProgress } from './training/learn-merges';
export { type BytePairTrainingOptions } from './training/train-byte-pairs';
export { type TrainingTexts } from './training/texts';
