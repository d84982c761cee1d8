// Whole numbers in words, German and English.

import { checkSize } from '../arguments.js';
import { checkLanguage, type Language } from '../language-names.js';

/** The greatest number that has words here. */
export const greatestNumber = 9999;

const english = {
  small: 'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' '),
  tens: 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' '),
};
const german = {
  small: 'null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn'.split(' '),
  tens: 'zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig'.split(' '),
};

/**
 * As one counts: "one hundred and twenty-one", „einhunderteinundzwanzig“.
 * @param number whole, from 0 to `greatestNumber`
 * @throws RangeError when it is something else, or the language is unknown
 */
export function numberWords(language: Language, number: number): string {
  checkLanguage(language);
  checkSize('the number', number, greatestNumber, 'write greater ones in digits');
  return language === 'en' ? inEnglish(number) : inGerman(number);
}

function inEnglish(number: number): string {
  const { small, tens } = english;
  if (number < 20) return small[number]!;
  if (number < 100) return number % 10 === 0 ? tens[number / 10 - 2]! : `${tens[Math.floor(number / 10) - 2]!}-${small[number % 10]!}`;
  const [unit, name] = number < 1000 ? ([100, 'hundred'] as const) : ([1000, 'thousand'] as const);
  const rest = number % unit;
  const joined = rest === 0 ? '' : rest < 100 ? ` and ${inEnglish(rest)}` : ` ${inEnglish(rest)}`;
  return `${small[Math.floor(number / unit)]!} ${name}${joined}`;
}

function inGerman(number: number): string {
  const { small, tens } = german;
  /** Before another word, 1 is „ein“. */
  const before = (count: number): string => (count === 1 ? 'ein' : small[count]!);
  if (number < 20) return small[number]!;
  if (number < 100) return number % 10 === 0 ? tens[number / 10 - 2]! : `${before(number % 10)}und${tens[Math.floor(number / 10) - 2]!}`;
  const [unit, name] = number < 1000 ? ([100, 'hundert'] as const) : ([1000, 'tausend'] as const);
  const rest = number % unit;
  return `${before(Math.floor(number / unit))}${name}${rest === 0 ? '' : inGerman(rest)}`;
}
