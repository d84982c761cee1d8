// The README's example is examples/learn-to-write.ts, word for word, and it runs.
import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

it('the README shows the example that is tested here', () => {
  expect(/```ts\n([\s\S]*?)```/.exec(read('../README.md'))?.[1]).toBe(read('../examples/learn-to-write.ts'));
});

it('the example prints what it promises', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  await import('../examples/learn-to-write.js');
  const printed = log.mock.calls.map((call) => call.join(' ')).join('\n');
  log.mockRestore();
  expect(printed).toMatch(/^loss 0\.\d\d nats per letter: .*\b(cat|dog|mat|log)\b/);
});
