// Which checkpoints of a run stay, and what a failure leaves behind.
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { init } from '@kk/nn-core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GPT, Trainer } from '../src/index.js';
import { CheckpointHistory, loadModel, resumeTrainer, saveCheckpoint } from '../src/node.js';

let parent: string;
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'kk-history-'));
});
afterAll(() => rm(parent, { recursive: true }));
let folders = 0;
const newFolder = (): string => join(parent, String(folders++));

const whole = async (folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'checkpoint.safetensors'), 'x');
};
const steps = (history: CheckpointHistory): number[] => history.kept.map(({ step }) => step);
const foldersIn = async (folder: string): Promise<string[]> => (await readdir(folder)).filter((name) => name !== 'checkpoints.json').sort();
const nameOf = (step: number): string => `step-${String(step).padStart(8, '0')}`;

describe('CheckpointHistory', () => {
  it('keeps the last ones and the best, whatever the losses', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(fc.integer({ min: 0, max: 5 })), { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 3 }), async (losses, keep) => {
        const folder = newFolder();
        const history = await CheckpointHistory.open(folder, { keep });
        for (const [i, loss] of losses.entries()) {
          await history.add(10 * (i + 1), loss, async (path) => {
            // While the new one is written, all that were kept are there.
            expect((await foldersIn(folder)).sort()).toEqual(steps(history).map(nameOf));
            await whole(path);
          });
        }
        const measured = losses.filter((loss) => loss !== null);
        const best = measured.length > 0 ? 10 * (losses.indexOf(Math.min(...measured)) + 1) : undefined;
        const expected = losses.map((_, i) => 10 * (i + 1)).filter((step) => step === best || step > 10 * (losses.length - keep));
        expect(steps(history)).toEqual(expected);
        expect(history.best?.step).toBe(best);
        expect(await foldersIn(folder)).toEqual(expected.map(nameOf));
        expect((await CheckpointHistory.open(folder, { keep })).kept).toEqual(history.kept);
      }),
      { numRuns: 15 },
    );
  });

  it('is as it was when a checkpoint cannot be written', async () => {
    const folder = newFolder();
    const history = await CheckpointHistory.open(folder, { keep: 1 });
    await history.add(1, 2, whole);
    const fails = async (path: string): Promise<void> => {
      await whole(path);
      throw new Error('no space');
    };
    await expect(history.add(2, 1, fails)).rejects.toThrow('no space');
    await expect(history.add(1, 1, fails)).rejects.toThrow('no space');
    await expect(history.add(2, 1, (path) => mkdir(path).then(() => undefined))).rejects.toThrow('has no checkpoint.safetensors when it is written');
    expect(await foldersIn(folder)).toEqual([nameOf(1)]);
    expect(steps(history)).toEqual([1]);
  });

  it('begins again from what is whole, after a process was killed', async () => {
    const folder = newFolder();
    const history = await CheckpointHistory.open(folder, { keep: 3 });
    for (const step of [1, 2, 3]) await history.add(step, 5 - step, whole);
    await cp(join(folder, nameOf(3)), join(folder, `${nameOf(4)}.partial`), { recursive: true });
    await rm(join(folder, nameOf(2)), { recursive: true });
    const again = await CheckpointHistory.open(folder, { keep: 3 });
    expect(steps(again)).toEqual([1, 3]);
    expect(await foldersIn(folder)).toEqual([nameOf(1), nameOf(3)]);
    await again.add(3, 9, whole); // the same step again, after going on from an earlier one
    expect(again.kept.map(({ step, validationLoss }) => [step, validationLoss])).toEqual([[1, 4], [3, 9]]);
  });

  it('does not count what another run left in the folder, and deletes it once there is something new', async () => {
    const folder = newFolder();
    const first = await CheckpointHistory.open(folder, { keep: 3 });
    for (const step of [10, 20, 30]) await first.add(step, 1, whole);
    const goesOn = await CheckpointHistory.open(folder, { keep: 3, stepsDone: 10 });
    expect(steps(goesOn)).toEqual([10]);
    expect(await foldersIn(folder)).toEqual([10, 20, 30].map(nameOf));
    await goesOn.add(20, 5, whole);
    expect(goesOn.kept.map(({ step, validationLoss }) => [step, validationLoss])).toEqual([[10, 1], [20, 5]]);
    expect(await foldersIn(folder)).toEqual([10, 20].map(nameOf));
    const anew = await CheckpointHistory.open(folder, { keep: 3, stepsDone: 0 });
    await anew.add(15, 9, whole);
    expect(await foldersIn(folder)).toEqual([nameOf(15)]);
    expect(anew.best?.step).toBe(15);
  });

  it('trusts no list', async () => {
    const folder = newFolder();
    await mkdir(folder);
    for (const [text, message] of [['{', 'is not valid JSON'], ['{"format":"kk-checkpoints-1","checkpoints":[{"step":-1,"validationLoss":null}]}', 'is no list of checkpoints'], ['[]', 'is no list of checkpoints']] as const) {
      await writeFile(join(folder, 'checkpoints.json'), text);
      await expect(CheckpointHistory.open(folder, { keep: 1 })).rejects.toThrow(message);
    }
    await expect(CheckpointHistory.open(folder, { keep: 0 })).rejects.toThrow('keep is 0; expected a whole number of at least 1');
  });
});

it('a folder with weights in half precision goes on with the same bits, for its checkpoint is exact', async () => {
  const engine = await init('cpu');
  const ids = Int32Array.from({ length: 200 }, (_, i) => (i * i) % 7);
  const trainer = new Trainer(new GPT(engine, { vocabSize: 7, contextLength: 8, layers: 1, heads: 2, width: 8 }, { seed: 1 }), ids, { batchSize: 2, steps: 6 });
  await trainer.step();
  const history = await CheckpointHistory.open(newFolder(), { keep: 1 });
  for (const dtype of ['F16', 'BF16'] as const) {
    const { folder } = await history.add(trainer.stepsDone, null, (path) => saveCheckpoint(path, trainer, { dtype }));
    const { trainer: resumed } = await resumeTrainer(engine, folder, ids);
    expect((await resumed.step()).loss).toBe((await trainer.step()).loss);
    const loaded = await loadModel(engine, folder);
    const [rounded, exact] = [await loaded.tokens.weight.data(), await resumed.model.tokens.weight.data()];
    expect(rounded).not.toEqual(exact);
  }
  engine.dispose();
});
