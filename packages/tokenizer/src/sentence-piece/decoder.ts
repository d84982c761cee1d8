// SentencePiece's way back to text in Hugging Face's steps.

import { ByteFallback } from '../decoders/byte-fallback';
import { Fuse } from '../decoders/fuse';
import { ReplaceDecoder } from '../decoders/replace';
import { DecoderSequence } from '../decoders/sequence';
import { StripDecoder } from '../decoders/strip';
import { stringPattern } from '../pre-tokenizers/split-pattern';
import { SPACE_SIGN } from './normalizer';

/** More spaces than any text begins with. */
const ALL = 0xffff;

/** ▁ back to spaces, bytes to text, and the space taken away that was put before the text; or all spaces there, if none can be left. */
export function sentencePieceDecoder({ addDummyPrefix, removeExtraWhiteSpaces }: { addDummyPrefix: boolean; removeExtraWhiteSpaces: boolean }): DecoderSequence {
  const leading = removeExtraWhiteSpaces ? ALL : addDummyPrefix ? 1 : 0;
  return new DecoderSequence([new ReplaceDecoder(stringPattern(SPACE_SIGN), ' '), new ByteFallback(), new Fuse(), ...(leading > 0 ? [new StripDecoder(' ', leading, 0)] : [])]);
}
