// Begins a tuning: checks the folder, writes the recipe, and prepares the run; or goes on with one that was stopped.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { reasonOf } from '@kk/whole-file';
import { type Context } from '../context.js';
import { Failure } from '../errors.js';
import { exists } from '../files/exists.js';
import { MODEL_FILES } from '../files/model-folder.js';
import { refuseReplacingInput } from '../files/new-file.js';
import { withOutputFolder, type OutputFolder } from '../files/output-folder.js';
import { quotePath, shortPath } from '../files/paths.js';
import { type DeviceOptions } from '../options/device.js';
import { type Method, type RunParts } from './method.js';
import { checkFiles, checksumsOf, readRecipe, RECIPE, writeRecipe } from './recipe.js';
import { REWARD_HEAD } from './reward/head-file.js';
import { TuningRun } from './run.js';
import { type TuningSettings } from './settings.js';
import { CHECKPOINT, unfinishedTuning } from './unfinished.js';

/** The files that a tuning writes. */
export const TUNED_FILES = [...MODEL_FILES, 'adapter_config.json', 'adapter_model.safetensors', REWARD_HEAD, RECIPE];

export interface NewTuning<S> extends DeviceOptions {
  settings: S;
  /** Those of the recipe that is run again: the files must be the same. */
  checksums?: ReadonlyMap<string, string>;
  /** Full path. */
  folder: string;
  /** Whether to replace what is in the folder. */
  force: boolean;
}

/** @throws {Error} naming what is missing, wrong or already there */
export async function startTuning<S extends TuningSettings, P extends RunParts>(context: Context, method: Method<S, P>, { settings, checksums: known, folder, force, ...device }: NewTuning<S>): Promise<TuningRun<P>> {
  const { cwd } = context.io;
  const shown = shortPath(cwd, folder);
  const reads = [...method.filesOf(settings), ...TUNED_FILES.map((name) => join(settings.model, name))];
  for (const name of TUNED_FILES) await refuseReplacingInput(join(folder, name), shortPath(cwd, join(folder, name)), reads);
  return withOutputFolder(folder, shown, async (output) => {
    const present: string[] = [];
    for (const name of TUNED_FILES) if (await exists(join(folder, name))) present.push(name);
    if (present.length > 0 && !force) {
      const resume = present.includes(CHECKPOINT) && present.includes(RECIPE) ? `Go on with it: --resume ${quotePath(shown)}. ` : '';
      const what = present.join() === RECIPE ? `the recipe of a tuning that was stopped before its first checkpoint (${RECIPE})` : `a model (${present.join(', ')})`;
      throw new Failure(`${shown} already holds ${what}.`, `${resume}Replace it: --force. Or choose another folder: --out DIR.`);
    }
    const checksums = await checksumsOfFiles(context, method.filesOf(settings));
    if (known) checkFiles(known, checksums, (file) => shortPath(cwd, file));
    const parts = await method.prepare(context, settings, device, undefined);
    return finish(context, method.verb, parts, folder, output, () => writeRecipe(join(folder, RECIPE), method, { settings, checksums }));
  });
}

export interface ResumedTuning extends DeviceOptions {
  /** Full path. */
  folder: string;
}

/** @throws {Error} when there is no checkpoint, it is damaged, or the base or the data are others */
export async function resumeTuning<S extends TuningSettings, P extends RunParts>(context: Context, method: Method<S, P>, { folder, ...device }: ResumedTuning): Promise<TuningRun<P>> {
  const { cwd } = context.io;
  const shown = shortPath(cwd, folder);
  for (const name of [RECIPE, CHECKPOINT]) {
    if (!(await exists(join(folder, name)))) throw new Failure(`${shown} holds no tuning to go on with: ${name} is missing.`, (await unfinishedTuning(folder, shown)) ?? `Start one: kk ${method.verb} --data FILE --model DIR --out DIR.`);
  }
  return withOutputFolder(folder, shown, async (output) => {
    const { settings, checksums } = await readRecipe<S>(join(folder, RECIPE), shortPath(cwd, join(folder, RECIPE)), method);
    checkFiles(checksums, await checksumsOfFiles(context, method.filesOf(settings)), (file) => shortPath(cwd, file));
    const bytes = await readFile(join(folder, CHECKPOINT));
    const parts = await method.prepare(context, settings, device, bytes);
    const run = await finish(context, method.verb, parts, folder, output, () => Promise.resolve());
    run.savedStep = parts.tuning.trainer.stepsDone;
    return run;
  });
}

async function finish<P extends RunParts>(context: Context, verb: string, parts: P, folder: string, output: OutputFolder, write: () => Promise<void>): Promise<TuningRun<P>> {
  try {
    await write();
    return new TuningRun(context, verb, parts, folder, output);
  } catch (error) {
    parts.engine.dispose();
    throw error;
  }
}

/** Names a file that cannot be read, before any work. */
export async function checksumsOfFiles({ io }: Context, files: readonly string[], remedy?: string): Promise<Map<string, string>> {
  try {
    return await checksumsOf(files);
  } catch (error) {
    const { path } = error as NodeJS.ErrnoException;
    throw new Failure(`Cannot read ${path === undefined ? 'the data' : shortPath(io.cwd, path)}: ${reasonOf(error)}.`, remedy, { cause: error });
  }
}
