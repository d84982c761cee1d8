// The languages of the course, and which one a visitor probably reads.
export const languages = ['de', 'en'] as const;

export type Language = (typeof languages)[number];

/** The first of the wanted languages that the course has, for example of `navigator.languages`; otherwise English. */
export function chooseLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const match = languages.find((language) => tag.toLowerCase().startsWith(language));
    if (match) return match;
  }
  return 'en';
}
