// Training on rows: packed documents have the losses and gradients that they have alone, and a resumed run goes on with the next rows.
import { add, backward, init, scale, type Engine, type Tensor } from '@kk/nn-core';
import { describe, expect, it } from 'vitest';
import { MixedRows, PackedDocuments, ShuffledWindows, tokensInMemory, type TrainingRows } from '../src/data.js';
import { createTransformer, fromCheckpoint, GPT, toCheckpoint, Trainer, type Transformer, type TransformerConfig } from '../src/index.js';
import { packedLoss } from '../src/training/packed-loss.js';

const END = 0;
const sizes = { vocabSize: 11, contextLength: 12, layers: 2, heads: 4, width: 16 };
const gpt: TransformerConfig = sizes;
const llama: TransformerConfig = { ...sizes, family: 'qwen2', keyValueHeads: 2, feedForwardWidth: 24, window: 5, layersWithoutWindow: 1 };
const documents = [[1, 2, 3, 4, 5, END], [6, 7, END], [8, 9, 10, 1, END], [2, 4, 6, 8, 10, 1, 3, 5, END], [7, END]];
const packed = (restartPositions = true): Promise<PackedDocuments> => PackedDocuments.from(tokensInMemory(Int32Array.from(documents.flat()), 11), { contextLength: 12, endOfText: END, restartPositions });

const tensorsOf = (engine: Engine, { inputs, targets, segments, positions }: Record<'inputs' | 'targets' | 'segments' | 'positions', Int32Array>) => {
  const tensor = (ids: Int32Array): Tensor => engine.tensor(ids, [ids.length / 12, 12], 'int32');
  return { inputs: tensor(inputs), targets: tensor(targets), segments: tensor(segments), positions: tensor(positions) };
};

/** The loss, and all gradients by name. */
async function gradients(model: Transformer, loss: () => Tensor): Promise<{ loss: number; gradients: Map<string, Float32Array> }> {
  const { engine } = model;
  const found = engine.scope(() => {
    const value = loss();
    backward(value);
    return value;
  });
  const all = new Map<string, Float32Array>();
  for (const [name, parameter] of model.namedParameters()) {
    all.set(name, Float32Array.from(await parameter.gradient!.data()));
    parameter.gradient!.dispose();
    parameter.gradient = null;
  }
  return { loss: await found.item(), gradients: all };
}

describe.each([['a GPT', gpt], ['a Llama', llama]] as const)('packed documents in %s', async (_name, config) => {
  const engine = await init('cpu');
  const model = createTransformer(engine, config, { seed: 5 });

  it('have the losses and gradients of the same documents alone', async () => {
    const rows = await packed();
    const batch = tensorsOf(engine, await rows.rows(Array.from({ length: rows.rowsPerEpoch }, (_, i) => i)));
    const together = await gradients(model, () => packedLoss(model, batch));
    const labels = documents.flat().length - documents.length;
    const alone = await gradients(model, () =>
      documents
        .map((ids) => scale(model.loss(engine.tensor(ids.slice(0, -1), [1, ids.length - 1], 'int32'), engine.tensor(ids.slice(1), [1, ids.length - 1], 'int32')), (ids.length - 1) / labels))
        .reduce((sum, loss) => add(sum, loss)),
    );
    expect(Math.abs(together.loss - alone.loss)).toBeLessThan(1e-5);
    for (const [name, expected] of alone.gradients) {
      const found = together.gradients.get(name)!;
      expected.forEach((value, i) => expect(Math.abs(value - found[i]!), name).toBeLessThan(1e-5));
    }
  });

  it('do not change when another document of their row does', async () => {
    const rows = await (await packed()).rows([0, 1]);
    const first = rows.segments[0]!;
    const others = rows.inputs.map((id, i) => (i < 12 && rows.segments[i] !== first ? (id + 1) % 11 : id));
    const firstOnly = rows.targets.map((target, i) => (i < 12 && rows.segments[i] === first ? target : -1));
    const loss = (inputs: Int32Array): Promise<number> => engine.scope(() => packedLoss(model, tensorsOf(engine, { ...rows, inputs, targets: firstOnly }))).item();
    expect(rows.segments.slice(0, 12).some((segment) => segment !== first)).toBe(true);
    expect(await loss(others)).toBe(await loss(rows.inputs));
  });

  it('are what the model computes anyway where a row is one document, activations checkpointed or not', async () => {
    const inputs = Int32Array.from({ length: 24 }, (_, i) => (i * i) % 11);
    const targets = inputs.map((id) => (id + 3) % 11);
    const batch = tensorsOf(engine, { inputs, targets, segments: new Int32Array(24), positions: inputs.map((_, i) => i % 12) });
    const expected = await gradients(model, () => model.loss(batch.inputs, batch.targets));
    expect(await gradients(model, () => packedLoss(model, batch))).toEqual(expected);
    model.checkpointsActivations = true;
    expect(await gradients(model, () => packedLoss(model, batch))).toEqual(expected);
    model.checkpointsActivations = false;
  });
});

