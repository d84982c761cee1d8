// Splits a text at white space, with one sentence per line, as language-model toolkits (irstlm, KenLM, SRILM) do.
import { HASH_OF_NOTHING, hashWith } from './token-table.js';
import { type SplitNotes, type TextUnit } from './units.js';

const LINE_BREAK = 10;
const OTHER_SPACE = /\s/;
/** Like \s, but two comparisons decide most letters. */
const isSpace = (code: number): boolean => (code <= 32 ? code === 32 || (code >= 9 && code <= 13) : code >= 160 && (code === 160 || code >= 0x1680) && OTHER_SPACE.test(String.fromCharCode(code)));
const TOKEN = /(\n)|[^\s]+/g;

export const whitespace: TextUnit = {
  split(text, notes = {}) {
    if (notes.starts !== undefined || notes.ends !== undefined) return splitWithPlaces(text, notes);
    if (notes.sentences === undefined) return text.split(/\s+/).filter((token) => token !== '');
    const tokens: string[] = [];
    for (const line of text.split('\n')) {
      const before = tokens.length;
      for (const token of line.split(/\s+/)) if (token !== '') tokens.push(token);
      if (tokens.length > before) notes.sentences.push(before);
    }
    return tokens;
  },
  // At a space after a character that is not white space.
  cut: /(?<=[^\s]) /g,
  scan(text, token, sentence, continues = false) {
    let begins = !continues;
    for (let at = 0; at < text.length; at++) {
      const from = at;
      let hash = HASH_OF_NOTHING;
      let code = 0;
      for (; at < text.length; at++) {
        code = text.charCodeAt(at);
        if ((code <= 32 || code >= 160) && isSpace(code)) break;
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
