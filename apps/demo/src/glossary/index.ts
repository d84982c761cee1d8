// The glossary: each term in every language, with a sentence and a more precise explanation.
import type { Language } from '../languages/names.js';
import de from './de.js';
import en from './en.js';

export interface GlossaryEntry {
  /** As it is written in the language. */
  term: string;
  /** One sentence for everybody. */
  short: string;
  /** For those who want to know more. */
  long: string;
}

export type TermName = keyof typeof de;

export const glossary: Record<Language, Record<TermName, GlossaryEntry>> = { de, en };
