// Checkpoints of what is trained on top of a base that is kept elsewhere: they go on with the same bits, are small, and know their base.
import { init, type Engine } from '@kk/nn-core';
import { describe, expect, it } from 'vitest';
import { checkpointFacts, fromCheckpoint, GPT, restoreCheckpoint, restoreTrained, toCheckpoint, Trainer, type GPTConfig } from '../src/index.js';

const config: GPTConfig = { vocabSize: 7, contextLength: 8, layers: 2, heads: 2, width: 16, dropout: 0.1 };
const counting = Int32Array.from({ length: 400 }, (_, i) => i % 7);

/** A trainer that tunes the last block of a base. */
function tuning(engine: Engine, { base = 1, steps = 6, frozen = 'blocks.0' } = {}): Trainer {
  const model = new GPT(engine, config, { seed: base });
  model.freeze(frozen);
  model.freeze('tokens');
  return new Trainer(model, counting, { batchSize: 4, steps, warmupSteps: 2, learningRate: 1e-2, seed: 3 });
}

const weightsOf = async ({ model }: Trainer): Promise<number[][]> => Promise.all(model.parameters().map(async (tensor) => [...(await tensor.data())]));

describe.each(['cpu', 'wasm'] as const)('a checkpoint of trained weights on %s', async (backend) => {
  const engine = await init(backend);

  it('goes on with the same bits on a new copy of the base', async () => {
    const whole = tuning(engine);
    while (!whole.isDone) await whole.step();
    const first = tuning(engine);
    for (let step = 0; step < 3; step++) await first.step();
    const bytes = await toCheckpoint(first, { note: 'half-way' }, { weights: 'trained' });
    const second = tuning(engine);
    expect(await restoreTrained(second, bytes)).toEqual({ note: 'half-way' });
    expect(second.stepsDone).toBe(3);
    while (!second.isDone) await second.step();
    expect(await weightsOf(second)).toEqual(await weightsOf(whole));
  });

  it('lacks the frozen weights, and returns what was attached', async () => {
    const trainer = tuning(engine);
    await trainer.step();
    const attached = new Map([['best/x', { shape: [2, 2], data: Float32Array.of(1, -2, 3.5, 0) }]]);
    const [all, trained] = [await toCheckpoint(trainer), await toCheckpoint(trainer, null, { weights: 'trained', attached })];
    const frozen = trainer.model.parameters().filter(({ requiresGradient }) => !requiresGradient).reduce((sum, { size }) => sum + 4 * size, 0);
    expect(trained.length).toBeLessThan(all.length - frozen + 1000);
    expect(checkpointFacts(trained)).toEqual({ stepsDone: 1, extra: null, attached });
    expect(checkpointFacts(all).attached.size).toBe(0);
  });

  it('refuses another base, other frozen parameters, and the wrong function; nothing changes then', async () => {
    const trainer = tuning(engine);
    await trainer.step();
    const bytes = await toCheckpoint(trainer, null, { weights: 'trained' });
    const other = tuning(engine, { base: 2 });
    const before = await weightsOf(other);
    await expect(restoreTrained(other, bytes)).rejects.toThrow(/trained on another base: the checksum of its frozen weights is [0-9a-f]{8}, that of this model [0-9a-f]{8}\. Load the model that the run began with/);
    await expect(restoreTrained(tuning(engine, { frozen: 'blocks.1' }), bytes)).rejects.toThrow(/other frozen parameters/);
    expect(() => restoreCheckpoint(other, bytes)).toThrow(/holds only the weights that are trained.*restoreTrained\(\)/);
    expect(() => fromCheckpoint(engine, bytes, counting)).toThrow(/restoreTrained\(\)/);
    await expect(restoreTrained(other, await toCheckpoint(tuning(engine, { base: 2 })))).rejects.toThrow(/holds all weights of its model: use restoreCheckpoint\(\)/);
    expect(await weightsOf(other)).toEqual(before);
    await expect(toCheckpoint(trainer, null, { weights: 'some' as 'all' })).rejects.toThrow(/weights is "some"; expected "all" or "trained"/);
    await expect(toCheckpoint(trainer, null, { weight: 'all' } as object)).rejects.toThrow(/weight/);
  });
});
