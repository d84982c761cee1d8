// Applies one of Unicode's four normalization forms. JavaScript does the normalizing; this file finds out which character each result came
// from. Reference for the alignment: Hugging Face's `unicode_normalization_alignments`.

import { Piece } from '../text/piece.js';
import { Rewriter } from '../text/rewriter.js';
import type { ComponentJSON } from '../core/tokenizer.js';
import type { Normalizer } from './normalizer.js';

export type UnicodeForm = 'NFC' | 'NFD' | 'NFKC' | 'NFKD';

/** A character with everything that can combine with it: marks, Hangul vowels and final consonants, and compatibility forms of both. */
const segments = /[^][\p{M}\u1160-\u11FF\u3131-\u318E\uFF9E-\uFFDC]*/gu;

/** A character of a decomposed segment. */
interface Part {
  character: string;
  /** Whether it is the first part of the original character. */
  first: boolean;
}

export class UnicodeNormalizer implements Normalizer {
  readonly keepsWordGaps = true;

  constructor(readonly form: UnicodeForm) {}

  normalize(piece: Piece): Piece {
    const text = piece.text.normalize(this.form);
    if (text === piece.text) return piece;
    if (!piece.alignment) return new Piece(text, undefined, piece.atStart);
    const rewriter = new Rewriter(piece);
    for (const { 0: segment, index } of piece.text.matchAll(segments)) {
      const normalized = segment.normalize(this.form);
      if (normalized === segment) rewriter.copy(index, index + segment.length);
      else this.#rewrite(segment, index, normalized, rewriter);
    }
    return rewriter.done();
  }

  toJSON(): ComponentJSON {
    return { type: this.form };
  }

  #rewrite(segment: string, start: number, normalized: string, rewriter: Rewriter): void {
    const sources = [...segment];
    const unitOf = sources.map((_, i) => start + sources.slice(0, i).join('').length);
    const parts = this.#decompose(sources);
    // The reference assigns the original characters in their order, one to every first part, even if canonical ordering has moved the
    // parts.
    let next = 0;
    const unit = (index: number): number => unitOf[Math.min(index, unitOf.length - 1)];
    for (const character of normalized) {
      const members = [...character.normalize('NFD')].map((member) => take(parts, member));
      const firsts = members.filter((member) => member?.first).length;
      // A character of later parts alone was added: it stands where the one before it does.
      rewriter.put(character, unit(firsts > 0 ? next : Math.max(next - 1, 0)));
      next += firsts;
    }
  }

  #decompose(sources: readonly string[]): Part[] {
    const form = this.form === 'NFC' || this.form === 'NFD' ? 'NFD' : 'NFKD';
    return sources.flatMap((source) => [...source.normalize(form)].map((character, i) => ({ character, first: i === 0 })));
  }
}

/** Removes and returns the first part that equals this character; equal characters keep their order. */
function take(parts: Part[], character: string): Part | undefined {
  const index = parts.findIndex((part) => part.character === character);
  return index < 0 ? undefined : parts.splice(index, 1)[0];
}
