// SentencePiece's own normalizer, step for step: from the left, the longest entry of the table of replacements or one character;
// white space shrunk to single spaces, and spaces written as ▁. Hugging Face's version of it (normalizers/precompiled.ts and others)
// differs in rare texts. Source: SentencePiece's `Normalizer::Normalize`.

import { type Charsmap, type Replacement } from '../normalizers/charsmap.js';
import { type Normalizer } from '../normalizers/normalizer.js';
import { Precompiled } from '../normalizers/precompiled.js';
import { type Piece } from '../pipeline/piece.js';
import { Rewriter } from '../pipeline/rewriter.js';
import { stringPattern } from '../pre-tokenizers/split-pattern.js';
import { type ComponentJSON } from '../tokenizer.js';

export interface SentencePieceNormalizerOptions {
  /** The table of replacements; undefined: nothing is replaced. */
  charsmap?: Charsmap;
  /** Whether a space is put before the text, or behind it with `whiteSpaceAsSuffix`. */
  addDummyPrefix: boolean;
  /** Whether spaces at both ends go, and runs of them become one. */
  removeExtraWhiteSpaces: boolean;
  /** Whether spaces become ▁. */
  escapeWhiteSpaces: boolean;
  /** Whether a word ends with its space instead of beginning with it. */
  whiteSpaceAsSuffix: boolean;
  /** User-defined symbols: they stay as they are. */
  symbols: readonly string[];
}

export const SPACE_SIGN = '\u2581';

const encoder = /* @__PURE__ */ new TextEncoder();
/** An entry of a table replaces at most so many bytes; longer prefixes are not looked for. */
const LONGEST_ENTRY = 128;

export class SentencePieceNormalizer implements Normalizer {
  readonly keepsWordGaps = true;
  readonly #symbols: RegExp | undefined;
  /** A character alone -> its replacement, null for none. */
  readonly #known = new Map<string, string | null>();
  /** Two characters -> whether an entry begins with them. */
  readonly #pairs = new Map<string, boolean>();

  constructor(readonly options: SentencePieceNormalizerOptions) {
    const alternatives = [...options.symbols].sort((a, b) => b.length - a.length).map((symbol) => stringPattern(symbol).expression.source);
    this.#symbols = alternatives.length === 0 ? undefined : new RegExp(alternatives.join('|'), 'uy');
  }

  normalize(piece: Piece, continued = false): Piece {
    const { addDummyPrefix, removeExtraWhiteSpaces, escapeWhiteSpaces, whiteSpaceAsSuffix } = this.options;
    const space = escapeWhiteSpaces ? SPACE_SIGN : ' ';
    const { text } = piece;
    const rewriter = new Rewriter(piece);
    // Spaces wait until something follows them, so that those at the end can be left out.
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
        // It belongs to what comes first, be that one of the spaces that wait.
        if (!started && addDummyPrefix && !whiteSpaceAsSuffix) rewriter.put(space, waiting[0] ?? unit);
        started = true;
        for (const at of waiting.splice(0)) rewriter.put(space, at);
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

  /** User-defined symbols are looked for as they are; one with a space inside is never found, in SentencePiece neither. */
  normalizeToken(content: string): string {
    return content;
  }

  /** As Hugging Face's steps, which mean the same but for rare texts. */
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

  /** What stands at a place of the text: how many units, and what they become. */
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

  /** Whether some entry of the table begins with this character and the one after it. */
  #goesOn(charsmap: Charsmap, text: string, unit: number, character: string): boolean {
    const pair = character + String.fromCodePoint(text.codePointAt(unit + character.length) as number);
    let known = this.#pairs.get(pair);
    if (known === undefined) remember(this.#pairs, pair, (known = charsmap.hasPrefix(encoder.encode(pair))));
    return known;
  }
}

/** Characters, and pairs of them, that are kept in mind. */
const MOST_KNOWN = 50_000;

function remember<T>(known: Map<string, T>, key: string, value: T): void {
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, value);
}

function find(charsmap: Charsmap, text: string): Replacement | undefined {
  const bytes = encoder.encode(text);
  return charsmap.find(bytes, 0, bytes.length, 'longest');
}

/** Signs of spaces that the text itself held go as well. */
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

/** How many units of a text take so many bytes. */
function unitsOf(text: string, bytes: number): number {
  let units = 0;
  for (const character of text) {
    if (bytes <= 0) break;
    bytes -= encoder.encode(character).length;
    units += character.length;
  }
  return units;
}
