// Chapter 2: trains a chain on a text and writes with it, one unit a step.
import { TextMarkov } from '@kk/markov';
import { Random, sampleToken } from '@kk/sampler';
import type { TextInput } from '../../figures/use-text.js';
import { defineJob, type Tools } from '../job.js';
import { textKey, textOf } from '../texts.js';

export interface NonsenseInput {
  text: TextInput;
  unit: 'character' | 'word';
  /** How many units the chain looks back. */
  order: number;
  seed: number;
  /** How many units it writes. */
  length: number;
}

export interface Nonsense {
  pieces: { id: number; text: string }[];
}

/** A chain of this text, trained once for all jobs. */
export function chainOf(tools: Tools, { text, unit, order }: Pick<NonsenseInput, 'text' | 'unit' | 'order'>): Promise<TextMarkov> {
  return tools.keep(`chain ${unit} ${order} ${textKey(text)}`, async () => {
    const steps = TextMarkov.trainInSteps([textOf(text)], { unit, order });
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value;
      tools.preparing('chain', value as number);
      await tools.breathe();
    }
  });
}

export default defineJob(async function* (input: NonsenseInput, tools): AsyncGenerator<Nonsense, Nonsense> {
  const chain = await chainOf(tools, input);
  const random = new Random(input.seed);
  const pieces: Nonsense['pieces'] = [];
  const ids: number[] = [];
  while (pieces.length < input.length) {
    const id = sampleToken(await chain.model.next(ids.slice(-input.order)), { random });
    ids.push(id);
    pieces.push({ id, text: chain.tokens[id]! });
    yield { pieces };
  }
  return { pieces };
});
