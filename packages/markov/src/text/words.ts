// A text as words, punctuation marks and line breaks.
//
// Where spaces go is learned instead of ruled: a mark carries the spaces that stood around it, so that ", " and " (" and the opening
// and closing form of a straight quotation mark are different tokens, in every language. Words carry none: two words in a row
// have a space between them. So joining gives the text back, with runs of spaces and tabs as one space, no spaces at line ends and
// beginnings, any number of empty lines as one, and nothing around the whole.
import { type TextUnit } from './units.js';

// Letters, their accents, digits, and the invisible signs that belong inside words (soft hyphen, joiners).
const LETTER = '[\\p{L}\\p{M}\\p{N}\\u00ad\\u200c\\u200d]';
const TOKEN = new RegExp(
  [
    '(\\s+)',
    // "3,5", "1.000", "10:30" and words: "Rot-Käppchen" and "du's" are one each.
    `((?:\\p{N}+(?:[.,:]\\p{N}+)+${LETTER}*|${LETTER}+)(?:['’ʼ‐‑-]${LETTER}+)*)`,
    // Any other sign; repeated, as in "..." or "--", it is one token.
    '([^\\s])\\3*',
  ].join('|'),
  'gu',
);

const LINE = '\n';
const PARAGRAPH = '\n\n';
const ENDS: ReadonlySet<string> = new Set([LINE, PARAGRAPH, '. ', '! ', '? ']);

export const words: TextUnit = {
  split(text, { starts, ends, sentences } = {}) {
    const tokens: string[] = [];
    const from = text.length - text.trimStart().length;
    const to = text.trimEnd().length;
    TOKEN.lastIndex = from;
    let spaceBefore = true;
    let begins = true;
    for (let at = from; at < to; ) {
      TOKEN.lastIndex = at;
      const match = TOKEN.exec(text);
      if (match === null) break;
      const [piece, space, word] = match;
      at = TOKEN.lastIndex;
      let token = piece;
      if (space !== undefined) {
        spaceBefore = true;
        const breaks = piece.length === 1 ? (piece === '\n' || piece === '\r' ? 1 : 0) : (piece.match(/\r\n?|\n/g)?.length ?? 0);
        if (breaks === 0) continue;
        token = breaks > 1 ? PARAGRAPH : LINE;
      } else {
        if (word === undefined) token = `${spaceBefore ? ' ' : ''}${piece}${at >= to || /\s/.test(text[at]) ? ' ' : ''}`;
        spaceBefore = false;
      }
      // A line break behind the end of a sentence belongs to that sentence.
      if (begins && (space === undefined || tokens.length === 0)) {
        sentences?.push(tokens.length);
        begins = false;
      }
      begins ||= ENDS.has(token);
      tokens.push(token);
      starts?.push(match.index);
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
