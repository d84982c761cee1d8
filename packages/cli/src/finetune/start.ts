// Begins a tuning: checks the folder, writes the recipe, and prepares the run; or goes on with one that was stopped.
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { checkpointFacts } from '@kk/gpt';
import { reasonOf } from '@kk/whole-file';
import type { Context } from '../context.js';
import { describe, Failure } from '../errors.js';
import { baseOfAdapter, isAdapterFolder } from '../files/adapter-folder.js';
import { exists } from '../files/exists.js';
import { refuseReplacingInput } from '../files/new-file.js';
import { withOutputFolder } from '../files/output-folder.js';
import { quotePath, shortPath } from '../files/paths.js';
import { CHECKPOINT, RECIPE, removeRunFiles, REWARD_HEAD, RUN_FILES, runFilesIn } from '../files/run-files.js';
import { blasToGoOn, isComputedBy, otherBackend } from '../options/computed-by.js';
import type { DeviceOptions } from '../options/device.js';
import type { Checkpoint, Method, RunParts } from './method.js';
import { checkFiles, checksumOf, differenceOf, filesOfBase, optionsOf, readRecipe, writeRecipe } from './recipe.js';
import { TuningRun } from './run.js';
import type { TuningSettings } from './settings.js';
import { unfinishedTuning } from './unfinished.js';

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
  const files = method.filesOf(settings);
  const reads = [...files, ...[settings.model, ...(await basesOfRewards(files, cwd))].flatMap((base) => RUN_FILES.map((name) => join(base, name)))];
  for (const name of RUN_FILES) await refuseReplacingInput(join(folder, name), shortPath(cwd, join(folder, name)), reads);
  return withOutputFolder(folder, shown, async (output) => {
    const present = await runFilesIn(folder);
    if (present.length > 0 && !force) {
      const resume = present.includes(CHECKPOINT) && present.includes(RECIPE) ? `Go on with it: --resume ${quotePath(shown)}. ` : '';
      const what = present.join() === RECIPE ? `the recipe of a tuning that was stopped before its first checkpoint (${RECIPE})` : `a model (${present.join(', ')})`;
      throw new Failure(`${shown} already holds ${what}.`, `${resume}Replace it: --force. Or choose another folder: --out DIR.`);
    }
    const checksums = await checksumsOfFiles(context, [...files, ...(await filesOfBase(settings.model))]);
    if (known) checkFiles(known, checksums, (file) => shortPath(cwd, file));
    const parts = await method.prepare(context, settings, device, undefined);
    const begin = async (): Promise<void> => {
      await removeRunFiles(folder);
      await writeRecipe(join(folder, RECIPE), method, { settings, checksums });
    };
    const run = new TuningRun(context, method.verb, parts, { folder, output, options: optionsOf(settings, method), begin });
    try {
      // Where nothing is lost, a run that is killed before its first checkpoint leaves its recipe, by which it can begin again.
      if (present.every((name) => name === RECIPE)) await run.takeFolder();
      return run;
    } catch (error) {
      parts.engine.dispose();
      throw error;
    }
  });
}

/** A reward model may be an adapter: its base is read, too. */
async function basesOfRewards(files: readonly string[], cwd: string): Promise<string[]> {
  const folders = files.filter((file) => basename(file) === REWARD_HEAD).map((file) => dirname(file));
  const bases: string[] = [];
  for (const folder of folders) if (await isAdapterFolder(folder)) bases.push(await baseOfAdapter(folder, cwd));
  return bases;
}

export interface ResumedTuning extends DeviceOptions {
  /** Full path. */
  folder: string;
}

