// The command's part of a checkpoint: where the text is, how it was split, and a hash of it. It is written as the checkpoint's `extra`.
import { relative, resolve } from 'node:path';
import { Failure } from '../errors.js';
import { isComputedBy, type ComputedBy } from '../options/computed-by.js';
import { isDevice, type Device } from '../options/device.js';
import { changeableNames, isChangeableSettings, type ChangeableSettings, type SettingChange } from './settings.js';

/** The record of `kk train`. */
export interface RunRecord {
  readonly verb: 'train';
  /** The data files, full paths. */
  readonly data: readonly string[];
  /** For files of tokens: what their rows are made with. */
  readonly tokenFiles?: TokenFilesRecord;
  /** The pages that `--report` has written about this run, full paths: they may be replaced. */
  readonly reports: readonly string[];
  /** SHA-256 of the joined text; of files of tokens, the fingerprint of their rows. */
  readonly textHash: string;
  /** Share of the characters kept for validation. */
  readonly validation: number;
  readonly device: Device;
  /** What computed it last. Absent in checkpoints of earlier versions, which computed without a BLAS. */
  readonly computedBy?: ComputedBy;
  /** The current settings. */
  readonly settings: ChangeableSettings;
  /** The settings that were changed when the run was resumed, in order. */
  readonly changes: readonly RecordedChange[];
}

/** How files of tokens became rows. */
export interface TokenFilesRecord {
  /** One for each file. */
  readonly weights: readonly number[];
  /** Tokens of a row. */
  readonly context: number;
  readonly seed: number;
}

/** The record of `kk demo`. It contains no text, so the run cannot be resumed. */
export interface DemoRecord {
  readonly verb: 'demo';
}

export interface RecordedChange extends SettingChange {
  /** The number of steps done before the change. */
  readonly step: number;
}

/** Paths are stored relative to the folder, so that folder and data can be moved together. */
export function recordToJSON(record: RunRecord | DemoRecord, folder: string): unknown {
  if (record.verb === 'demo') return record;
  const fromFolder = (paths: readonly string[]): string[] => paths.map((path) => relative(folder, path));
  return { ...record, data: fromFolder(record.data), reports: fromFolder(record.reports) };
}

/**
 * @throws {Failure} when the checkpoint was written by something else
 */
export function recordFromJSON(json: unknown, folder: string, shown: string): RunRecord | DemoRecord {
  const fields: Partial<Record<keyof RunRecord, unknown>> = json !== null && typeof json === 'object' ? json : {};
  const { verb, data, tokenFiles, reports, textHash, validation, device, computedBy, settings, changes } = fields;
  if (verb === 'demo') return { verb };
  const isRecord =
    verb === 'train' &&
    isPaths(data) &&
    isPaths(reports) &&
    (tokenFiles === undefined || isTokenFilesRecord(tokenFiles, data.length)) &&
    typeof textHash === 'string' &&
    typeof validation === 'number' &&
    validation >= 0 &&
    validation < 1 &&
    isDevice(device) &&
    (computedBy === undefined || isComputedBy(computedBy)) &&
    isChangeableSettings(settings) &&
    Array.isArray(changes) &&
    changes.every(isRecordedChange);
  if (!isRecord) throw new Failure(`The checkpoint in ${shown} was not written by kk train; it does not say which text it belongs to.`);
  const full = (paths: readonly string[]): string[] => paths.map((path) => resolve(folder, path));
  return { verb, data: full(data), ...(tokenFiles === undefined ? {} : { tokenFiles }), reports: full(reports), textHash, validation, device, ...(computedBy === undefined ? {} : { computedBy }), settings, changes };
}

const isPaths = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((path) => typeof path === 'string');

function isTokenFilesRecord(value: unknown, files: number): value is TokenFilesRecord {
  const { weights, context, seed } = Object(value) as Partial<Record<keyof TokenFilesRecord, unknown>>;
  const isWhole = (number: unknown, least: number): boolean => Number.isSafeInteger(number) && (number as number) >= least;
  return Array.isArray(weights) && weights.length === files && weights.every((weight) => isWhole(weight, 1)) && isWhole(context, 1) && isWhole(seed, 0);
}

function isRecordedChange(value: unknown): value is RecordedChange {
  const { step, name, from, to } = (value ?? {}) as Partial<Record<keyof RecordedChange, unknown>>;
  return [step, from, to].every((number) => typeof number === 'number') && changeableNames.some((known) => known === name);
}
