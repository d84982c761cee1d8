// Turns text into token ids and back. This entry runs in browsers; ./node reads and writes files.

export { type AddedToken } from './core/added-tokens.js';
export { tokenizerFromJSON } from './formats/tokenizer-json/read.js';
export { type NewToken, withAddedTokens, withSpecialTokens } from './formats/tokenizer-json/with-added-tokens.js';
export { type ConfigToken, type TokenizerConfig, tokenizerConfigFromJSON, tokenizerConfigToJSON } from './formats/tokenizer-config.js';
export { decodeBytes, type DecodedWithOffsets, decodeWithOffsets } from './functions/decode.js';
export { type EncodedWords, encodeWords, type EncodeWordsOptions } from './functions/encode-words.js';
export { truncateText } from './functions/truncate-text.js';
export { vocabularyOf } from './functions/vocabulary-of.js';
export { chatMLTemplate, chatMLTokens } from './chat/chatml.js';
export { encodeChat } from './chat/encode-chat.js';
export { type ConversationOptions, encodeConversation, type EncodedConversation } from './chat/encode-conversation.js';
export { type ChatMessage } from './chat/messages.js';
export { type ChatOptions, renderChat } from './chat/render.js';
export { type FileOptions, tokenizerFromBytes, tokenizerFromURL } from './formats/from-bytes.js';
export { tokenizerFromVocabAndMerges, type VocabAndMergesOptions, vocabAndMergesFromTokenizer } from './formats/vocab-and-merges.js';
export { tokenizerFromVocabText, vocabTextFromTokenizer } from './formats/vocab-text.js';
export { type MergeStep } from './models/bpe/trace-merges.js';
export { ranksFromTokenizer, type RanksOptions, tokenizerFromRanks } from './formats/from-ranks.js';
export { type TokenRanks } from './core/token-ranks.js';
export { CL100K_PATTERN } from './pre-tokenizers/cl100k.js';
export { GPT2_PATTERN } from './pre-tokenizers/gpt2.js';
export { O200K_PATTERN } from './pre-tokenizers/o200k.js';
export { WORD_PATTERN } from './pre-tokenizers/safe-patterns.js';
export { type EncodedPiece, type Encoding, type Range, type TokenOrigin } from './core/encoding.js';
export { type Padding, type Truncation } from './core/limits.js';
export { type SentencePieceOptions, tokenizerFromSentencePiece } from './formats/sentence-piece/read.js';
export { sentencePieceFromTokenizer } from './formats/sentence-piece/write.js';
export { StreamDecoder } from './core/stream-decoder.js';
export { splitBetweenWords } from './text/split-between-words.js';
export { StreamEncoder } from './core/stream-encoder.js';
export {
  type AddedTokenJSON,
  type ComponentJSON,
  type DecodeOptions,
  type DecodingStream,
  type DetailOptions,
  type DetailStepsOptions,
  type Dropout,
  type EncodeOptions,
  type EncodingStream,
  type ModelJSON,
  type SpecialTokenSelection,
  type StreamOptions,
  type Tokenizer,
  type TokenizerJSON,
  type TokenizerKind,
} from './core/tokenizer.js';
export { type BytePairData, BytePairTokenizer } from './tokenizers/byte-pair.js';
export { type CharacterData, CharacterTokenizer, type CharacterTrainingOptions } from './tokenizers/character.js';
export { PipelineTokenizer } from './pipeline/pipeline-tokenizer.js';
export { RankedBytePairTokenizer, type RankedBytePairData } from './tokenizers/ranked-byte-pair.js';
export { UnigramTokenizer, type UnigramTrainingOptions } from './tokenizers/unigram.js';
export { type VocabularyData } from './tokenizers/vocabulary-tokenizer.js';
export { type WordPieceLayout, WordPieceTokenizer, type WordPieceTrainingOptions } from './tokenizers/word-piece.js';
export { type WordData, WordTokenizer, type WordTrainingOptions } from './tokenizers/word.js';
export { type LearnedMerge } from './models/bpe/training/learn-merges.js';
export { type TrainingProgress } from './training/progress.js';
export { type BytePairTrainingOptions } from './models/bpe/training/train-byte-pairs.js';
export { type AsyncTrainingTexts, type TrainingTexts } from './training/texts.js';
