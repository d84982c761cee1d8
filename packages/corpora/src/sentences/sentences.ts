// The sentences by language.

import type { Language } from '../languages.js';
import { checkSentenceLanguage } from './check.js';
import { englishSentences } from './english.js';
import { germanSentences } from './german.js';

/**
 * A few hundred short sentences about animals, food, places, professions, families, kings and queens, and days of the week, written for this package. Word vectors that are
 * trained on them for a second show these kinds.
 *
 * @throws RangeError for an unknown language
 */
export function courseSentences(language: Language): readonly string[] {
  checkSentenceLanguage(language);
  return language === 'de' ? germanSentences : englishSentences;
}
