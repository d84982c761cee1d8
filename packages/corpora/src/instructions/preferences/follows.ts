// Decides whether an answer does what a rule likes: the judge that knows the truth.

import { grammarOf, type Language } from '../../languages.js';
import { englishRules } from './rules/english.js';
import { germanRules } from './rules/german.js';
import { preferenceRules, type PreferenceRule } from './rules/rule.js';

/**
 * Whether a text follows a rule, by its words alone. A text of any length may: whether it is a sentence, `hasRightForm(language, 'continue', text)` says.
 *
 * @throws RangeError for an unknown language or rule
 */
export function followsRule(language: Language, rule: PreferenceRule, text: string): boolean {
  grammarOf(language);
  checkRule(rule);
  return (language === 'de' ? germanRules : englishRules)[rule](text);
}

/** @throws RangeError for an unknown rule */
export function checkRule(rule: PreferenceRule): void {
  if (!preferenceRules.includes(rule)) throw new RangeError(`rule is ${JSON.stringify(rule)}: expected ${preferenceRules.join(', ')}`);
}
