// The command's part of a checkpoint: where the text is, how it was split, and a hash of it. It is written as the checkpoint's `extra`.
import { relative, resolve } from 'node:path';
import { Failure } from '../errors.js';
import { isDevice, type Device } from '../options/device.js';
import { changeableNames, isChangeableSettings, type ChangeableSettings, type SettingChange } from './settings.js';

/** The record of `kk train`. */
export interface RunRecord {
  readonly verb: 'train';
  /** The data files, full paths. */
  readonly data: readonly string[];
  /** For files of tokens: what their rows are made with. */
  readonly tokenFiles?: TokenFilesRecord;
  /** SHA-256 of the joined text; of files of tokens, the fingerprint of their rows. */
  readonly textHash: string;
  /** Share of the characters kept for validation. */
  readonly validation: number;
  readonly device: Device;
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
  return record.verb === 'demo' ? record : { ...record, data: record.data.map((path) => relative(folder, path)) };
}

/**
 * @throws {Failure} when the checkpoint was written by something else
 */
export function recordFromJSON(json: unknown, folder: string, shown: string): RunRecord | DemoRecord {
  const fields: Partial<Record<keyof RunRecord, unknown>> = json !== null && typeof json === 'object' ? json : {};
  const { verb, data, tokenFiles, textHash, validation, device, settings, changes } = fields;
  if (verb === 'demo') return { verb };
  const isRecord =
    verb === 'train' &&
    Array.isArray(data) &&
    data.every((path) => typeof path === 'string') &&
    (tokenFiles === undefined || isTokenFilesRecord(tokenFiles, data.length)) &&
    typeof textHash === 'string' &&
    typeof validation === 'number' &&
    validation >= 0 &&
    validation < 1 &&
    isDevice(device) &&
    isChangeableSettings(settings) &&
    Array.isArray(changes) &&
    changes.every(isRecordedChange);
  if (!isRecord) throw new Failure(`The checkpoint in ${shown} was not written by kk train; it does not say which text it belongs to.`);
  return { verb, data: data.map((path: string) => resolve(folder, path)), ...(tokenFiles === undefined ? {} : { tokenFiles }), textHash, validation, device, settings, changes };
}

function isTokenFilesRecord(value: unknown, files: number): value is TokenFilesRecord {
  const { weights, context, seed } = Object(value) as Partial<Record<keyof TokenFilesRecord, unknown>>;
  const isWhole = (number: unknown, least: number): boolean => Number.isSafeInteger(number) && (number as number) >= least;
  return Array.isArray(weights) && weights.length === files && weights.every((weight) => isWhole(weight, 1)) && isWhole(context, 1) && isWhole(seed, 0);
}

function isRecordedChange(value: unknown): value is RecordedChange {
  const { step, name, from, to } = (value ?? {}) as Partial<Record<keyof RecordedChange, unknown>>;
  return [step, from, to].every((number) => typeof number === 'number') && changeableNames.some((known) => known === name);
}
