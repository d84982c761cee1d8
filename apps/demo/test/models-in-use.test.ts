// Models in the worker: loaded once, and given back when others need room and nobody uses them.
import { GPT } from '@kk/gpt';
import { init } from '@kk/nn-core';
import { CharacterTokenizer } from '@kk/tokenizer';
import { expect, it } from 'vitest';
import { ModelsInUse } from '../src/lab/models-in-use.js';
import { readyModel } from '../src/lab/ready-model.js';

const engine = await init('cpu');
const tokenizer = CharacterTokenizer.train('abc');

/** Models of about 900 weights each, of which two find room; `events` says what happens to them. */
function models(): { inUse: ModelsInUse; events: string[] } {
  const events: string[] = [];
  const inUse = new ModelsInUse(async (name) => {
    if (name === 'broken') throw new Error('model.safetensors is damaged');
    events.push(`load ${name}`);
    const model = readyModel(name, new GPT(engine, { vocabSize: 3, contextLength: 4, layers: 1, heads: 1, width: 8 }, { seed: 1 }), tokenizer);
    return { ...model, dispose: () => (events.push(`dispose ${name}`), model.dispose()) };
  }, 2000);
  return { inUse, events };
}
const quiet = (): void => {};

it('loads a model once for all, and lets go of the one that was not used for longest', async () => {
  const { inUse, events } = models();
  const before = engine.memory().bytes;
  for (const name of ['a', 'b', 'a', 'c', 'a']) {
    await (await inUse.take(name, quiet)).sharedDecoder().next([0, 1]);
    await inUse.giveBack(name);
  }
  expect(events).toEqual(['load a', 'load b', 'load c', 'dispose b']);
  await inUse.take('d', quiet);
  await inUse.take('e', quiet);
  expect(events.slice(4)).toEqual(['load d', 'dispose c', 'load e', 'dispose a']);
  // Two models are left: their weights, and nothing of the others'.
  const each = (engine.memory().bytes - before) / 2;
  const { inUse: other } = models();
  const alone = engine.memory().bytes;
  await other.take('x', quiet);
  expect(engine.memory().bytes - alone).toBe(each);
});

it('keeps a model that is used, and gives it back when its last user has gone', async () => {
  const { inUse, events } = models();
  await Promise.all([inUse.take('a', quiet), inUse.take('a', quiet)]);
  for (const name of ['b', 'c']) {
    await inUse.take(name, quiet);
    await inUse.giveBack(name);
  }
  expect(events).toEqual(['load a', 'load b', 'load c', 'dispose b']);
  await inUse.take('d', quiet);
  expect(events.slice(4)).toEqual(['load d', 'dispose c']);
  await inUse.take('e', quiet);
  expect(events.slice(6)).toEqual(['load e']); // a, d and e are used
  await inUse.giveBack('a');
  expect(events.slice(7)).toEqual([]);
  await inUse.giveBack('a');
  expect(events.slice(7)).toEqual(['dispose a']);
});

it('tries again to load what could not be loaded', async () => {
  const { inUse } = models();
  for (let times = 0; times < 2; times++) await expect(inUse.take('broken', quiet)).rejects.toThrow('damaged');
});
