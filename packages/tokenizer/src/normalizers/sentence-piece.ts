// Normalizes as SentencePiece itself does, step for step: from the left it takes the longest entry of the table of replacements, or one
// character; it shrinks white space to single spaces and writes spaces as ▁. Hugging Face's version (normalizers/precompiled.ts and others)
// differs in rare texts. Source: SentencePiece's `Normalizer::Normalize`.

import type { Charsmap, Replacement } from './charsmap.js';
import type { Normalizer } from './normalizer.js';
import { Precompiled } from './precompiled.js';
import type { Piece } from '../text/piece.js';
import { Rewriter } from '../text/rewriter.js';
import { stringPattern } from '../patterns/split-pattern.js';
import type { ComponentJSON } from '../core/tokenizer.js';

export interface SentencePieceNormalizerOptions {
  /** The table of replacements; undefined: nothing is replaced. */
  charsmap?: Charsmap;
  /** Whether to put a space before the text, or after it with `whiteSpaceAsSuffix`. */
  addDummyPrefix: boolean;
  /** Whether to remove spaces at both ends and shrink runs of spaces to one. */
  removeExtraWhiteSpaces: boolean;
  /** Whether spaces become ▁. */
  escapeWhiteSpaces: boolean;
  /** Whether a word ends with its space instead of beginning with it. */
  whiteSpaceAsSuffix: boolean;
  /** User-defined symbols, which are not changed. */
  symbols: readonly string[];
}

export const SPACE_SIGN = '\u2581';

const encoder = /* @__PURE__ */ new TextEncoder();
/** The number of ASCII characters. */
const ASCII = 0x80;
const YES = 1;
const NO = 2;
/** The most bytes that an entry of the table replaces; longer prefixes are not looked up. */
const LONGEST_ENTRY = 128;

export class SentencePieceNormalizer implements Normalizer {
  readonly keepsWordGaps = true;
  readonly #symbols: RegExp | undefined;
  /** Character -> its replacement, null for none. */
  readonly #known = new Map<string, string | null>();
  /** Two characters -> whether a longer or equal entry begins with them. */
  readonly #pairs = new Map<string, boolean>();
  /** The same for two ASCII characters, as YES, NO, or 0 if they were not looked up yet. */
  readonly #asciiPairs = new Uint8Array(ASCII * ASCII);

  constructor(readonly options: SentencePieceNormalizerOptions) {
    const alternatives = [...options.symbols].sort((a, b) => b.length - a.length).map((symbol) => stringPattern(symbol).expression.source);
    this.#symbols = alternatives.length === 0 ? undefined : new RegExp(alternatives.join('|'), 'uy');
  }

  normalize(piece: Piece, continued = false): Piece {
    const { addDummyPrefix, removeExtraWhiteSpaces, escapeWhiteSpaces, whiteSpaceAsSuffix } = this.options;
    const space = escapeWhiteSpaces ? SPACE_SIGN : ' ';
    const { text } = piece;
    const rewriter = new Rewriter(piece);
    // Spaces are held back until something follows, so that those at the end can be dropped.
    const waiting: number[] = [];
    let started = continued;
    let afterSpace = removeExtraWhiteSpaces && !continued;
    for (let unit = 0; unit < text.length; ) {
      const { length, replacement } = this.#prefix(text, unit);
      for (const character of replacement) {
        if (character === ' ') {
          if (!(afterSpace && removeExtraWhiteSpaces)) waiting.push(unit);
          afterSpace = true;
          continue;
        }
        // The added space gets the offsets of the first unit, possibly one of the held-back spaces.
        if (!started && addDummyPrefix && !whiteSpaceAsSuffix) rewriter.put(space, waiting[0] ?? unit);
        started = true;
        if (waiting.length > 0) for (const at of waiting.splice(0)) rewriter.put(space, at);
        rewriter.put(character, unit);
        afterSpace = false;
      }
      unit += length;
    }
    if (!removeExtraWhiteSpaces) {
      if (!started && addDummyPrefix && !whiteSpaceAsSuffix && text !== '') rewriter.put(space, 0);
      for (const at of waiting) rewriter.put(space, at);
      started ||= text !== '';
    }
    const normalized = removeExtraWhiteSpaces ? withoutTrailing(rewriter.done(), space) : rewriter.done();
    return started && addDummyPrefix && whiteSpaceAsSuffix ? append(normalized, space) : normalized;
  }

