// Exercises: every answer is recomputed from the text of its prompt, the parts are disjoint, and what is wrong is refused.
import { describe, expect, it } from 'vitest';
import { arithmetic, arithmeticForms, numberWords, writeArithmetic, type Exercise } from '@kk/corpora/arithmetic';

const languages = ['de', 'en'] as const;
const parts = ['training', 'test'] as const;
const keyOf = ({ operands }: Exercise): string => [...operands].sort((a, b) => a - b).join('+');

/** What the prompt asks for, read from its text alone. */
function solved({ form, language, prompt }: Exercise): string {
  const numbers = (prompt.match(/\d+/g) ?? []).map(Number);
  switch (form) {
    case 'sum': return String(numbers[0]! + numbers[1]!);
    case 'reversed-sum': return [...String(numbers[0]! + numbers[1]!)].reverse().join('');
    case 'half': return String(numbers[0]! / 2);
    case 'words': {
      const known = new Map(Array.from({ length: 200 }, (_, number) => [numberWords(language, number), number]));
      const [, a, b] = /^(.*) plus (.*) (?:is|ist)$/.exec(prompt)!;
      return numberWords(language, known.get(a!)! + known.get(b!)!);
    }
  }
}

describe.each(languages)('in %s', (language) => {
  it.each(arithmeticForms)('the answers of the form %s are right', (form) => {
    for (const part of parts) {
      for (const one of writeArithmetic(language, { seed: 3, count: 200, forms: [form], part })) {
        expect(one.answer).toBe(solved(one));
        expect(one.completion).toBe(prefixOf(one) + one.answer);
        expect(one.operands.every((operand) => operand >= 0 && operand <= 99)).toBe(true);
      }
    }
  });
  const prefixOf = ({ form }: Exercise): string => (form === 'half' || form === 'words' ? ' ' : '');

  it('numbers in words are all different', () => {
    const all = Array.from({ length: 10_000 }, (_, number) => numberWords(language, number));
    expect(new Set(all).size).toBe(10_000);
  });
});

it('writes numbers as one counts', () => {
  const numbers = [0, 1, 12, 16, 17, 20, 21, 30, 99, 100, 101, 116, 121, 200, 999, 1000, 1001, 1100, 2345, 9999];
  expect(numbers.map((number) => numberWords('en', number))).toEqual([
    'zero', 'one', 'twelve', 'sixteen', 'seventeen', 'twenty', 'twenty-one', 'thirty', 'ninety-nine', 'one hundred', 'one hundred and one', 'one hundred and sixteen', 'one hundred and twenty-one',
    'two hundred', 'nine hundred and ninety-nine', 'one thousand', 'one thousand and one', 'one thousand one hundred', 'two thousand three hundred and forty-five', 'nine thousand nine hundred and ninety-nine',
  ]);
  expect(numbers.map((number) => numberWords('de', number))).toEqual([
    'null', 'eins', 'zwölf', 'sechzehn', 'siebzehn', 'zwanzig', 'einundzwanzig', 'dreißig', 'neunundneunzig', 'einhundert', 'einhunderteins', 'einhundertsechzehn', 'einhunderteinundzwanzig',
    'zweihundert', 'neunhundertneunundneunzig', 'eintausend', 'eintausendeins', 'eintausendeinhundert', 'zweitausenddreihundertfünfundvierzig', 'neuntausendneunhundertneunundneunzig',
  ]);
});

it('the parts have no operands in common, whatever forms, seeds and order, and a tenth are in the test part', () => {
  const keys = (part: 'training' | 'test', seed: number) => new Set(writeArithmetic('en', { seed, count: 20_000, part, forms: ['sum', 'reversed-sum', 'words'], operands: [10, 99] }).map(keyOf));
  const [training, test] = [keys('training', 1), keys('test', 2)];
  expect([...test].filter((key) => training.has(key))).toEqual([]);
  // All 4095 sums of two-digit operands but for those that were not drawn.
  expect(test.size / (training.size + test.size)).toBeGreaterThan(0.08);
  expect(test.size / (training.size + test.size)).toBeLessThan(0.12);
});

it('equal seeds write equal exercises, and operands stay in their range', () => {
  const options = { seed: 7, count: 100, operands: [120, 130] } as const;
  expect(writeArithmetic('de', options)).toEqual(writeArithmetic('de', options));
  expect(writeArithmetic('de', options).slice(0, 40)).toEqual(writeArithmetic('de', { ...options, count: 40 }));
  expect(writeArithmetic('de', options)).not.toEqual(writeArithmetic('de', { ...options, seed: 8 }));
  for (const { operands } of writeArithmetic('de', options)) for (const operand of operands) expect(operand >= 120 && operand <= 130).toBe(true);
  expect(new Set(writeArithmetic('de', options).map(({ form }) => form)).size).toBe(4);
});

it.each([
  [{ seed: -1 }, /seed is -1/],
  [{ seed: 1, part: 'tests' }, /part is "tests": expected "training" or "test"/],
  [{ seed: 1, forms: [] }, /forms is \[\]/],
  [{ seed: 1, forms: ['product'] }, /forms has "product": expected sum, reversed-sum, half, words/],
  [{ seed: 1, operands: [5, 1] }, /operands is \[5,1\]: expected the least and the most/],
  [{ seed: 1, operands: [0, 5000] }, /whole numbers from 0 to 4999, which have words/],
  [{ seed: 1, forms: ['half'], operands: [1, 1] }, /some exercise of the form "half" belongs to the training part/],
  [{ seed: 1, part: 'test', forms: ['sum'], operands: [1, 1] }, /some exercise of the form "sum" belongs to the test part/],
  [{ seed: 1, digits: 2 }, /^arithmetic: unknown option 'digits'; known: seed, part, forms, operands, count/],
] as [never, RegExp][])('refuses %j at the call', (options, message) => expect(() => arithmetic('en', options)).toThrow(message));

it('refuses an unknown language and a count that is none', () => {
  expect(() => arithmetic('fr' as never, { seed: 1 })).toThrow(/unknown language "fr"/);
  expect(() => writeArithmetic('en', { seed: 1, count: -1 })).toThrow(/count is -1/);
  expect(() => numberWords('en', 10_000)).toThrow(/the number is 10000: expected at most 9999/);
});
