// Recipes: all that defines a tuning, in a small JSON file that `kk finetune sft` writes beside what it makes and `--recipe` reads.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { reasonOf, writeWholeFile } from '@kk/whole-file';
import { Failure } from '../errors.js';
import { KEEP } from './kept-weights.js';
import { isTrainedPart, LEARN, TRUNCATION, type TuningSettings } from './settings.js';

export const RECIPE = 'recipe.json';
const FORMAT = 'kk-recipe-1';

export interface Recipe {
  readonly settings: TuningSettings;
  /** SHA-256 of each file that is read, by its full path, in hexadecimal digits. */
  readonly checksums: ReadonlyMap<string, string>;
}

/** The files that a recipe reads. */
export const filesOf = ({ data, replay, baseText }: TuningSettings): string[] => [...data, ...(replay ? [replay.file] : []), ...(baseText === undefined ? [] : [baseText])];

/** Paths are stored relative to the file, so that all can be moved together. */
export async function writeRecipe(path: string, { settings, checksums }: Recipe): Promise<void> {
  const folder = dirname(path);
  const short = (file: string): string => relative(folder, file);
  const { model, data, replay, baseText, ...others } = settings;
  const json = {
    format: FORMAT,
    verb: 'finetune sft',
    model: short(model),
    data: data.map(short),
    ...(replay && { replay: { ...replay, file: short(replay.file) } }),
    ...(baseText !== undefined && { baseText: short(baseText) }),
    ...others,
    sha256: Object.fromEntries([...checksums].map(([file, sum]) => [short(file), sum])),
  };
  await writeWholeFile(path, `${JSON.stringify(json, null, 2)}\n`);
}

/** @throws {Failure} naming the file and the field that is wrong */
export async function readRecipe(path: string, shown: string): Promise<Recipe> {
  const json = parse(await readFile(path, 'utf8').catch((error: unknown) => Promise.reject(new Failure(`Cannot read ${shown}: ${reasonOf(error)}.`, `Expected a ${RECIPE} that kk finetune sft wrote.`, { cause: error }))), shown);
  const { format, verb, sha256, ...fields } = Object(json) as Record<string, unknown>;
  if (format !== FORMAT || verb !== 'finetune sft') throw new Failure(`${shown} is no recipe of kk finetune sft: its format is ${JSON.stringify(format ?? null)}, expected "${FORMAT}".`);
  const wrong = (field: string, expected: string): never => {
    throw new Failure(`${shown}: ${field} is ${JSON.stringify(fields[field] ?? null)}; expected ${expected}.`);
  };
  for (const [field, { expected, holds }] of Object.entries(FIELDS)) if (!holds(fields[field])) wrong(field, expected);
  const unknown = Object.keys(fields).find((field) => !Object.hasOwn(FIELDS, field));
  if (unknown !== undefined) throw new Failure(`${shown}: there is no setting ${unknown}; expected ${Object.keys(FIELDS).join(', ')}.`);
  const sums = Object.entries(Object(sha256) as Record<string, unknown>);
  if (!sums.every(([, sum]) => typeof sum === 'string')) throw new Failure(`${shown}: sha256 holds something else than texts; expected the checksum of each file.`);
  const full = (file: string): string => resolve(dirname(path), file);
  const settings = fields as unknown as TuningSettings;
  const { replay, baseText } = settings;
  return {
    settings: { ...settings, model: full(settings.model), data: settings.data.map(full), ...(replay && { replay: { ...replay, file: full(replay.file) } }), ...(baseText !== undefined && { baseText: full(baseText) }) },
    checksums: new Map(sums.map(([file, sum]) => [full(file), sum as string])),
  };
}

/** @throws {Failure} naming the first file that is another than when the recipe was written */
export function checkFiles(before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>, shown: (file: string) => string): void {
  for (const [file, sum] of now) {
    const known = before.get(file);
    if (known !== undefined && known !== sum) throw new Failure(`${shown(file)} is another file than when the run began: its SHA-256 was ${known.slice(0, 12)}…, and is ${sum.slice(0, 12)}… now.`, 'Give the same files, or start a new run.');
  }
}

/** SHA-256 of each file, in hexadecimal digits. */
export async function checksumsOf(files: readonly string[]): Promise<Map<string, string>> {
  const sums = new Map<string, string>();
  for (const file of files) {
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
    sums.set(file, hash.digest('hex'));
  }
  return sums;
}

function parse(text: string, shown: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Failure(`${shown} is not valid JSON; expected a ${RECIPE} that kk finetune sft wrote.`, undefined, { cause: error });
  }
}

interface Field {
  readonly expected: string;
  readonly holds: (value: unknown) => boolean;
}

const isNumber = (least: number, most = Infinity) => (value: unknown): boolean => typeof value === 'number' && value >= least && value <= most;
const isWhole = (least: number) => (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= least;
const optional = ({ expected, holds }: Field): Field => ({ expected: `${expected}, or nothing`, holds: (value) => value === undefined || holds(value) });
const number = (least: number, most = Infinity): Field => ({ expected: most === Infinity ? `a number of at least ${least}` : `a number from ${least} to ${most}`, holds: isNumber(least, most) });
const whole = (least: number): Field => ({ expected: `a whole number of at least ${least}`, holds: isWhole(least) });
const text: Field = { expected: 'a text', holds: (value) => typeof value === 'string' };
const flag: Field = { expected: 'true or false', holds: (value) => typeof value === 'boolean' };
const oneOf = (values: readonly string[]): Field => ({ expected: `one of ${values.join(', ')}`, holds: (value) => values.some((known) => known === value) });

const FIELDS: Readonly<Record<keyof TuningSettings, Field>> = {
  model: { expected: 'the path of a folder', holds: text.holds },
  data: { expected: 'a list of paths', holds: (value) => Array.isArray(value) && value.length > 0 && value.every((path) => typeof path === 'string') },
  replay: optional({ expected: 'file and share', holds: (value) => typeof Object(value).file === 'string' && isNumber(0.01, 0.99)(Object(value).share) }),
  baseText: optional({ expected: 'a path', holds: text.holds }),
  template: optional({ expected: 'the text of a Jinja template', holds: text.holds }),
  asChat: flag,
  learn: oneOf(LEARN),
  truncation: oneOf(TRUNCATION),
  packed: flag,
  heldOut: { expected: 'a share from 0 to below 1', holds: (value) => isNumber(0, 1)(value) && value !== 1 },
  trained: { expected: '"full", lastLayers or lora', holds: isTrainedPart },
  keep: optional(oneOf(KEEP)),
  epochs: optional(number(0)),
  steps: optional(whole(1)),
  batch: optional(whole(1)),
  accumulate: whole(1),
  lr: optional(number(0)),
  minLr: optional(number(0)),
  warmup: optional(whole(0)),
  weightDecay: number(0),
  clip: number(0),
  seed: whole(0),
};
