// Writes exercises: draws a form and operands that belong to the part, and computes the answer.

import { checkOptions } from '@kk/options';
import { checkSeed, checkSize } from '../arguments.js';
import { Draws } from '../instructions/draws.js';
import { partOf } from '../instructions/part.js';
import type { InstructionPart } from '../instructions/types.js';
import { checkLanguage, type Language } from '../language-names.js';
import { greatestNumber, numberWords } from './number-words.js';

/**
 * - `sum`: 27+58=85
 * - `reversed-sum`: 27+58=58, the digits of the answer from the ones on, as one adds by hand: each follows from what stands there already
 * - `half`: half of 4 is 2 · die Hälfte von 4 ist 2
 * - `words`: two plus two is four · zwei plus zwei ist vier
 */
export type ArithmeticForm = 'sum' | 'reversed-sum' | 'half' | 'words';

export const arithmeticForms: readonly ArithmeticForm[] = Object.freeze(['sum', 'reversed-sum', 'half', 'words'] as const);

export interface Exercise {
  readonly form: ArithmeticForm;
  readonly language: Language;
  /** Two of a sum, one of a half. */
  readonly operands: readonly number[];
  /** What is asked: 27+58= */
  readonly prompt: string;
  /** The right answer: 85 */
  readonly answer: string;
  /** The answer as it follows the prompt, behind a space where it is a sentence. */
  readonly completion: string;
}

export interface ArithmeticStreamOptions {
  /** An integer from 0 to 2^32 - 1. */
  readonly seed: number;
  /** Default `training`. Both parts may have the same seed. */
  readonly part?: InstructionPart;
  /** Default: all forms. Each is drawn with the same probability. */
  readonly forms?: readonly ArithmeticForm[];
  /** The least and the most of an operand, whole numbers from 0 to 99,999,999; in words to 4999. Default `[0, 99]`. */
  readonly operands?: readonly [least: number, most: number];
}

export interface WriteArithmeticOptions extends ArithmeticStreamOptions {
  /** The number of exercises. */
  readonly count: number;
}

const greatestOperand = 99_999_999;
const maxCount = 2 ** 20;
const optionNames = { seed: true, part: true, forms: true, operands: true, count: true } as const satisfies Record<keyof WriteArithmeticOptions, true>;

/**
 * An endless stream of exercises, drawn independently of each other with one random generator.
 *
 * The parts have no operands in common, whatever their seeds and forms and the order of a sum: 58+27 belongs to the part of 27+58, in digits and in
 * words. One in ten belongs to the test part.
 *
 * @throws RangeError for an unknown language, form or part, a number out of range, or where the operands have no exercise in the part; thrown at the call
 * @throws TypeError for an unknown option
 */
export function arithmetic(language: Language, options: ArithmeticStreamOptions): Generator<Exercise, never, undefined> {
  checkLanguage(language);
  const { seed, part = 'training', forms = arithmeticForms, operands = [0, 99] } = checked(options);
  const draws = new Draws(seed);
  return (function* () {
    for (;;) yield exerciseOf(language, draws, draws.of(forms), part, operands);
  })();
}

/**
 * The first exercises of the stream. A longer list of the same options begins with the shorter one.
 *
 * @throws as `arithmetic`
 */
export function writeArithmetic(language: Language, options: WriteArithmeticOptions): Exercise[] {
  const stream = arithmetic(language, options);
  checkSize('count', options.count, maxCount, 'use arithmetic() and take them one after the other');
  return Array.from({ length: options.count }, () => stream.next().value);
}

function exerciseOf(language: Language, draws: Draws, form: ArithmeticForm, part: InstructionPart, [least, most]: readonly [number, number]): Exercise {
  for (;;) {
    const operands = form === 'half' ? [2 * draws.between(Math.ceil(least / 2), Math.floor(most / 2))] : [draws.between(least, most), draws.between(least, most)];
    if (partOfOperands(operands) === part) return written(language, form, operands);
  }
}

const partOfOperands = (operands: readonly number[]): InstructionPart => partOf([...operands].sort((a, b) => a - b).join('+'));

function written(language: Language, form: ArithmeticForm, operands: readonly number[]): Exercise {
  const [a, b = 0] = operands as [number, number?];
  const sum = a + b;
  const inWords = (number: number): string => numberWords(language, number);
  const [prompt, answer] = ((): [string, string] => {
    switch (form) {
      case 'sum': return [`${a}+${b}=`, String(sum)];
      case 'reversed-sum': return [`${a}+${b}=`, [...String(sum)].reverse().join('')];
      case 'half': return [language === 'en' ? `half of ${a} is` : `die Hälfte von ${a} ist`, String(a / 2)];
      case 'words': return [`${inWords(a)} plus ${inWords(b)} ${language === 'en' ? 'is' : 'ist'}`, inWords(sum)];
    }
  })();
  return { form, language, operands, prompt, answer, completion: prompt.endsWith('=') ? answer : ` ${answer}` };
}

function checked(options: ArithmeticStreamOptions): ArithmeticStreamOptions {
  checkOptions('arithmetic', options, optionNames);
  const { seed, part = 'training', forms = arithmeticForms, operands = [0, 99] } = options;
  checkSeed(seed);
  if (!['training', 'test'].includes(part)) throw new RangeError(`part is ${JSON.stringify(part)}: expected "training" or "test"`);
  if (!Array.isArray(forms) || forms.length === 0) throw new RangeError(`forms is ${JSON.stringify(forms)}: expected a list of at least one of ${arithmeticForms.join(', ')}`);
  for (const form of forms) if (!arithmeticForms.includes(form as ArithmeticForm)) throw new RangeError(`forms has ${JSON.stringify(form)}: expected ${arithmeticForms.join(', ')}`);
  const [least, most] = operands;
  const limit = forms.includes('words') ? Math.floor(greatestNumber / 2) : greatestOperand;
  if (operands.length !== 2 || !operands.every(Number.isInteger) || least < 0 || least > most || most > limit) {
    throw new RangeError(`operands is ${JSON.stringify(operands)}: expected the least and the most, whole numbers from 0 to ${limit}${limit === greatestOperand ? '' : ', which have words'}`);
  }
  for (const form of forms as readonly ArithmeticForm[]) {
    if (!hasExercise(form, part, least, most)) throw new RangeError(`operands is ${JSON.stringify(operands)}: expected a range in which some exercise of the form "${form}" belongs to the ${part} part; make it larger`);
  }
  return options;
}

/** Larger ranges have all parts. */
const rangeToSearch = 400;

function hasExercise(form: ArithmeticForm, part: InstructionPart, least: number, most: number): boolean {
  const end = Math.min(most, least + rangeToSearch);
  const belongs = (...operands: number[]): boolean => partOfOperands(operands) === part;
  for (let a = least; a <= end; a++) {
    if (form === 'half') {
      if (a % 2 === 0 && belongs(a)) return true;
      continue;
    }
    for (let b = a; b <= end; b++) if (belongs(a, b)) return true;
  }
  return false;
}
