// The README's example is examples/sample.ts, word for word, and it runs.
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

describe('README', () => {
  afterEach(() => vi.restoreAllMocks());

  it('shows the example that is tested here', () => {
    const [, shown] = /```ts\n([\s\S]*?)```/.exec(read('../README.md')) ?? [];
    expect(shown).toBe(read('../examples/sample.ts'));
  });

  it('prints what it promises', async () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    await import('../examples/sample.js');
    const [[word, probabilities], ...rest] = log.mock.calls as [[string, Float32Array], ...[string][]];
    expect(['cat', 'dog', 'sat']).toContain(word);
    expect([...probabilities].map((p) => p.toFixed(3))).toEqual(['0.000', '0.558', '0.374', '0.068', '0.000', '0.000']);
    const text = ['the', ...rest.map(([next]) => next)];
    expect(text).toHaveLength(6);
    text.slice(1).forEach((next, i) => expect(next).not.toBe(text[i]));
  });
});
