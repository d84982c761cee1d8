// The languages of the instructions.

import { grammarOf, type Language } from '../languages.js';
import { englishInstructions } from './english.js';
import { germanInstructions } from './german.js';
import type { InstructionLanguage } from './language.js';

/** @throws RangeError for an unknown language */
export function instructionLanguage(language: Language): InstructionLanguage {
  grammarOf(language);
  return language === 'de' ? germanInstructions : englishInstructions;
}

/** The answer to a question that the story does not answer. @throws RangeError for an unknown language */
export function notSaid(language: Language): string {
  return instructionLanguage(language).notSaid;
}
