// The README's examples are those of examples/, word for word, and they run.
import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

/** In the order of the README: the name, how it runs, and what it prints. */
const examples = [
  ['tune', () => import('../examples/tune.js'), /^step 20: loss \d\.\d\d\nstep 40: loss 0\.\d\d\nWhat colour is snow\? before: ".*", after: "It is white\."$/],
  ['data', () => import('../examples/data.js'), /^equal examples: \[\[1,2\]\]\n3 to learn from, 1 held out\n" Anna<\|endoftext\|>"\n" anna<\|endoftext\|>"\n"In the garden\.<\|im_end\|>"\n3 examples, 0 dropped, 0 cut; \d+ targets in 1 rows$/],
  ['lora', () => import('../examples/lora.js'), /^adapter of 8192 numbers: loss 0\.\d\d and \d\.\d\d on the new and the old text\nswitched off: \d\.\d\d and 0\.\d\d\nmerged, the same logits: 0\.\d\d and \d\.\d\d$/],
  ['preferences', () => import('../examples/preferences.js'), /^step 0: loss 0\.69, right in 0 %, 0\.0 nats from the reference\nstep 20: loss 0\.\d\d, right in 100 %, \d+\.\d nats from the reference\nstep 40: loss 0\.[0-6]\d, right in 100 %, \d+\.\d nats from the reference$/],
  ['reinforcement', () => import('../examples/reinforcement.js'), /^step 0: [2-5]\d % whole sentences, -?0\.0 nats from the reference\nstep 10: \d+ % whole sentences, \d\.\d nats from the reference\nstep 20: [6-9]\d % whole sentences, \d\.\d nats from the reference$/],
  ['evaluate', () => import('../examples/evaluate.js'), /^base: 0 % right.*\ntuned: 100 % right, 100 % in the right form, 100 % end; 0\.\d\d nats on tales, .*\nwho sat\? before: ".*", after: " the cat"\nwho ran\? before: ".*", after: " the dog"$/],
] as const;

it('the README shows the examples that are tested here', () => {
  const blocks = [...read('../README.md').matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code);
  expect(blocks).toEqual(examples.map(([name]) => read(`../examples/${name}.ts`)));
});

it.each(examples)('the example %s prints what it promises', async (_name, run, promised) => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  await run();
  const printed = log.mock.calls.map((call) => call.join(' ')).join('\n');
  log.mockRestore();
  expect(printed).toMatch(promised);
});
