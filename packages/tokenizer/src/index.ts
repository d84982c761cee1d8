// Text to token ids and back. This entry runs in browsers; reading and writing files is in ./node.

export { type AddedToken } from './added-tokens';
export { tokenizerFromJSON } from './formats/tokenizer-json/read';
export { type ChatMessage, type ChatOptions, encodeChat, renderChat } from './chat';
export { type FileOptions, tokenizerFromBytes, tokenizerFromURL } from './formats/from-bytes';
export { tokenizerFromVocabAndMerges, type VocabAndMergesOptions, vocabAndMergesFromTokenizer } from './formats/vocab-and-merges';
export { tokenizerFromVocabText, vocabTextFromTokenizer } from './formats/vocab-text';
export { type MergeStep } from './byte-pair/trace-merges';
export { ranksFromTokenizer, type RanksOptions, tokenizerFromRanks } from './formats/from-ranks';
export { type TokenRanks } from './formats/tiktoken';
export { CL100K_PATTERN } from './pre-tokenizers/cl100k';
export { GPT2_PATTERN } from './pre-tokenizers/gpt2';
export { O200K_PATTERN } from './pre-tokenizers/o200k';
export { WORD_PATTERN } from './pipeline/safe-patterns';
export { type EncodedPiece, type Encoding, type Range, type TokenOrigin } from './pipeline/encoding';
export { type Padding, type Truncation } from './pipeline/options';
export { type SentencePieceOptions, tokenizerFromSentencePiece } from './sentence-piece/read';
export { sentencePieceFromTokenizer } from './sentence-piece/write';
export { StreamDecoder } from './stream-decoder';
export { StreamEncoder } from './stream-encoder';
export {
  type AddedTokenJSON,
  type ComponentJSON,
  type DecodeOptions,
  type DecodingStream,
  type DetailOptions,
  type Dropout,
  type EncodeOptions,
  type EncodingStream,
  type ModelJSON,
  type SpecialTokenSelection,
  type Tokenizer,
  type TokenizerJSON,
  type TokenizerKind,
} from './tokenizer';
export { type BytePairData, BytePairTokenizer } from './tokenizers/byte-pair';
export { type CharacterData, CharacterTokenizer, type CharacterTrainingOptions } from './tokenizers/character';
export { PipelineTokenizer } from './tokenizers/pipeline';
export { RankedBytePairTokenizer, type RankedBytePairData } from './tokenizers/ranked-byte-pair';
export { UnigramTokenizer, type UnigramTrainingOptions } from './tokenizers/unigram';
export { type VocabularyData } from './tokenizers/vocabulary-tokenizer';
export { type WordPieceLayout, WordPieceTokenizer, type WordPieceTrainingOptions } from './tokenizers/word-piece';
export { type WordData, WordTokenizer, type WordTrainingOptions } from './tokenizers/word';
export { type TrainingProgress } from './training/learn-merges';
export { type BytePairTrainingOptions } from './training/train-byte-pairs';
export { type AsyncTrainingTexts, type TrainingTexts } from './training/texts';
