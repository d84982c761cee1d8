// The README's examples are those of examples/, word for word, and they run.
import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

it('the README shows the examples that are tested here', () => {
  const blocks = [...read('../README.md').matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code);
  expect(blocks).toEqual([read('../examples/look.ts'), read('../examples/own-tensors.ts'), read('../examples/cache.ts'), read('../examples/heads.ts')]);
});

it.each([
  ['look', () => import('../examples/look.js'), /word 3 looks at word 1 by \d+ %, at itself by \d+ %\nwhat it takes away/],
  ['own-tensors', () => import('../examples/own-tensors.js'), /^greatest difference of the two forms: below 0\.00001\nthe first position sees 0 and 1$/],
  ['cache', () => import('../examples/cache.js'), /^1,11,8\n1,3,8\n10; 2; 7, approximately\n3072 bytes, room for 0 more$/],
  ['heads', () => import('../examples/heads.js'), /^head 0: entropy \d\.\d\d nats, looks \d\.\d positions back\nhead 1: .*\nthe last position looks in head 0: ([\d.]+ ){5}[\d.]+\nwith its link to position 2 cut: +([\d.]+ ){2}0\.00 ([\d.]+ ){2}[\d.]+\nscores \(1, 2, 6, 6\), outputs of the heads \(1, 2, 6, 4\)$/],
] as const)('the example %s prints what it promises', async (_name, run, promised) => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  await run();
  const printed = log.mock.calls.map((call) => call.join(' ')).join('\n');
  log.mockRestore();
  expect(printed).toMatch(promised);
});
