// The glossary: each term in every language, with a sentence and a more precise explanation. A page loads it when a term is looked up.
import type { Language } from '../languages/names.js';
import type de from './de.js';

export interface GlossaryEntry {
  /** As it is written in the language. */
  term: string;
  /** One sentence for everybody. */
  short: string;
  /** For those who want to know more. */
  long: string;
}

export type TermName = keyof typeof de;
export type Glossary = Record<TermName, GlossaryEntry>;

const files: Record<Language, () => Promise<{ default: Glossary }>> = { de: () => import('./de.js'), en: () => import('./en.js') };

export async function loadGlossary(language: Language): Promise<Glossary> {
  return (await files[language]()).default;
}
