// Recipes: all that defines a tuning, in a small JSON file that `kk finetune` writes beside what it makes and `--recipe` reads.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { reasonOf, writeWholeFile } from '@kk/whole-file';
import { Failure } from '../errors.js';
import { RECIPE } from '../files/run-files.js';
import { isComputedBy, type ComputedBy } from '../options/computed-by.js';
import type { Field } from './field.js';
import { commonFields, type TuningSettings } from './settings.js';

const FORMAT = 'kk-recipe-1';

export interface Recipe<S> {
  readonly settings: S;
  /** SHA-256 of each file that is read, by its full path, in hexadecimal digits. */
  readonly checksums: ReadonlyMap<string, string>;
  /** What computed so far, where no checkpoint keeps it. */
  readonly computedBy?: ComputedBy;
}

/** Which verb writes and reads the recipe, and what it holds besides the settings of every tuning. */
export interface RecipeKind<S extends TuningSettings> {
  readonly verb: string;
  readonly fields: Readonly<Record<string, Field>>;
  /** The settings with its own paths changed; absent where it has no others than every tuning. */
  withPaths?(settings: S, change: (path: string) => string): S;
}

function changePaths<S extends TuningSettings>(settings: S, kind: RecipeKind<S>, change: (path: string) => string): S {
  const own = kind.withPaths?.(settings, change) ?? settings;
  return { ...own, model: change(own.model), data: own.data.map(change) };
}

/** All that decides what comes out, but for the files themselves, whose checksums stand in the recipe: a checkpoint keeps it. */
export function optionsOf<S extends TuningSettings>(settings: S, kind: RecipeKind<S>): object {
  return Object.fromEntries(Object.entries(changePaths(settings, kind, () => '')).filter(([name]) => name !== 'model' && name !== 'data'));
}

/** The first option that differs: its name, such as `trained.lora.alpha`, and both values. Undefined where none does. */
export function differenceOf(before: unknown, now: unknown, name = ''): { readonly name: string; readonly before: unknown; readonly now: unknown } | undefined {
  const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isObject(before) || !isObject(now)) return JSON.stringify(before) === JSON.stringify(now) ? undefined : { name, before, now };
  for (const field of new Set([...Object.keys(before), ...Object.keys(now)])) {
    const found = differenceOf(before[field], now[field], name === '' ? field : `${name}.${field}`);
    if (found) return found;
  }
  return undefined;
}

/** Paths are stored relative to the file, so that all can be moved together. */
export async function writeRecipe<S extends TuningSettings>(path: string, kind: RecipeKind<S>, { settings, checksums, computedBy }: Recipe<S>): Promise<void> {
  const folder = dirname(path);
  const short = (file: string): string => relative(folder, file);
  const { model, data, ...others } = changePaths(settings, kind, short);
  const json = { format: FORMAT, verb: kind.verb, model, data, ...others, sha256: Object.fromEntries([...checksums].map(([file, sum]) => [short(file), sum])), ...(computedBy && { computedBy }) };
  await writeWholeFile(path, `${JSON.stringify(json, null, 2)}\n`);
}

/** What every recipe says. */
export interface RecipeFacts {
  /** Which verb made it. */
  readonly verb: string;
  /** Full path. */
  readonly model: string;
  /** Full paths of the lines that it learned from. */
  readonly data: readonly string[];
  /** Whether what it made says how good an answer is, and does not answer. */
  readonly isReward: boolean;
  /** Whether texts were written as conversations. */
  readonly asChat: boolean;
  /** Of the files that were read. */
  readonly checksums: ReadonlyMap<string, unknown>;
}

/** @throws {Failure} naming the file that is none */
export async function recipeFacts(path: string, shown: string): Promise<RecipeFacts> {
  const { format, verb, model, data, asChat, method, sha256 } = await jsonOf(path, shown, 'kk finetune');
  if (format !== FORMAT || typeof verb !== 'string' || typeof model !== 'string') throw new Failure(`${shown} is no recipe of kk finetune: its format is ${JSON.stringify(format ?? null)}, expected "${FORMAT}".`);
  const full = (file: string): string => resolve(dirname(path), file);
  return { verb, model: full(model), data: Array.isArray(data) ? data.filter((file) => typeof file === 'string').map(full) : [], isReward: verb === 'finetune reward' || method === 'reward', asChat: asChat === true, checksums: new Map(Object.entries(Object(sha256) as object).map(([file, sum]) => [full(file), sum as unknown])) };
}

