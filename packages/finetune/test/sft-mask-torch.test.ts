// Labels, losses and gradients of conversations against PyTorch in float64: each mask, packed into a row and apart, with blocks in the
// template and without.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { huggingFaceNames, Trainer, type BatchArrays, type Transformer } from '@kk/gpt';
import { loadModel } from '@kk/gpt/node';
import { backward, type Engine, type Tensor } from '@kk/nn-core';
import { CharacterTokenizer } from '@kk/tokenizer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labelExample, TuningRows, type ConversationExample, type LabelledTokens } from '../src/index.js';
import { backends, engineOn } from './support/backends.js';

type Mode = 'all' | 'completion' | 'assistant';

interface Losses {
  packed_token_losses: number[];
  loss: number;
  packed_loss: number;
  mean_of_means: number;
  leaky_loss: number;
}

interface Case {
  options: { seed: number };
  inputs: { conversations: { ids: number[]; roles: string[]; turns: number[] }[] };
  outputs: { labels: Record<Mode, number[][]>; targets: Record<Mode, number>; gpt: Record<Mode, Losses> & { grad_norms: Record<string, number> } };
}

const read = (name: string): string => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');
const cases = read('sft-mask.torch.jsonl').trim().split('\n').map((line) => JSON.parse(line) as Case);
const folder = fileURLToPath(new URL('fixtures/sft-mask', import.meta.url));
const modes: readonly Mode[] = ['all', 'completion', 'assistant'];

// Token i is the character 65 + i, so that a conversation of ids is one of texts.
const VOCABULARY = 61;
const textOf = (ids: readonly number[]): string => String.fromCharCode(...ids.map((id) => 65 + id));
const tokenizer = CharacterTokenizer.train(textOf(Array.from({ length: VOCABULARY }, (_, i) => i)));

const templates = {
  'with blocks': "{% for m in messages %}{% if m.role == 'assistant' %}{% generation %}{{ m.content }}{% endgeneration %}{% else %}{{ m.content }}{% endif %}{% endfor %}",
  'without blocks': '{% for m in messages %}{{ m.content }}{% endfor %}',
};

/** The turns of a conversation as its messages. */
function conversationOf({ ids, roles, turns }: Case['inputs']['conversations'][number]): ConversationExample {
  const count = turns.at(-1)! + 1;
  return { messages: Array.from({ length: count }, (_, turn) => ({ role: roles[turns.indexOf(turn)]!, content: textOf(ids.filter((_, i) => turns[i] === turn)) })) };
}

const labelled = (one: Case, learn: Mode, template: string): Promise<LabelledTokens[]> => Promise.all(one.inputs.conversations.map((conversation) => labelExample(tokenizer, conversationOf(conversation), { learn, template })));

describe.each(cases)('labels, seed $options.seed', (one) => {
  it.each(modes.flatMap((mode) => Object.entries(templates).map(([name, template]) => ({ mode, name, template }))))('$mode, $name', async ({ mode, template }) => {
    const examples = await labelled(one, mode, template);
    expect(examples.map(({ ids }) => [...ids])).toEqual(one.inputs.conversations.map(({ ids }) => ids));
    // The first token has a label there, but is never a target.
    expect(examples.map(({ learned }) => [...learned])).toEqual(one.outputs.labels[mode].map((labels) => labels.map((label, i) => (i > 0 && label >= 0 ? 1 : 0))));
    expect(new TuningRows(examples, { contextLength: 64, vocabSize: VOCABULARY }).counts.targets).toBe(one.outputs.targets[mode]);
  });
});

describe.each(backends)('losses on $backend', ({ backend, tolerance }) => {
  let engine: Engine;
  let model: Transformer;
  beforeAll(async () => {
    engine = await engineOn(backend);
    model = await loadModel(engine, folder);
  });
  afterAll(() => engine.dispose());

  const near = (actual: number, expected: number): void => expect(Math.abs(actual - expected)).toBeLessThan(tolerance);

  /** The batch that gpt's own trainer makes of the rows, and its loss of it. */
  async function taskOf(examples: LabelledTokens[], packed: boolean): Promise<{ batch: BatchArrays; loss: (batch: BatchArrays) => Tensor; trainer: Trainer }> {
    const rows = new TuningRows(examples, { contextLength: 64, vocabSize: VOCABULARY, packed });
    const trainer = new Trainer(model, rows, { batchSize: rows.rowsPerEpoch });
    const [batch] = (await trainer.task.batch(0)) as readonly BatchArrays[];
    const loss = (arrays: BatchArrays): Tensor => {
      const tensors = Object.fromEntries(Object.entries(arrays).map(([name, { values, shape }]) => [name, engine.tensor(values, shape, 'int32')]));
      return trainer.task.loss(tensors as Parameters<typeof trainer.task.loss>[0]);
    };
    return { batch: batch!, loss, trainer };
  }

  describe.each(cases)('seed $options.seed', (one) => {
    it.each(modes)('of %s are PyTorch\'s, packed and apart', async (mode) => {
      const examples = await labelled(one, mode, templates['with blocks']);
      const expected = one.outputs.gpt[mode];
      for (const packed of [true, false]) {
        const { batch, loss, trainer } = await taskOf(examples, packed);
        expect(batch.inputs!.shape[0]).toBe(packed ? 1 : 3);
        const value = engine.scope(() => engine.noGradient(() => loss(batch))).dataSync()[0]!;
        near(value, expected.loss);
        near(value, expected.packed_loss);
        trainer.dispose();
      }
    });

    it('of each token alone are PyTorch\'s in the packed row; without segments they are not', async () => {
      const { batch, loss, trainer } = await taskOf(await labelled(one, 'assistant', templates['with blocks']), true);
      const targets = batch.targets!.values;
      const losses = [...targets].flatMap((target, at) => {
        if (target < 0) return [];
        const alone = { ...batch, targets: { ...batch.targets!, values: Int32Array.from(targets, (other, i) => (i === at ? other : -1)) } };
        return engine.scope(() => engine.noGradient(() => loss(alone))).dataSync()[0]!;
      });
      const expected = one.outputs.gpt.assistant.packed_token_losses.filter((value) => value !== 0);
      expect(losses).toHaveLength(expected.length);
      const rising = (a: number, b: number): number => a - b;
      expected.sort(rising).forEach((value, i) => near(losses.sort(rising)[i]!, value));
      const { inputs } = batch;
      const leaky = engine.scope(() => engine.noGradient(() => loss({ inputs: inputs!, targets: batch.targets! }))).dataSync()[0]!;
      expect(Math.abs(leaky - one.outputs.gpt.assistant.loss)).toBeGreaterThan(1e-3);
      expect(Math.abs(one.outputs.gpt.assistant.leaky_loss - one.outputs.gpt.assistant.loss)).toBeGreaterThan(1e-3);
      trainer.dispose();
    });

    it.each([true, false])('have PyTorch\'s gradients, packed: %s', async (packed) => {
      const { batch, loss, trainer } = await taskOf(await labelled(one, 'assistant', templates['without blocks']), packed);
      engine.scope(() => backward(loss(batch)));
      const parameters = huggingFaceNames(model);
      expect(parameters.size).toBe(Object.keys(one.outputs.gpt.grad_norms).length);
      for (const [name, parameter] of parameters) near(Math.hypot(...parameter.gradient!.dataSync()), one.outputs.gpt.grad_norms[name.replace('transformer.', '')]!);
      trainer.optimizer.zeroGradients();
      trainer.dispose();
    });
  });
});
