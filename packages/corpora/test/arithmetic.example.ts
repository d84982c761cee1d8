import { writeArithmetic } from '@kk/corpora/arithmetic';

const sums = writeArithmetic('en', { seed: 1, count: 2000, forms: ['reversed-sum'], operands: [10, 99] });
const test = writeArithmetic('en', { seed: 1, count: 200, forms: ['reversed-sum'], operands: [10, 99], part: 'test' }); // other operands
console.log(sums[0].prompt + sums[0].completion, test.some(({ prompt }) => sums.some((one) => one.prompt === prompt)));

for (const form of ['sum', 'half', 'words'] as const) {
  const [{ prompt, completion }] = writeArithmetic('de', { seed: 2, count: 1, forms: [form] });
  console.log(prompt + completion);
}
