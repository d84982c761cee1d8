// Splits a text into words, punctuation marks and line breaks.
//
// The placement of spaces is learned: a mark includes the spaces around it, so that ", " and " (" and the opening and closing form of a
// straight quotation mark are different tokens, in every language. Words include no spaces; two words in a row have a space between them.
// So join() restores the text, except that runs of spaces and tabs become one space, spaces at the beginning and end of lines and around
// the whole text are lost, and any number of empty lines become one.
import type { TextUnit } from './units.js';

// Letters, combining marks, digits, and invisible characters inside words (soft hyphen, joiners).
const LETTER = '[\\p{L}\\p{M}\\p{N}\\u00ad\\u200c\\u200d]';
const TOKEN = new RegExp(
  [
    '(\\s+)',
    // "3,5", "1.000", "10:30" and words: "Rot-Käppchen" and "du's" are one each.
    `((?:\\p{N}+(?:[.,:]\\p{N}+)+${LETTER}*|${LETTER}+)(?:['’ʼ‐‑-]${LETTER}+)*)`,
    // Any other sign; a repeated one, as in "..." or "--", is one token.
    '([^\\s])\\3*',
  ].join('|'),
  'gu',
);

const LINE = '\n';
const PARAGRAPH = '\n\n';
const ENDS: ReadonlySet<string> = new Set([LINE, PARAGRAPH, '. ', '! ', '? ']);

const SPACE = 32;
const LINE_FEED = 10;
const PLAIN_LETTER = 1;
const PLAIN_MARK = 2;
/**
 * The kind of each UTF-16 code unit: plain letters, and marks that never occur inside words. Digits, hyphens, apostrophes and everything
 * else are 0.
 */
const kinds = /* @__PURE__ */ Uint8Array.from({ length: 0x180 }, (_, code) => {
  const sign = String.fromCharCode(code);
  if (/[A-Za-zÀ-ÖØ-öø-ſ]/.test(sign)) return PLAIN_LETTER;
  return /[!"#$%&()*+,./:;<=>?@[\\\]^_`{|}~]/.test(sign) ? PLAIN_MARK : 0;
});
const isPlainLetter = (code: number): boolean => code < kinds.length && kinds[code] === PLAIN_LETTER;

/**
 * A fast path for simple tokens: the end of the token that begins at `at`, if it is a word of plain letters before a space or mark, a
 * single mark, or a single space or line break before an ASCII sign. Most of a text is of these kinds, and this takes a fraction of the
 * time of TOKEN.
 *
 * @returns `at` if TOKEN must decide
 */
function plainEnd(text: string, at: number, to: number): number {
  const code = text.charCodeAt(at);
  const next = at + 1 < to ? text.charCodeAt(at + 1) : SPACE;
  if (code === SPACE || code === LINE_FEED) return next > SPACE && next < 0x7f ? at + 1 : at;
  if (code >= kinds.length) return at;
  if (kinds[code] === PLAIN_MARK) return next !== code && next < 0x7f ? at + 1 : at;
  if (kinds[code] !== PLAIN_LETTER) return at;
  let end = at + 1;
  while (end < to && isPlainLetter(text.charCodeAt(end))) end++;
  if (end === to) return end;
  const after = text.charCodeAt(end);
  return after === SPACE || after === LINE_FEED || (after < kinds.length && kinds[after] === PLAIN_MARK) ? end : at;
}

export const words: TextUnit = {
  // Between two words: nothing there is part of a token.
  cut: /(?<=\p{L} )\p{L}/gu,
  split(text, { starts, ends, sentences, continues = false } = {}) {
    const tokens: string[] = [];
    const from = text.length - text.trimStart().length;
    const to = text.trimEnd().length;
    let spaceBefore = true;
    let begins = !continues;
    for (let at = from; at < to; ) {
      const start = at;
      let space: boolean;
      let word: boolean;
      at = plainEnd(text, start, to);
      if (at > start) {
        space = text.charCodeAt(start) <= SPACE;
        word = isPlainLetter(text.charCodeAt(start));
      } else {
        TOKEN.lastIndex = start;
        const match = TOKEN.exec(text);
        if (match === null) break;
        space = match[1] !== undefined;
        word = match[2] !== undefined;
        at = TOKEN.lastIndex;
      }
      const piece = text.slice(start, at);
      let token = piece;
      if (space) {
        spaceBefore = true;
        const breaks = piece.length === 1 ? (piece === '\n' || piece === '\r' ? 1 : 0) : (piece.match(/\r\n?|\n/g)?.length ?? 0);
        if (breaks === 0) continue;
        token = breaks > 1 ? PARAGRAPH : LINE;
      } else {
        if (!word) token = `${spaceBefore ? ' ' : ''}${piece}${at >= to || /\s/.test(text[at]) ? ' ' : ''}`;
        spaceBefore = false;
      }
      // A line break after the end of a sentence belongs to that sentence.
      if (begins && (!space || tokens.length === 0)) {
        sentences?.push(tokens.length);
        begins = false;
      }
      begins ||= ENDS.has(token);
      tokens.push(token);
      starts?.push(start);
      ends?.push(at);
    }
    return tokens;
  },

  join(tokens) {
    let text = '';
    let previous = LINE;
    for (const token of tokens) {
      if (allowsSpaceAfter(previous) && allowsSpaceBefore(token)) text += ' ';
      text += isBreak(token) ? token : token.trim();
      previous = token;
    }
    return text;
  },

  variants(token) {
    if (isBreak(token)) return token === LINE ? [PARAGRAPH] : [LINE];
    if (isWord(token)) return [];
    const mark = token.trim();
    const [before, after] = [token.startsWith(' ') ? ' ' : '', token.endsWith(' ') ? ' ' : ''];
    const turn = (space: string): string => (space === '' ? ' ' : '');
    return [`${before}${mark}${turn(after)}`, `${turn(before)}${mark}${after}`, `${turn(before)}${mark}${turn(after)}`];
  },

  sentenceEnds: [...ENDS].map((end) => [end]),
  betweenSentences: '',
};

const startsLikeWord = new RegExp(`^${LETTER}`, 'u');
const isWord = (token: string): boolean => startsLikeWord.test(token);
const isBreak = (token: string): boolean => token === LINE || token === PARAGRAPH;
const allowsSpaceBefore = (token: string): boolean => !isBreak(token) && (token.startsWith(' ') || isWord(token));
const allowsSpaceAfter = (token: string): boolean => !isBreak(token) && (token.endsWith(' ') || isWord(token));
