// Keeps the last checkpoints of a run and the best one, and deletes the others. A checkpoint is deleted only when the new one is whole.
import { access, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { checkOptions, type OptionNames } from '@kk/nn-core';
import { reasonOf, systemReason, writeWholeFile } from '@kk/whole-file';

export interface CheckpointHistoryOptions {
  /** How many of the last checkpoints stay, at least 1; the best one stays besides. */
  keep: number;
  /**
   * The steps that the run has done so far, 0 for a new one. Checkpoints of later steps are of another run in the same folder: they do not
   * count, and are deleted once this run has one. Default: all are of this run.
   */
  stepsDone?: number;
}

const OPTIONS: OptionNames<CheckpointHistoryOptions> = { keep: 'required', stepsDone: 'optional' };

export interface KeptCheckpoint {
  /** Full path of its folder, which is also a Hugging Face folder. */
  readonly folder: string;
  /** Steps done. */
  readonly step: number;
  /** In nats per token; null where none was measured. */
  readonly validationLoss: number | null;
}

const LIST = 'checkpoints.json';
const FORMAT = 'kk-checkpoints-1';
/** Named last in a folder, so that a folder with it is whole. */
const WHOLE = 'checkpoint.safetensors';
const LEFT_OVER = /^step-\d{8}\.(?:partial|replaced)$/;

export class CheckpointHistory {
  readonly #folder: string;
  readonly #keep: number;
  /** By steps. */
  #kept: readonly KeptCheckpoint[];
  /** Those of another run. */
  #others: readonly KeptCheckpoint[];

  private constructor(folder: string, keep: number, kept: readonly KeptCheckpoint[], others: readonly KeptCheckpoint[]) {
    this.#folder = folder;
    this.#keep = keep;
    this.#kept = kept;
    this.#others = others;
  }

  /**
   * The history in a folder, which is made where there is none. What a process that was killed left half-written there is removed: no other
   * process may write to the folder.
   * @throws RangeError when `keep` is no whole number of at least 1; Error that names the list when it is damaged
   */
  static async open(folder: string, options: CheckpointHistoryOptions): Promise<CheckpointHistory> {
    checkOptions('CheckpointHistory', options, OPTIONS);
    const { keep, stepsDone = Infinity } = options;
    if (!Number.isSafeInteger(keep) || keep < 1) throw new RangeError(`CheckpointHistory: keep is ${String(keep)}; expected a whole number of at least 1.`);
    await mkdir(folder, { recursive: true });
    for (const name of await readdir(folder)) if (LEFT_OVER.test(name)) await rm(join(folder, name), { recursive: true, force: true });
    const found: KeptCheckpoint[] = [];
    for (const entry of await readList(join(folder, LIST))) {
      const own = join(folder, nameOf(entry.step));
      if (await isThere(join(own, WHOLE))) found.push({ ...entry, folder: own });
    }
    found.sort((a, b) => a.step - b.step);
    return new CheckpointHistory(folder, keep, found.filter(({ step }) => step <= stepsDone), found.filter(({ step }) => step > stepsDone));
  }

  /** What is kept, by steps. */
  get kept(): readonly KeptCheckpoint[] {
    return this.#kept;
  }

  /** The one with the lowest validation loss, the earliest of equal ones; undefined where none was measured. */
  get best(): KeptCheckpoint | undefined {
    return bestOf(this.#kept);
  }

  /**
   * Adds a checkpoint, and then deletes those that are no longer kept.
   * @param step the steps done; an earlier checkpoint of the same step is replaced
   * @param validationLoss in nats per token, if it was measured
   * @param write writes the checkpoint to a folder, for example `(folder) => saveCheckpoint(folder, trainer)`
   * @throws what `write` throws; the history is then as it was
   */
  async add(step: number, validationLoss: number | null, write: (folder: string) => Promise<void>): Promise<KeptCheckpoint> {
    if (!Number.isSafeInteger(step) || step < 0) throw new RangeError(`CheckpointHistory: step is ${String(step)}; expected a whole number of at least 0.`);
    if (validationLoss !== null && !Number.isFinite(validationLoss)) throw new RangeError(`CheckpointHistory: the validation loss of step ${step} is ${String(validationLoss)}; expected a finite number, or null.`);
    const folder = join(this.#folder, nameOf(step));
    const partial = `${folder}.partial`;
    try {
      await write(partial);
      if (!(await isThere(join(partial, WHOLE)))) throw new Error(`CheckpointHistory: the folder of step ${step} has no ${WHOLE} when it is written; expected one: write it with saveCheckpoint().`);
    } catch (error) {
      await rm(partial, { recursive: true, force: true });
      throw error;
    }
    const replaced = `${folder}.replaced`;
    if (await isThere(folder)) await rename(folder, replaced);
    await rename(partial, folder);
    const added: KeptCheckpoint = { folder, step, validationLoss };
    const all = [...this.#kept.filter((other) => other.step !== step), added].sort((a, b) => a.step - b.step);
    const best = bestOf(all);
    const kept = all.filter((one, i) => one === best || i >= all.length - this.#keep);
    // The list first: a folder that it does not name is only space, but a name without a folder would be a loss.
    const entries = kept.map((one) => ({ step: one.step, validationLoss: one.validationLoss }));
    await writeWholeFile(join(this.#folder, LIST), `${JSON.stringify({ format: FORMAT, checkpoints: entries }, null, 2)}\n`);
    this.#kept = kept;
    const gone = [...all.filter((one) => !kept.includes(one)), ...this.#others.filter((one) => one.step !== step)];
    this.#others = [];
    for (const path of [replaced, ...gone.map((one) => one.folder)]) await rm(path, { recursive: true, force: true });
    return added;
  }
}

const nameOf = (step: number): string => `step-${String(step).padStart(8, '0')}`;

const isThere = (path: string): Promise<boolean> => access(path).then(() => true, () => false);

function bestOf(checkpoints: readonly KeptCheckpoint[]): KeptCheckpoint | undefined {
  let best: KeptCheckpoint | undefined;
  for (const one of checkpoints) if (one.validationLoss !== null && (best === undefined || one.validationLoss < best.validationLoss!)) best = one;
  return best;
}

async function readList(path: string): Promise<Omit<KeptCheckpoint, 'folder'>[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new Error(`Cannot read ${path}: ${systemReason(error) === undefined ? String(error) : reasonOf(error)}.`, { cause: error });
  }
  let list: Partial<Record<'format' | 'checkpoints', unknown>>;
  try {
    list = Object(JSON.parse(text)) as typeof list;
  } catch (cause) {
    throw new Error(`${path} is not valid JSON; expected a list of checkpoints. Repair it, or delete it to begin a new list.`, { cause });
  }
  const { format, checkpoints } = list;
  if (format !== FORMAT || !Array.isArray(checkpoints) || !checkpoints.every(isEntry)) throw new Error(`${path} is no list of checkpoints: expected the format ${FORMAT} and checkpoints with step and validationLoss. Repair it, or delete it to begin a new list.`);
  return checkpoints.map(({ step, validationLoss }) => ({ step, validationLoss }));
}

function isEntry(value: unknown): value is Omit<KeptCheckpoint, 'folder'> {
  const { step, validationLoss } = Object(value) as Partial<Record<keyof KeptCheckpoint, unknown>>;
  return Number.isSafeInteger(step) && (step as number) >= 0 && (validationLoss === null || Number.isFinite(validationLoss));
}