/** @throws {Failure} naming the file and the field that is wrong */
export async function readRecipe<S extends TuningSettings>(path: string, shown: string, kind: RecipeKind<S>): Promise<Recipe<S>> {
  const { format, verb, sha256, computedBy, ...fields } = await jsonOf(path, shown, `kk ${kind.verb}`);
  if (format !== FORMAT) throw new Failure(`${shown} is no recipe of kk ${kind.verb}: its format is ${JSON.stringify(format ?? null)}, expected "${FORMAT}".`);
  if (verb !== kind.verb) throw new Failure(`${shown} is no recipe of kk ${kind.verb}: its verb is ${JSON.stringify(verb ?? null)}.`, typeof verb === 'string' && verb.startsWith('finetune ') ? `Give it to kk ${verb}.` : undefined);
  checkFields(fields, kind, shown);
  if (sha256 !== undefined && (typeof sha256 !== 'object' || sha256 === null || Array.isArray(sha256))) throw new Failure(`${shown}: sha256 is ${JSON.stringify(sha256)}; expected the checksum of each file, by its path.`);
  const sums = Object.entries(Object(sha256) as Record<string, unknown>);
  if (!sums.every(([, sum]) => typeof sum === 'string')) throw new Failure(`${shown}: sha256 holds something else than texts; expected the checksum of each file.`);
  if (computedBy !== undefined && !isComputedBy(computedBy)) throw new Failure(`${shown}: computedBy is ${JSON.stringify(computedBy)}; expected the backend in words, and the file of its BLAS or null.`);
  const full = (file: string): string => resolve(dirname(path), file);
  return { settings: changePaths<S>(fields, kind, full), checksums: new Map(sums.map(([file, sum]) => [full(file), sum as string])), ...(computedBy && { computedBy }) };
}

/** @throws {Failure} naming the first field that is wrong or unknown */
function checkFields<S extends TuningSettings>(fields: Record<string, unknown>, kind: RecipeKind<S>, shown: string): asserts fields is Record<string, unknown> & S {
  const expected = { ...commonFields, ...kind.fields };
  for (const [field, { expected: what, holds }] of Object.entries(expected)) {
    if (!holds(fields[field])) throw new Failure(`${shown}: ${field} is ${JSON.stringify(fields[field] ?? null)}; expected ${what}.`);
  }
  const unknown = Object.keys(fields).find((field) => !Object.hasOwn(expected, field));
  if (unknown !== undefined) throw new Failure(`${shown}: there is no setting ${unknown}; expected ${Object.keys(expected).join(', ')}.`);
}

async function jsonOf(path: string, shown: string, writer: string): Promise<Record<string, unknown>> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => Promise.reject(new Failure(`Cannot read ${shown}: ${reasonOf(error)}.`, `Expected a ${RECIPE} that ${writer} wrote.`, { cause: error })));
  try {
    return Object(JSON.parse(text)) as Record<string, unknown>;
  } catch (error) {
    throw new Failure(`${shown} is not valid JSON; expected a ${RECIPE} that ${writer} wrote.`, undefined, { cause: error });
  }
}

/**
 * @param remedy what to do
 * @throws {Failure} naming the first file that is another than when the recipe was written
 */
export function checkFiles(before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>, shown: (file: string) => string, remedy = 'Give the same files, or start a new run.'): void {
  for (const [file, sum] of now) {
    const known = before.get(file);
    if (known !== undefined && known !== sum) throw new Failure(`${shown(file)} is another file than when the run began: its SHA-256 was ${known.slice(0, 12)}…, and is ${sum.slice(0, 12)}… now.`, remedy);
  }
}

/** Whether a file of a model's folder has its weights. */
export const isWeights = (name: string): boolean => /^model.*\.safetensors$/.test(name);

/** The files of a model that decide what is learned from it: full paths. None where the folder cannot be read, which opening it explains. */
export async function filesOfBase(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name === 'config.json' || name === 'tokenizer.json' || isWeights(name)).sort().map((name) => join(folder, name));
}

/** SHA-256 of a file, in hexadecimal digits. */
export async function checksumOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
