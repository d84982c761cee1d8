// The options that choose the device, and the engine they open.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { init, type Engine } from '@kk/nn-core';
import { InvalidArgumentError, Option } from 'commander';
import { describe, Failure, UsageError } from '../errors.js';
import { fullPath } from '../files/paths.js';
import type { Verb } from '../grammar/verb.js';
import { withoutNativeWarnings } from '../terminal/native-warnings.js';
import { integer } from './parse.js';

/** The devices. `kk devices` shows which are available. */
export const devices = ['wasm', 'gpu', 'cpu'] as const;
export type Device = (typeof devices)[number];

export interface DeviceOptions {
  /** `auto`: the faster one of wasm and gpu, found by a short measurement. */
  device: Device | 'auto';
  /** Undefined: one per processor. */
  threads?: number;
  /** The BLAS of wasm: `auto`, the default; `off`; or the path of a library, or a name that the system finds. */
  blas?: string;
}

const MOST_THREADS = 64;

/** Adds the options to a verb. */
export function addDevice(verb: Verb): Verb {
  return verb
    .addOption(new Option('--device <name>', 'what computes: wasm (the processor), gpu, cpu (plain TypeScript, slow), or auto (tries wasm and gpu)').choices([...devices, 'auto']).default('wasm'))
    .addOption(new Option('--threads <n>', 'threads of wasm; the result is the same for any number (default: one per processor)').argParser(integer(1, MOST_THREADS)))
    .addOption(new Option('--blas <file>', 'the library that multiplies large matrices for wasm: auto (the one that kk devices names, if there is one), off, or a path (default: auto)').argParser(blasChoice))
    .suggests('blas', ['auto', 'off'])
    .excludes(['threads', 'blas'], 'device', 'cpu', 'gpu');
}

function blasChoice(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('Expected auto, off, or the path of a library.');
  return text;
}

/** Relative paths begin at the folder of the user. What has no separator and is no file there is a name that the system finds. */
export function blasPath(cwd: string, blas: string | undefined): string | undefined {
  if (blas === undefined || blas === 'auto' || blas === 'off') return blas;
  return /[\\/]/.test(blas) || existsSync(join(cwd, blas)) ? fullPath(cwd, blas) : blas;
}

/**
 * @param options the BLAS by its full path or its name; default `auto`
 * @throws {UsageError} when threads or a BLAS are requested for a device without them
 * @throws {Error} when the device cannot run here, or the BLAS that is named cannot be used
 */
export function openEngine({ device, threads, blas }: { device: Device; threads?: number; blas?: string }): Promise<Engine> {
  if (device === 'wasm') return openWasm(threads, blas ?? 'auto');
  const given = threads !== undefined ? '--threads' : blas !== undefined ? '--blas' : undefined;
  if (given !== undefined) throw new UsageError(`${given} belongs to --device wasm, not to ${device}.`, 'Leave it out.');
  return device === 'gpu' ? openGpu() : init(device);
}

const ANOTHER_LIBRARY = 'Give another one, or --blas off. kk devices shows which one is found without --blas.';
const NO_LIBRARY = 'Give auto, off, or the path of a library. kk devices shows which one auto finds.';

/** Whether auto or off may be meant, as by AUTO and none: names of libraries have a dot. */
const looksLikeWord = (blas: string): boolean => /^[a-z]+$/i.test(blas);

async function openWasm(threads: number | undefined, blas: string): Promise<Engine> {
  try {
    return await init('wasm', { threads, blas });
  } catch (cause) {
    const why = /^wasm: the BLAS ".*" cannot be used: (.*?)\.?$/s.exec(describe(cause))?.[1];
    if (why === undefined) throw cause;
    throw new Failure(`The BLAS ${blas} cannot be used: ${why}.`, looksLikeWord(blas) ? NO_LIBRARY : ANOTHER_LIBRARY, { cause });
  }
}

/** Opens the gpu engine. The hint in the package's error is a line of code; here it is replaced by an option. */
async function openGpu(): Promise<Engine> {
  try {
    const { createGpuBackend } = await import('@kk/nn-core/gpu'); // loads gpu.js
    return await withoutNativeWarnings(() => init(createGpuBackend));
  } catch (cause) {
    throw withoutGpu(cause);
  }
}

/** What the user reads where the gpu engine cannot be opened. */
export function withoutGpu(cause: unknown): Failure {
  const told = describe(cause);
  const lacking = /^Cannot find package '([^']+)'/.exec(told)?.[1];
  if (lacking !== undefined) return new Failure(`The package ${lacking} is not installed (npm install gpu.js webgpu).`, 'Install it, or compute with --device wasm.', { cause });
  const why = told.replace(/^gpu: /, '').replace(/ Mend that.*$/, '');
  return new Failure(why.charAt(0).toUpperCase() + why.slice(1), 'Mend that, or compute with --device wasm.', { cause });
}

export function isDevice(value: unknown): value is Device {
  return devices.some((name) => name === value);
}
