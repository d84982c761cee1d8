import { writeArithmetic } from '@kk/corpora/arithmetic';

const sums = writeArithmetic('en', { seed: 1, count: 2000, forms: ['reversed-sum'], operands: [10, 99] });
const test = writeArithmetic('en', { seed: 1, count: 200, forms: ['reversed-sum'], operands: [10, 99], part: 'test' }); // other operands
for (const { prompt, completion } of sums.slice(0, 3)) console.log(prompt + completion);
console.log('in both parts:', test.filter(({ prompt }) => sums.some((one) => one.prompt === prompt)).length);

for (const form of ['sum', 'half', 'words'] as const) {
  for (const { prompt, completion } of writeArithmetic('de', { seed: 2, count: 1, forms: [form] })) console.log(prompt + completion);
}
