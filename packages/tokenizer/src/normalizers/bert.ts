// Normalizes as BERT does: removes control characters, turns every white space into a space, puts spaces around Chinese characters, removes
// accents, and converts to lower case.
// Source: BasicTokenizer of google-research/bert, as Hugging Face implements it.

import type { Piece } from '../text/piece.js';
import { replaceCharacters } from '../text/rewriter.js';
import { WHITE_SPACE_CLASS } from '../text/white-space.js';
import type { ComponentJSON } from '../core/tokenizer.js';
import { Lowercase } from './lowercase.js';
import type { Normalizer } from './normalizer.js';
import { UnicodeNormalizer } from './unicode.js';

export interface BertNormalizerOptions {
  cleanText: boolean;
  handleChineseChars: boolean;
  /** Null: the same as `lowercase`. */
  stripAccents: boolean | null;
  lowercase: boolean;
}

const unclean = /* @__PURE__ */ new RegExp(`[${WHITE_SPACE_CLASS}\\uFFFD\\p{Cc}\\p{Cf}\\p{Co}]`, 'gu');
/**
 * The white space that becomes a space. Control characters are removed even if they are white space (such as U+0085), except tab, line feed
 * and carriage return.
 */
const spaces = /^[\t\n\r\p{Z}]$/u;
/** CJK ideographs only. Korean and Japanese syllables are treated like letters. */
const chinese = /[\u4E00-\u9FFF\u3400-\u4DBF\u{20000}-\u{2A6DF}\u{2A700}-\u{2B73F}\u{2B740}-\u{2B81F}\u{2B920}-\u{2CEAF}\uF900-\uFAFF\u{2F800}-\u{2FA1F}]/gu;
const nonSpacingMarks = /\p{Mn}/gu;

const decompose = /* @__PURE__ */ new UnicodeNormalizer('NFD');
const lowercase = /* @__PURE__ */ new Lowercase();

export class BertNormalizer implements Normalizer {
  readonly keepsWordGaps = true;

  constructor(readonly options: BertNormalizerOptions) {}

  normalize(piece: Piece): Piece {
    const { options } = this;
    if (options.cleanText) piece = replaceCharacters(piece, unclean, (character) => (spaces.test(character) ? ' ' : ''));
    if (options.handleChineseChars) piece = replaceCharacters(piece, chinese, (character) => ` ${character} `);
    if (options.stripAccents ?? options.lowercase) piece = replaceCharacters(decompose.normalize(piece), nonSpacingMarks, () => '');
    return options.lowercase ? lowercase.normalize(piece) : piece;
  }

  toJSON(): ComponentJSON {
    const { cleanText, handleChineseChars, stripAccents, lowercase } = this.options;
    return { type: 'BertNormalizer', clean_text: cleanText, handle_chinese_chars: handleChineseChars, strip_accents: stripAccents, lowercase };
  }
}
