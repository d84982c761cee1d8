// The README's example of training is examples/training.ts, word for word, and it runs.
import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const [, section] = read('../README.md').split('## Training word vectors');

it('the README shows the example that is tested here', () => {
  expect(/```ts\n([\s\S]*?)```/.exec(section)?.[1]).toBe(read('../examples/training.ts'));
});

it('the example prints what the README shows', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  await import('../examples/training.js');
  const printed = log.mock.calls.map((call) => call.join(' ')).join('\n');
  log.mockRestore();
  expect(/```text\n([\s\S]*?)\n```/.exec(section)?.[1]).toBe(printed);
});
