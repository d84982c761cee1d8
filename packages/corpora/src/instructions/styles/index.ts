// Small sets for a first tuning: the same twenty questions answered like a recipe, by a pirate, in rhyme, and in a dialect.

import { checkLanguage, type Language } from '../../language-names.js';
import { englishStyles } from './english.js';
import { germanStyles } from './german.js';
import { styles, type Style, type StyleTexts } from './style-texts.js';

export interface StyleLine {
  readonly prompt: string;
  readonly completion: string;
}

/** @throws RangeError for an unknown language */
function textsOf(language: Language): StyleTexts {
  checkLanguage(language);
  return language === 'de' ? germanStyles : englishStyles;
}

/**
 * Twenty lines in a style, written for this package: the prompts are the same for all styles of a language.
 *
 * @throws RangeError for an unknown language or style
 */
export function styleLines(language: Language, style: Style): readonly StyleLine[] {
  const { prompts, answers } = textsOf(language);
  if (!styles.includes(style)) throw new RangeError(`unknown style ${JSON.stringify(style) ?? String(style)}: expected ${styles.join(', ')}`);
  return prompts.map((prompt, i) => ({ prompt, completion: answers[style][i] }));
}

/**
 * Six questions of the same kind that are in no set of lines: to see whether a model has learned the style and not the lines.
 *
 * @throws RangeError for an unknown language
 */
export function newStylePrompts(language: Language): readonly string[] {
  return textsOf(language).newPrompts;
}
