// Decodes as SentencePiece does, with Hugging Face's decoder steps. The unknown token has a text of its own, which no such step knows.

import { ByteFallback } from './byte-fallback.js';
import type { Decoder, TokenStream } from './decoder.js';
import { Fuse } from './fuse.js';
import { ReplaceDecoder } from './replace.js';
import { DecoderSequence } from './sequence.js';
import { StripDecoder } from './strip.js';
import { stringPattern } from '../patterns/split-pattern.js';
import { SPACE_SIGN } from '../normalizers/sentence-piece.js';

/** More spaces than any text begins with, to strip all of them. */
const ALL = 0xffff;

/**
 * Turns ▁ into spaces and bytes into text. Then removes the space that was put before the text, or all spaces there if the normalizer
 * removes extra white space.
 */
export function sentencePieceDecoder({ addDummyPrefix, removeExtraWhiteSpaces }: { addDummyPrefix: boolean; removeExtraWhiteSpaces: boolean }): DecoderSequence {
  const leading = removeExtraWhiteSpaces ? ALL : addDummyPrefix ? 1 : 0;
  return new DecoderSequence([...inside(), ...(leading > 0 ? [new StripDecoder(' ', leading, 0)] : [])]);
}

/** The steps that do not depend on where the text begins. */
const inside = (): Decoder[] => [new ReplaceDecoder(stringPattern(SPACE_SIGN), ' '), new ByteFallback(), new Fuse()];

/** Decodes the unknown token as a text of its own. As in the reference, no space of that text is removed, also where it comes first. */
export class UnknownSurfaceDecoder extends DecoderSequence {
  /**
   * @param first  decodes the beginning of a text
   * @param surface  the text of the unknown token
   */
  constructor(
    first: DecoderSequence,
    readonly unknownToken: string,
    readonly surface: string,
  ) {
    super(first.steps);
  }

  override start(fused: boolean): TokenStream {
    let stream = super.start(fused);
    let begun = false;
    const noted = (texts: string[]): string[] => {
      begun ||= texts.some((text) => text !== '');
      return texts;
    };
    return {
      push: (token) => {
        if (token !== this.unknownToken) return noted(stream.push(token));
        const texts = noted([...stream.end(), this.surface]);
        stream = begun ? new DecoderSequence(inside()).start(fused) : super.start(fused);
        return texts;
      },
      end: () => stream.end(),
    };
  }

  addedText(token: string): string {
    return token === this.unknownToken ? this.surface : token;
  }
}
