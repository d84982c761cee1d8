// SentencePiece's decoding, written as Hugging Face decoder steps.

import { ByteFallback } from '../decoders/byte-fallback.js';
import { Fuse } from '../decoders/fuse.js';
import { ReplaceDecoder } from '../decoders/replace.js';
import { DecoderSequence } from '../decoders/sequence.js';
import { StripDecoder } from '../decoders/strip.js';
import { stringPattern } from '../pre-tokenizers/split-pattern.js';
import { SPACE_SIGN } from './normalizer.js';

/** More spaces than any text begins with, to strip all of them. */
const ALL = 0xffff;

/**
 * Turns ▁ into spaces and bytes into text. Then removes the space that was put before the text, or all spaces there if the normalizer
 * removes extra white space.
 */
export function sentencePieceDecoder({ addDummyPrefix, removeExtraWhiteSpaces }: { addDummyPrefix: boolean; removeExtraWhiteSpaces: boolean }): DecoderSequence {
  const leading = removeExtraWhiteSpaces ? ALL : addDummyPrefix ? 1 : 0;
  return new DecoderSequence([new ReplaceDecoder(stringPattern(SPACE_SIGN), ' '), new ByteFallback(), new Fuse(), ...(leading > 0 ? [new StripDecoder(' ', leading, 0)] : [])]);
}
