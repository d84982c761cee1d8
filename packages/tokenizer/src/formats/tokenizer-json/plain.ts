// Recognizes pipelines that equal one of this package's plain tokenizers, which are faster and smaller than a pipeline.

import { ByteLevelDecoder } from '../../decoders/byte-level.js';
import { Fuse } from '../../decoders/fuse.js';
import type { PipelineParts } from '../../pipeline/parts.js';
import { SINGLE_CHARACTER_PATTERN } from '../../pre-tokenizers/safe-patterns.js';
import { ByteLevelProcessing } from '../../post-processors/byte-level.js';
import { ByteLevel } from '../../pre-tokenizers/byte-level.js';
import { preTokenizerFromPattern } from '../../pre-tokenizers/from-pattern.js';
import { GPT2_PATTERN } from '../../pre-tokenizers/gpt2.js';
import { PreTokenizerSequence } from '../../pre-tokenizers/sequence.js';
import { Split } from '../../pre-tokenizers/split.js';
import type { PreTokenizerStep } from '../../pre-tokenizers/step.js';
import { bytesOfToken } from '../../text/byte-alphabet.js';
import type { Tokenizer } from '../../core/tokenizer.js';
import { BytePairTokenizer } from '../../tokenizers/byte-pair.js';
import { CharacterTokenizer } from '../../tokenizers/character.js';
import { WordTokenizer } from '../../tokenizers/word.js';

type PartsWithoutHoles = Omit<PipelineParts, 'tokens'> & { tokens: readonly string[] };

/** The plain tokenizer that equals these parts; undefined if there is none. */
export function plainTokenizer(parts: PipelineParts): Tokenizer | undefined {
  if (parts.normalizer || parts.truncation || parts.padding || parts.tokens.length === 0) return undefined;
  if (parts.addedTokens.some(({ singleWord, stripLeft, stripRight }) => singleWord || stripLeft || stripRight)) return undefined;
  // Without a normalizer, the `normalized` flag makes no difference.
  const addedTokens = parts.addedTokens.map(({ content, special }) => ({ content, special }));
  const tokens = parts.tokens.filter((token) => token !== undefined);
  if (tokens.length < parts.tokens.length) return undefined;
  switch (parts.model.type) {
    case 'WordLevel':
      return wordTokenizer({ ...parts, tokens, addedTokens });
    case 'BPE':
      return bytePairTokenizer({ ...parts, tokens, addedTokens });
    default:
      return undefined;
  }
}

function wordTokenizer({ tokens, addedTokens, model, preTokenizer, postProcessor, decoder }: PartsWithoutHoles): Tokenizer | undefined {
  if (model.type !== 'WordLevel' || postProcessor || !(decoder instanceof Fuse)) return undefined;
  const pattern = isolatedPattern(preTokenizer);
  if (pattern === undefined) return undefined;
  const data = { tokens, addedTokens, unknownToken: tokens.includes(model.unknownToken ?? '') ? model.unknownToken : undefined };
  if (pattern !== SINGLE_CHARACTER_PATTERN) return new WordTokenizer({ ...data, pattern });
  const others = new Set([...addedTokens.map(({ content }) => content), model.unknownToken]);
  return tokens.every((token) => others.has(token) || [...token].length === 1) ? new CharacterTokenizer(data) : undefined;
}

function bytePairTokenizer({ tokens, addedTokens, model, preTokenizer, postProcessor, decoder }: PartsWithoutHoles): Tokenizer | undefined {
  if (model.type !== 'BPE' || !(decoder instanceof ByteLevelDecoder)) return undefined;
  if (postProcessor && !(postProcessor instanceof ByteLevelProcessing && !postProcessor.trim)) return undefined;
  if (model.dropout || model.prefix !== '' || model.suffix !== '' || model.fuseUnknown || model.byteFallback) return undefined;
  const pattern = byteLevelPattern(preTokenizer);
  if (pattern === undefined) return undefined;
  const unknownToken = tokens.includes(model.unknownToken ?? '') ? model.unknownToken : undefined;
  const others = new Set([...addedTokens.map(({ content }) => content), unknownToken]);
  if (!tokens.every((token) => others.has(token) || bytesOfToken(token))) return undefined;
  return new BytePairTokenizer({ tokens, addedTokens, merges: model.merges, pattern, unknownToken, ignoreMerges: model.ignoreMerges });
}

/** The pattern of a byte-level pre-tokenizer that only cuts. */
function byteLevelPattern(preTokenizer: PreTokenizerStep | undefined): string | undefined {
  if (preTokenizer instanceof ByteLevel) return preTokenizer.useRegex && !preTokenizer.addPrefixSpace ? GPT2_PATTERN : undefined;
  if (!(preTokenizer instanceof PreTokenizerSequence) || preTokenizer.steps.length !== 2) return undefined;
  const [split, byteLevel] = preTokenizer.steps;
  return byteLevel instanceof ByteLevel && !byteLevel.useRegex && !byteLevel.addPrefixSpace ? isolatedPattern(split) : undefined;
}

/** The pattern of a Split that cuts at its matches and does nothing else, where the scanners can read it. */
function isolatedPattern(step: PreTokenizerStep | undefined): string | undefined {
  if (!(step instanceof Split) || step.behavior !== 'Isolated' || step.invert || !('Regex' in step.pattern.json)) return undefined;
  try {
    return preTokenizerFromPattern(step.pattern.json.Regex).pattern;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return undefined;
  }
}
