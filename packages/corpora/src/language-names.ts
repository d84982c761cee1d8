// The languages that stories can be written in, by name alone: who only asks for a name does not load the grammars.

/** ISO 639-1 codes of the languages that stories can be written in. */
export type Language = 'de' | 'en';

export const languages: readonly Language[] = Object.freeze(['de', 'en'] as const);

/** @throws RangeError if there is no such language */
export function checkLanguage(language: Language): void {
  if (!languages.includes(language)) throw new RangeError(`unknown language ${JSON.stringify(language) ?? String(language)}: expected ${languages.map((one) => `"${one}"`).join(' or ')}`);
}