describe('a Trainer on rows', async () => {
  const engine = await init('wasm', { threads: 1 });
  const ids = Int32Array.from({ length: 300 }, (_, i) => (i * i + 3 * i) % 11);
  const source = tokensInMemory(ids, 11);
  const windows = new ShuffledWindows(source, { contextLength: 12, seed: 2 });
  const texts = await packed();
  const options = { batchSize: 3, accumulationSteps: 2, steps: 8, warmupSteps: 2, learningRate: 1e-2, seed: 3 };
  const model = (dropout = 0.1): GPT => new GPT(engine, { ...sizes, dropout }, { seed: 1 });

  const rowsOf: [string, TrainingRows][] = [
    ['windows', windows],
    ['packed documents', texts],
    ['both mixed', new MixedRows([{ rows: windows, weight: 2 }, { rows: texts, weight: 1 }])],
  ];

  it.each(rowsOf)('goes on at any step with the same bits as without a stop: %s', async (_name, rows) => {
    const seen: string[] = [];
    const watched: TrainingRows = { contextLength: rows.contextLength, vocabSize: rows.vocabSize, isPacked: rows.isPacked, fingerprint: rows.fingerprint, rows: (numbers) => (seen.push(numbers.join()), rows.rows(numbers)) };
    const whole = new Trainer(model(), rows, options);
    const losses: number[] = [];
    const checkpoints: Uint8Array[] = [];
    while (!whole.isDone) {
      checkpoints.push(await toCheckpoint(whole));
      losses.push((await whole.step()).loss);
    }
    const weights = await whole.model.tokens.weight.data();
    for (let stop = 0; stop < options.steps; stop++) {
      const { trainer } = fromCheckpoint(engine, checkpoints[stop]!, watched);
      expect(trainer.stepsDone).toBe(stop);
      seen.length = 0;
      const again: number[] = [];
      while (!trainer.isDone) again.push((await trainer.step()).loss);
      expect(again).toEqual(losses.slice(stop));
      expect(await trainer.model.tokens.weight.data()).toEqual(weights);
      // No row that was there before the stop comes again, and none is left out.
      expect(seen.flatMap((numbers) => numbers.split(',').map(Number))).toEqual(Array.from({ length: 6 * (options.steps - stop) }, (_, i) => 6 * stop + i));
      trainer.dispose();
      trainer.model.dispose();
    }
  });

  it('goes on only with the same rows in the same order', async () => {
    const bytes = await toCheckpoint(new Trainer(model(), windows, options));
    expect(() => fromCheckpoint(engine, bytes, new ShuffledWindows(source, { contextLength: 12, seed: 3 }))).toThrow('trained on other data (the text, its tokens or their order differ)');
    expect(() => fromCheckpoint(engine, bytes, ids)).toThrow('trained on other data');
    fromCheckpoint(engine, bytes, new ShuffledWindows(tokensInMemory(Uint16Array.from(ids), 11), { contextLength: 12, seed: 2 }));
  });

  it('drops the same attention weights and activations as on rows that are not packed', async () => {
    const asPacked: TrainingRows = {
      contextLength: 12,
      vocabSize: 11,
      isPacked: true,
      fingerprint: 'packed',
      rows: async (numbers) => {
        const { inputs, targets } = await windows.rows(numbers);
        return { inputs, targets, segments: new Int32Array(inputs.length), positions: inputs.map((_, i) => i % 12) };
      },
    };
    const [plain, packedRows] = [new Trainer(model(0.3), windows, options), new Trainer(model(0.3), asPacked, options)];
    for (let step = 0; step < 3; step++) expect((await packedRows.step()).loss).toBe((await plain.step()).loss);
  });

  it('weighs each target of a step alike, also where batches have different filler', async () => {
    const alone = new Trainer(model(0), texts, { ...options, batchSize: 6, accumulationSteps: 1, steps: 1, warmupSteps: 0 });
    const inParts = new Trainer(model(0), texts, { ...options, batchSize: 2, accumulationSteps: 3, steps: 1, warmupSteps: 0 });
    const [one, parts] = [await alone.step(), await inParts.step()];
    expect(parts.loss).toBeCloseTo(one.loss, 5);
    expect(parts.gradientNorm).toBeCloseTo(one.gradientNorm, 5);
  });

  it('refuses rows that do not fit the model', () => {
    expect(() => new Trainer(model(), new ShuffledWindows(source, { contextLength: 8 }), options)).toThrow("the rows have 8 positions, but the model's context has 12");
    expect(() => new Trainer(model(), new ShuffledWindows(tokensInMemory(ids, 12), { contextLength: 12 }), options)).toThrow(/the rows are of a vocabulary of 12 tokens, but the model has 11: .* give the model rows for them: resizeVocabulary\(model, 12\)/);
    expect(() => new Trainer(model(), { length: 3 } as never, options)).toThrow('the token ids are a Object; expected an Int32Array or Uint16Array');
  });
});
