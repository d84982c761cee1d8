// A check that the functions of this folder share. It does not load the grammars of the stories.

import type { Language } from '../languages.js';

/** @throws RangeError if there are no sentences in the language */
export function checkSentenceLanguage(language: Language): void {
  if (language !== 'de' && language !== 'en') throw new RangeError(`unknown language ${JSON.stringify(language) ?? String(language)}: expected "de" or "en"`);
}
