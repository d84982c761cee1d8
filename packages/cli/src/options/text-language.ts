// The language of a text: given by the user, or detected from its most frequent words.
import { languages, type Language } from '@kk/corpora';
import { Option } from 'commander';

export type TextLanguage = Language | 'auto';

export const textLanguageOption = (): Option => new Option('--lang <lang>', 'language of the texts; auto finds it by their words, for each text').choices([...languages, 'auto']).default('auto');

/** Words that every text of a language contains and the other language lacks. */
const frequent: Readonly<Record<Language, ReadonlySet<string>>> = {
  de: new Set('und der die das ist nicht ein eine zu den dem mit sich auf für er sie es ich war'.split(' ')),
  en: new Set('the and of to a is not with that for he she it you was his her they have be'.split(' ')),
};

/** The number of characters to examine; enough for a certain result. */
const LOOKED_AT = 100_000;

/** The language with more of its frequent words in the text; English if equal. */
export function languageOf(text: string): Language {
  const counts = { de: 0, en: 0 };
  for (const [word] of text.slice(0, LOOKED_AT).toLowerCase().matchAll(/\p{L}+/gu)) for (const language of languages) if (frequent[language].has(word)) counts[language]++;
  return counts.de > counts.en ? 'de' : 'en';
}
