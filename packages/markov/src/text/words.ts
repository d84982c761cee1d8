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
    '(?<space>\\s+)',
    // "3,5", "1.000", "10:30" and words: "Rot-Käppchen" and "du's" are one each.
    `(?<word>(?:\\p{N}+(?:[.,:]\\p{N}+)+${LETTER}*|${LETTER}+)(?:['’ʼ‐‑-]${LETTER}+)*)`,
    // Any other sign; repeated, as in "..." or "--", it is one token.
    '(?<mark>(?<sign>[^\\s])\\k<sign>*)',
  ].join('|'),
  'gu',
);

const LINE = '\n';
const PARAGRAPH = '\n\n';

export const words: TextUnit = {
  split(text) {
    const tokens: string[] = [];
    const normalized = text.replace(/\r\n?/g, '\n').trim();
    let spaceBefore = true;
    for (const match of normalized.matchAll(TOKEN)) {
      const { space, word, mark } = match.groups as Partial<Record<'space' | 'word' | 'mark', string>>;
      if (space !== undefined) {
        const breaks = space.split('\n').length - 1;
        if (breaks > 0) tokens.push(breaks > 1 ? PARAGRAPH : LINE);
      } else if (word !== undefined) {
        tokens.push(word);
      } else if (mark !== undefined) {
        const after = match.index + mark.length;
        const spaceAfter = after === normalized.length || /\s/.test(normalized[after]);
        tokens.push(`${spaceBefore ? ' ' : ''}${mark}${spaceAfter ? ' ' : ''}`);
      }
      spaceBefore = space !== undefined;
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

  sentenceEnds: [[LINE], [PARAGRAPH], ['. '], ['! '], ['? ']],
};

const startsLikeWord = new RegExp(`^${LETTER}`, 'u');
const isWord = (token: string): boolean => startsLikeWord.test(token);
const isBreak = (token: string): boolean => token === LINE || token === PARAGRAPH;
const allowsSpaceBefore = (token: string): boolean => !isBreak(token) && (token.startsWith(' ') || isWord(token));
const allowsSpaceAfter = (token: string): boolean => !isBreak(token) && (token.endsWith(' ') || isWord(token));
