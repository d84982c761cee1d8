// The file in which a training leaves its state, so that it goes on from there after an interruption.
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Recipe } from './recipe.js';
import type { TrainingOptions } from './training.js';

/** @param beginning  of the file's path; what the recipe says is added, so that another recipe does not go on from it */
export async function checkpointFile(beginning: string | undefined, recipe: { training: Recipe['training'] }, saveEvery = 250): Promise<Pick<TrainingOptions, 'from' | 'save' | 'saveEvery'>> {
  if (beginning === undefined) return {};
  const path = `${beginning}-${fingerprintOf(recipe)}.safetensors`;
  return {
    from: await readFile(path).catch(() => undefined),
    saveEvery,
    async save(bytes) {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(`${path}.new`, bytes);
      await rename(`${path}.new`, path);
    },
  };
}

/** Of all that may not change when a training goes on: a run may still be made shorter or longer. */
function fingerprintOf({ training, ...recipe }: { training: Recipe['training'] }): string {
  const { betas, learningRate, seed, warmupSteps, weightDecay } = training;
  return createHash('sha256').update(JSON.stringify([recipe, betas, learningRate, seed, warmupSteps, weightDecay])).digest('hex').slice(0, 12);
}