/** @throws {Error} when there is no checkpoint, it is damaged, or the base or the data are others */
export async function resumeTuning<S extends TuningSettings, P extends RunParts>(context: Context, method: Method<S, P>, { folder, ...given }: ResumedTuning): Promise<TuningRun<P>> {
  const { cwd } = context.io;
  const shown = shortPath(cwd, folder);
  for (const name of [RECIPE, CHECKPOINT]) {
    if (!(await exists(join(folder, name)))) throw new Failure(`${shown} holds no tuning to go on with: ${name} is missing.`, (await unfinishedTuning(folder, shown)) ?? `Start one: kk ${method.verb} --data FILE --model DIR --out DIR.`);
  }
  return withOutputFolder(folder, shown, async (output) => {
    const { settings, checksums } = await readRecipe<S>(join(folder, RECIPE), shortPath(cwd, join(folder, RECIPE)), method);
    checkFiles(checksums, await checksumsOfFiles(context, [...method.filesOf(settings), ...(await filesOfBase(settings.model))]), (file) => shortPath(cwd, file));
    const options = optionsOf(settings, method);
    const checkpoint = await openCheckpoint(join(folder, CHECKPOINT), shortPath(cwd, join(folder, CHECKPOINT)));
    checkOptionsOf(checkpoint, options, method.verb, shortPath(cwd, join(folder, RECIPE)));
    const before = isComputedBy(checkpoint.extra.computedBy) ? checkpoint.extra.computedBy : undefined;
    const isOnWasm = given.device === 'wasm' || given.device === 'auto';
    const device = { ...given, blas: given.blas ?? (isOnWasm ? blasToGoOn(before) : undefined) };
    const parts = await method.prepare(context, settings, device, checkpoint);
    const run = new TuningRun(context, method.verb, parts, { folder, output, options });
    run.backendBefore = otherBackend(before, parts.engine);
    run.savedStep = parts.tuning.trainer.stepsDone;
    return run;
  });
}

/** @throws {Failure} naming a file that is damaged */
async function openCheckpoint(path: string, shown: string): Promise<Checkpoint> {
  try {
    const bytes = await readFile(path);
    return { bytes, shown, extra: innermost(checkpointFacts(bytes).extra) };
  } catch (error) {
    throw new Failure(`${shown} is no checkpoint, or is damaged: ${describe(error).replace(/\.$/, '')}.`, 'Start the run anew: --recipe FILE --out DIR.', { cause: error });
  }
}

/** Each class of tunings keeps what is its own, and what it was given as `extra`. */
function innermost(value: unknown): object {
  const { extra, ...own } = Object(value) as { extra?: unknown };
  return extra === undefined ? own : innermost(extra);
}

/** @throws {Failure} naming the option of the recipe that is another one than the checkpoint was trained with */
function checkOptionsOf({ shown, extra: { options: before } }: Checkpoint, options: object, verb: string, recipe: string): void {
  if (typeof before !== 'object' || before === null) throw new Failure(`${shown} does not say with which options it was trained: kk ${verb} did not write it.`, `Start a new run: kk ${verb} --recipe ${quotePath(recipe)} --out DIR.`);
  const found = differenceOf(before, JSON.parse(JSON.stringify(options)));
  if (!found) return;
  const value = (what: unknown): string => (what === undefined ? 'its default' : (JSON.stringify(what).length > 60 ? `${JSON.stringify(what).slice(0, 60)}…` : JSON.stringify(what)));
  throw new Failure(`${recipe} says that ${found.name} is ${value(found.now)}, but ${shown} was trained with ${value(found.before)}.`, `Change it back to go on, or start a new run: kk ${verb} --recipe ${quotePath(recipe)} --out DIR.`);
}

/** Names a file that cannot be read, before any work. */
export async function checksumsOfFiles({ io }: Context, files: readonly string[], remedy?: string): Promise<Map<string, string>> {
  const sums = new Map<string, string>();
  for (const file of files) {
    const sum = await checksumOf(file).catch((error: unknown) => Promise.reject(new Failure(`Cannot read ${shortPath(io.cwd, file)}: ${reasonOf(error)}.`, remedy, { cause: error })));
    sums.set(file, sum);
  }
  return sums;
}