  /** User-defined symbols are not changed. As in SentencePiece, a symbol with a space inside is never found. */
  normalizeToken(content: string): string {
    return content;
  }

  /** Written as Hugging Face's steps, which differ only in rare texts. */
  toJSON(): ComponentJSON {
    const { charsmap, addDummyPrefix, removeExtraWhiteSpaces, escapeWhiteSpaces, whiteSpaceAsSuffix } = this.options;
    const steps: ComponentJSON[] = [];
    if (charsmap) steps.push(new Precompiled(charsmap).toJSON());
    const replace = (regex: string, content: string): void => void steps.push({ type: 'Replace', pattern: { Regex: regex }, content });
    if (removeExtraWhiteSpaces) {
      replace('(?<![\\s\\S]) +| +(?![\\s\\S])', '');
      replace(' {2,}', ' ');
    }
    if (addDummyPrefix && whiteSpaceAsSuffix) replace('(?<=[\\s\\S])(?![\\s\\S])', ' ');
    if (addDummyPrefix && !whiteSpaceAsSuffix) steps.push({ type: 'Prepend', prepend: ' ' });
    if (escapeWhiteSpaces) steps.push({ type: 'Replace', pattern: { String: ' ' }, content: SPACE_SIGN });
    return { type: 'Sequence', normalizers: steps };
  }

  /** The next entry or character at a place of the text: its length in UTF-16 units, and its replacement. */
  #prefix(text: string, unit: number): { length: number; replacement: string } {
    if (this.#symbols) {
      this.#symbols.lastIndex = unit;
      const symbol = this.#symbols.exec(text)?.[0];
      if (symbol !== undefined) return { length: symbol.length, replacement: symbol };
    }
    const character = String.fromCodePoint(text.codePointAt(unit) as number);
    const { charsmap } = this.options;
    if (!charsmap) return { length: character.length, replacement: character };
    if (unit + character.length < text.length && this.#goesOn(charsmap, text, unit, character)) {
      const window = text.slice(unit, unit + LONGEST_ENTRY);
      const found = find(charsmap, window);
      return found ? { length: unitsOf(window, found.length), replacement: found.text } : { length: character.length, replacement: character };
    }
    let known = this.#known.get(character);
    if (known === undefined) remember(this.#known, character, (known = find(charsmap, character)?.text ?? null));
    return { length: character.length, replacement: known ?? character };
  }

  /** Whether an entry of the table begins with this character and the next one. */
  #goesOn(charsmap: Charsmap, text: string, unit: number, character: string): boolean {
    const first = text.charCodeAt(unit);
    const second = text.charCodeAt(unit + 1);
    if (first < ASCII && second < ASCII) {
      const place = first * ASCII + second;
      if (this.#asciiPairs[place] === 0) this.#asciiPairs[place] = charsmap.hasPrefix(Uint8Array.of(first, second)) ? YES : NO;
      return this.#asciiPairs[place] === YES;
    }
    const pair = character + String.fromCodePoint(text.codePointAt(unit + character.length) as number);
    let known = this.#pairs.get(pair);
    if (known === undefined) remember(this.#pairs, pair, (known = charsmap.hasPrefix(encoder.encode(pair))));
    return known;
  }
}

/** The most characters, and the most pairs, in the caches. */
const MOST_KNOWN = 50_000;

function remember<T>(known: Map<string, T>, key: string, value: T): void {
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, value);
}

function find(charsmap: Charsmap, text: string): Replacement | undefined {
  const bytes = encoder.encode(text);
  return charsmap.find(bytes, 0, bytes.length, 'longest');
}

/** Removes the space signs at the end, including those that the text itself contained. */
function withoutTrailing(piece: Piece, space: string): Piece {
  let end = piece.text.length;
  while (piece.text[end - 1] === space) end--;
  return piece.slice(0, end);
}

function append(piece: Piece, text: string): Piece {
  const rewriter = new Rewriter(piece);
  rewriter.copy(0, piece.text.length);
  rewriter.put(text, piece.text.length - 1);
  return rewriter.done();
}

/** The number of UTF-16 units that take `bytes` bytes of UTF-8. */
function unitsOf(text: string, bytes: number): number {
  let units = 0;
  for (const character of text) {
    if (bytes <= 0) break;
    bytes -= encoder.encode(character).length;
    units += character.length;
  }
  return units;
}
