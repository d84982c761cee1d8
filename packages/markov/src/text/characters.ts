// A text as characters: Unicode code points, or graphemes. Nothing is changed or lost; sentences are lines.
import { type SplitNotes, type TextUnit } from './units.js';

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

/** An emoji or an umlaut is one token, as long as it is one code point. */
export const characters: TextUnit = {
  ...charactersOf((text) => text, /(?<=[^\n\ud800-\udfff])[^\n\ud800-\udfff]/g),
  scan(text, token, sentence, continues = false) {
    let begins = !continues;
    for (let at = 0; at < text.length; ) {
      const code = text.charCodeAt(at);
      const from = at++;
      // A high surrogate takes the low one behind it along.
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

// Made when first needed: older browsers have none. The boundaries of graphemes are the same in all languages.
let segmenter: Intl.Segmenter | undefined;

/** What readers take for one character is one token, of however many code points (UAX 29, extended grapheme clusters). */
export const graphemes: TextUnit = charactersOf(function* (text) {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  for (const { segment } of segmenter.segment(text)) yield segment;
  // Between letters of scripts that join none, and between ideographs.
}, /(?<=[A-Za-z\u0410-\u044f\u4e00-\u9fff])[A-Za-z\u0410-\u044f\u4e00-\u9fff]/g);
