// The README's example is examples/nonsense.ts, word for word, and it runs.
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

describe('README', () => {
  afterEach(() => vi.restoreAllMocks());

  it('shows the example that is tested here', () => {
    const [, shown] = /```ts\n([\s\S]*?)```/.exec(read('../README.md')) ?? [];
    expect(shown).toBe(read('../examples/nonsense.ts'));
  });

  it('prints what it promises', async () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    await import('../examples/nonsense.js');
    const [[nonsense], ...rest] = log.mock.calls as [[string], ...[string | number, number | string][]];
    expect(read('../README.md')).toContain(nonsense);
    expect(rest.slice(0, 2)).toEqual([
      ['einen', 2],
      ['eine', 1],
    ]);
    // By hand: the mean of -ln 4/9, -ln 8/15, -ln 22/27 and -ln 13/45.
    expect(rest[2][0]).toBeCloseTo(0.72151, 5);
  });
});
