// Splits a text at white space, with one sentence per line, as language-model toolkits (irstlm, KenLM, SRILM) do. White space is what KenLM's
// lmplz takes for it: NUL, tab, line feed, carriage return and space. Everything else, such as a no-break space, is a part of a token.
import { HASH_OF_NOTHING, hashWith } from './token-table.js';
import type { SplitNotes, TextUnit } from './units.js';

const LINE_BREAK = 10;
const SPACES = /[\0\t\n\r ]+/;
const isSpace = (code: number): boolean => code === 32 || code === LINE_BREAK || code === 9 || code === 13 || code === 0;
const TOKEN = /(\n)|[^\0\t\n\r ]+/g;

export const whitespace: TextUnit = {
  split(text, notes = {}) {
    if (notes.starts !== undefined || notes.ends !== undefined) return splitWithPlaces(text, notes);
    if (notes.sentences === undefined) return text.split(SPACES).filter((token) => token !== '');
    const tokens: string[] = [];
    for (const line of text.split('\n')) {
      const before = tokens.length;
      for (const token of line.split(SPACES)) if (token !== '') tokens.push(token);
      if (tokens.length > before) notes.sentences.push(before);
    }
    return tokens;
  },
  // At a space after a character that is not white space.
  cut: /(?<=[^\0\t\n\r ]) /g,
  scan(text, token, sentence, continues = false) {
    let begins = !continues;
    for (let at = 0; at < text.length; at++) {
      const from = at;
      let hash = HASH_OF_NOTHING;
      let code = 0;
      for (; at < text.length; at++) {
        code = text.charCodeAt(at);
        if (code <= 32 && isSpace(code)) break;
        hash = hashWith(hash, code);
      }
      if (at > from) {
        if (begins) sentence?.();
        begins = false;
        token(from, at, hash);
      }
      if (code === LINE_BREAK) begins = true;
    }
  },
  join: (tokens) => tokens.join(' '),
  variants: () => [],
  sentenceEnds: [],
  betweenSentences: '\n',
};

function splitWithPlaces(text: string, { starts, ends, sentences, continues = false }: SplitNotes): string[] {
  const tokens: string[] = [];
  let begins = !continues;
  for (const { 0: token, 1: lineBreak, index } of text.matchAll(TOKEN)) {
    if (lineBreak !== undefined) {
      begins = true;
      continue;
    }
    if (begins) sentences?.push(tokens.length);
    begins = false;
    tokens.push(token);
    starts?.push(index);
    ends?.push(index + token.length);
  }
  return tokens;
}
