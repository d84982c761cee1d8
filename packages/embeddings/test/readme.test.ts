// The README's examples are those in examples/, word for word, and they run.
import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const examples = { neighbours: () => import('../examples/neighbours.js'), node: () => import('../examples/node.js') };

async function printedBy(name: keyof typeof examples): Promise<string[]> {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  await examples[name]();
  const printed = log.mock.calls.map((call) => call.join(' '));
  log.mockRestore();
  return printed;
}

it.each(Object.keys(examples))('the README shows examples/%s.ts', (name) => {
  const shown = [...read('../README.md').matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code);
  expect(shown).toContain(read(`../examples/${name}.ts`));
});

it('the examples print what they promise', async () => {
  expect(await printedBy('neighbours')).toEqual(['man: 0.78,cabbage: 0.16', 'man is to king as woman is to queen', 'queen -0.70, cabbage 0.11, king 0.70']);
  expect(await printedBy('node')).toEqual(['north 1.00 -0.33', 'east 0.00 0.67', 'south -1.00 -0.33']);
});
