// The README's example is examples/tokens-of-a-text.ts, word for word, and it runs; what it says about verbs and options is true.
import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { kk } from './support/kk.js';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const readme = read('../README.md');

it('the README shows the example that is tested here', () => {
  expect(/```ts\n([\s\S]*?)```/.exec(readme)?.[1]).toBe(read('../examples/tokens-of-a-text.ts'));
});

it('the example prints what it promises', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  await import('../examples/tokens-of-a-text.js');
  const printed = log.mock.calls;
  log.mockRestore();
  expect(printed).toEqual([[0, [1, 0, 2, 0, 2, 0]]]);
});

it('every option that the README names exists', async () => {
  const helps = await Promise.all([[], ['demo'], ['train'], ['eval'], ['generate'], ['tokenize'], ['tokenizer', 'train'], ['corpus', 'write'], ['markov', 'train'], ['markov', 'eval'], ['markov', 'generate'], ['markov', 'inspect'], ['text', 'stats']].map((verb) => kk([...verb, '--help'])));
  const known = helps.map(({ stdout }) => stdout).join('\n');
  const named = new Set(readme.match(/(?<![\w-])--[a-z][a-z0-9-]*/g));
  expect(named.size).toBeGreaterThan(20);
  for (const option of named) expect(known, option).toMatch(new RegExp(`${option}\\b`));
});
