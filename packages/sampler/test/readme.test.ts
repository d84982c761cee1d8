// The README's examples are the files in examples/, word for word, and they run.
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

describe('README', () => {
  afterEach(() => vi.restoreAllMocks());

  it.each(['sample', 'chain', 'constrained'])('shows examples/%s.ts, which is tested here', (name) => {
    const shown = [...read('../README.md').matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code);
    expect(shown).toContain(read(`../examples/${name}.ts`));
  });

  it('prints what the first example promises', async () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    await import('../examples/sample.js');
    const [[word, probabilities], ...rest] = log.mock.calls as [[string, Float32Array], ...[string][]];
    expect(['cat', 'dog', 'sat']).toContain(word);
    expect([...probabilities].map((p) => p.toFixed(3))).toEqual(['0.000', '0.558', '0.374', '0.068', '0.000', '0.000']);
    const text = ['the', ...rest.map(([next]) => next)];
    expect(text).toHaveLength(6);
    text.slice(1).forEach((next, i) => expect(next).not.toBe(text[i]));
  });

  it('prints what the second example promises', async () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    await import('../examples/chain.js');
    const lines = log.mock.calls.map(([line]) => line as string | Float32Array);
    expect(lines.slice(0, 5)).toEqual([
      'input: 6 left, 1.14 nats, best is token 1 with 0.51',
      'repetitionPenalty: 6 left, 1.21 nats, best is token 1 with 0.42',
      'topK: 3 left, 0.92 nats, best is token 1 with 0.46',
      'minP: 3 left, 0.92 nats, best is token 1 with 0.46',
      'temperature: 3 left, 0.87 nats, best is token 1 with 0.48',
    ]);
    expect(lines.slice(5).map((shares) => [...(shares as Float32Array)])).toEqual([[0, 40, 36, 24, 0, 0], [0, 52, 48, 0, 0, 0]]);
  });
});
