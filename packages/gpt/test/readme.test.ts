// The README's examples are those of examples/, word for word, and they run.
import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

/** In the order of the README: the name, how it runs, and what it prints. */
const examples = [
  ['learn-to-write', () => import('../examples/learn-to-write.js'), /^loss 0\.\d\d nats per letter: .*\b(cat|dog|mat|log)\b/],
  ['own-task', () => import('../examples/own-task.js'), /^step 50: loss [\d.]+\n.*\n.*\nstep 200: loss 0\.0\d\n\d+ bytes to go on from/],
  ['batch', () => import('../examples/batch.js'), /^(a rollout ended with \d+ \(-\d\.\d nats\): max tokens\n){3}8 tokens, room for 5 texts, 81920 bytes of cache$/],
  ['tune', () => import('../examples/tune.js'), /^trained: loss [1-9][\d.]+ .*\ntuned, 12 parameters frozen: loss 0\.[\d]+ .*\nin int8: loss 0\.\d+ on the special text$/],
  ['special-tokens', () => import('../examples/special-tokens.js'), /^270 tokens became 272; the answer: the dog\.$/],
  ['pretraining', () => import('../examples/pretraining.js'), /^(\d+ rows of tales, 9\d % full, and 23 of a song\n){2}step 40: loss \d\.\d\d, the same bits as without the stop$/],
  ['scaling', () => import('../examples/scaling.js'), /^loss = 0\.\d\d \+ [\d.]+ \/ MFLOP\^0\.\d\d\nten times the compute: [\d.]+ nats, most likely between [\d.]+ and [\d.]+$/],
  ['inside', () => import('../examples/inside.js'), /^"the dog sat on the " goes on with "l": [5-9]\d %\nafter 0, 1 and 2 blocks: \d+ %, \d+ %, [5-9]\d %\nhead 0 of layer 1: the last position looks most at ".*\nits score there was -?\d.*16 numbers\nentropy [\d.]+ nats, [\d.]+ positions away in the mean\nwithout that head: \d+ %\nwithout that link: \d+ %\nwith the mask lifted: \d+ %\nwithout the order: \d+ %\nwhat mattered most is the "." at \d+: without it \d\.\d\d nats less likely$/],
  ['llama', () => import('../examples/llama.js'), /^loss 0\.\d\d nats per letter\nMistralForCausalLM .*\b(cat|dog|mat|log)\b/],
  ['from-a-url', () => import('../examples/from-a-url.js'), /^100 tokens, 2 layers\nmodel\.safetensors and config\.json, 1\d{5} bytes$/],
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
