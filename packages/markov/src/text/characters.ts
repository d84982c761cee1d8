// Splits a text into characters: Unicode code points, or graphemes. Nothing is changed or lost; sentences are lines.
import type { SplitNotes, TextUnit } from './units.js';

const LINE_BREAK = 10;

function charactersOf(pieces: (text: string) => Iterable<string>, cut: RegExp): TextUnit {
  return {
    cut,
    split: (text, notes) => splitInto(pieces(text), notes),
    join: (tokens) => tokens.join(''),
    variants: () => [],
    sentenceEnds: [['\n'], ['.', ' '], ['!', ' '], ['?', ' ']],
    betweenSentences: '\n',
  };
}

function splitInto(pieces: Iterable<string>, { starts, ends, sentences, continues = false }: SplitNotes = {}): string[] {
  const tokens: string[] = [];
  let at = 0;
  let begins = !continues;
  for (const piece of pieces) {
    const start = at;
    at += piece.length;
    if (sentences !== undefined && (piece === '\n' || piece === '\r\n')) {
      begins = true;
      continue;
    }
    if (begins) sentences?.push(tokens.length);
    begins = false;
    tokens.push(piece);
    starts?.push(start);
    ends?.push(at);
  }
  return tokens;
}

/** Code points: an emoji or an umlaut is one token if it is one code point. */
export const characters: TextUnit = {
  ...charactersOf((text) => text, /(?<=[^\n\ud800-\udfff])[^\n\ud800-\udfff]/g),
  scan(text, token, sentence, continues = false) {
    let begins = !continues;
    for (let at = 0; at < text.length; ) {
      const code = text.charCodeAt(at);
      const from = at++;
      // A high surrogate includes the low one after it.
      if (code >= 0xd800 && code <= 0xdbff && (text.charCodeAt(at) & 0xfc00) === 0xdc00) at++;
      if (sentence !== undefined && code === LINE_BREAK) {
        begins = true;
        continue;
      }
      if (begins) sentence?.();
      begins = false;
      token(from, at);
    }
  },
};

// Created on first use, since older browsers lack it. Grapheme boundaries are the same in all languages.
let segmenter: Intl.Segmenter | undefined;

/** Graphemes: what readers see as one character is one token, with any number of code points (UAX 29, extended grapheme clusters). */
export const graphemes: TextUnit = charactersOf(function* (text) {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  for (const { segment } of segmenter.segment(text)) yield segment;
  // Between letters that never combine, and between ideographs.
}, /(?<=[A-Za-z\u0410-\u044f\u4e00-\u9fff])[A-Za-z\u0410-\u044f\u4e00-\u9fff]/g);
