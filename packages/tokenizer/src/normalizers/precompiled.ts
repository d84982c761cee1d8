// Applies SentencePiece's table of replacements as Hugging Face does. A short user-perceived character (grapheme) is looked up as a whole, a
// longer one character by character; the shortest entry that is a prefix replaces all of it. SentencePiece itself takes the longest entry
// at each place (sentence-piece.ts).

import type { Piece } from '../text/piece.js';
import { Rewriter } from '../text/rewriter.js';
import type { ComponentJSON } from '../core/tokenizer.js';
import { bytesToBase64 } from '../text/base64.js';
import type { Charsmap } from './charsmap.js';
import type { Normalizer } from './normalizer.js';

/** Graphemes of this many bytes or more are looked up character by character. */
const LONG_GRAPHEME = 6;

/** Characters that can form a grapheme of fewer than 6 bytes with a neighbour. */
const joining = /\p{M}|\p{Grapheme_Extend}|\u200C|\u200D|[\u0600-\u0605\u06DD\u070F\u08E2\u0890\u0891]|\r\n/u;

const encoder = /* @__PURE__ */ new TextEncoder();

export class Precompiled implements Normalizer {
  readonly keepsWordGaps = true;
  readonly #charsmap: Charsmap;
  /** Grapheme or character -> its replacement, null for none. */
  readonly #known = new Map<string, string | null>();
  #segmenter: Intl.Segmenter | undefined;

  constructor(charsmap: Charsmap) {
    this.#charsmap = charsmap;
  }

  normalize(piece: Piece): Piece {
    const rewriter = new Rewriter(piece);
    let modified = false;
    const replace = (text: string, start: number): boolean => {
      const replacement = this.#replacement(text);
      if (replacement === null) return false;
      rewriter.put(replacement, start);
      modified = true;
      return true;
    };
    let start = 0;
    for (const grapheme of this.#graphemes(piece.text)) {
      if (!(encoder.encode(grapheme).length < LONG_GRAPHEME && replace(grapheme, start))) {
        let at = start;
        for (const character of grapheme) {
          if (!replace(character, at)) rewriter.copy(at, at + character.length);
          at += character.length;
        }
      }
      start += grapheme.length;
    }
    return modified ? rewriter.done() : piece;
  }

  toJSON(): ComponentJSON {
    return { type: 'Precompiled', precompiled_charsmap: bytesToBase64(this.#charsmap.bytes) };
  }

  #graphemes(text: string): Iterable<string> {
    if (!joining.test(text)) return text;
    this.#segmenter ??= new Intl.Segmenter('und', { granularity: 'grapheme' });
    return Array.from(this.#segmenter.segment(text), ({ segment }) => segment);
  }

  #replacement(text: string): string | null {
    let replacement = this.#known.get(text);
    if (replacement === undefined) {
      const bytes = encoder.encode(text);
      replacement = this.#charsmap.find(bytes, 0, bytes.length, 'shortest')?.text ?? null;
      if (this.#known.size < 100_000) this.#known.set(text, replacement);
    }
    return replacement;
  }
}
