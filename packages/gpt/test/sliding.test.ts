// Beyond the context length: how many positions are computed. Learned positions cannot move, so what is kept is read again.
import { init } from '@kk/nn-core';
import { expect, it } from 'vitest';
import { Decoder, GPT, type LanguageModel } from '../src/index.js';

it.each([
  { keepOnOverflow: undefined, computed: 65 * 24 }, // all but the first token, for each token again
  { keepOnOverflow: 12, computed: 5 * 24 }, // in each 13 tokens the last 12 once, then twelve times one
  { keepOnOverflow: 1, computed: 24 + 24 + 17 }, // the fewest, but a token may see as little as itself
])('65 tokens beyond a context of 24 compute $computed positions when $keepOnOverflow are kept', async ({ keepOnOverflow, computed }) => {
  const engine = await init('cpu');
  const model = new GPT(engine, { vocabSize: 7, contextLength: 24, layers: 1, heads: 1, width: 4 }, { seed: 1 });
  let positions = 0;
  const counted: LanguageModel = {
    engine,
    config: model.config,
    loss: (ids, targets) => model.loss(ids, targets),
    createCache: (options) => model.createCache(options),
    forwardCached(parts) {
      for (const { ids } of parts) positions += ids.length;
      return model.forwardCached(parts);
    },
  };
  const decoder = new Decoder(counted, keepOnOverflow === undefined ? {} : { keepOnOverflow });
  const context = Array.from({ length: 24 }, (_, i) => i % 7);
  await decoder.next(context);
  expect(positions).toBe(24);
  positions = 0;
  for (let token = 0; token < 65; token++) {
    context.push(token % 5);
    await decoder.next(context);
  }
  expect(positions).toBe(computed);
  engine.dispose();
});
