// Dropout in captured steps: each replay is a training step of its own, with the bits that eager code gives for it.
import { describe, expect, it } from 'vitest';
import { checkpointActivations, compileStep, concatenate, dropout, init, type Tensor } from '../src/index.js';

describe.each(['cpu', 'wasm'] as const)('dropout on %s', async (device) => {
  const engine = await init(device, device === 'wasm' ? { threads: 1 } : {});
  const ones = engine.keep(engine.full([64], 1));
  const step = (): Tensor => concatenate([dropout(ones, 0.5), checkpointActivations((x) => dropout(x, 0.25), ones)]);
  const eagerly = (seed: number, at: number): string => {
    engine.dropoutState.begin(seed, at);
    return engine.scope(() => step().dataSync().join());
  };
  const replayed = (plan: { replay(): Tensor }): string => plan.replay().dataSync().join();

  it('drops others at each replay: step after step from where it began', () => {
    engine.dropoutState.begin(7, 10);
    const plan = compileStep(engine, step);
    const replays = Array.from({ length: 4 }, () => replayed(plan));
    expect(new Set(replays).size).toBe(4);
    expect(replays).toEqual([10, 11, 12, 13].map((at) => eagerly(7, at)));
    plan.dispose();
  });

  it('gives the bits of eager code for the step that begin() names', () => {
    const expected = [4, 2, 3].map((at) => eagerly(9, at));
    const plan = compileStep(engine, step);
    const replays = [4, 2].map((at) => {
      engine.dropoutState.begin(9, at);
      return replayed(plan);
    });
    replays.push(replayed(plan)); // begins the step after 2 by itself
    expect(replays).toEqual(expected);
    plan.dispose();
  });

  it('goes on with another step after eager dropout, and eager dropout with other streams after a replay', () => {
    const plan = compileStep(engine, step);
    engine.dropoutState.begin(5, 0);
    engine.scope(step);
    expect(replayed(plan)).toBe(eagerly(5, 1));
    engine.dropoutState.begin(5, 1);
    const replay = replayed(plan);
    expect(engine.scope(() => step().dataSync().join())).not.toBe(replay);
    plan.dispose();
  });

  it('does not move for plans without dropout', () => {
    const plan = compileStep(engine, step);
    const without = compileStep(engine, () => concatenate([ones, ones]));
    engine.dropoutState.begin(1, 1);
    without.replay();
    without.replay();
    expect(replayed(plan)).toBe(eagerly(1, 1));
    plan.dispose();
    without.dispose();
  });

  it('works for an engine that never began, captured first', async () => {
    const other = await init(device, device === 'wasm' ? { threads: 1 } : {});
    const x = other.keep(other.full([64], 1));
    const plan = compileStep(other, () => dropout(x, 0.5));
    expect(replayed(plan)).not.toBe(replayed(plan));
    const before = other.memory();
    for (let i = 0; i < 50; i++) plan.replay();
    expect(other.memory()).toEqual(before);
    other.dispose();
  });
});
