// The options that choose the device, and the engine they open.
import { init, type Engine } from '@kk/nn-core';
import { Option } from 'commander';
import { describe, Failure, UsageError } from '../errors.js';
import { type Verb } from '../grammar/verb.js';
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
}

const MOST_THREADS = 64;

/** Adds the options to a verb. */
export function addDevice(verb: Verb): Verb {
  return verb
    .addOption(new Option('--device <name>', 'what computes: wasm (the processor), gpu, cpu (plain TypeScript, slow), or auto (tries wasm and gpu)').choices([...devices, 'auto']).default('wasm'))
    .addOption(new Option('--threads <n>', 'threads of wasm; the result is the same for any number (default: one per processor)').argParser(integer(1, MOST_THREADS)))
    .excludes(['threads'], 'device', 'cpu', 'gpu');
}

/**
 * @throws {UsageError} when threads are requested for a device without threads
 * @throws {Error} when the device cannot run here
 */
export function openEngine({ device, threads }: { device: Device; threads?: number }): Promise<Engine> {
  if (device !== 'wasm' && threads !== undefined) throw new UsageError(`--threads belongs to --device wasm, not to ${device}.`, 'Leave it out.');
  if (device === 'gpu') return openGpu();
  return init(device, device === 'wasm' ? { threads } : {});
}

/** Opens the gpu engine. The hint in the package's error is a line of code; here it is replaced by an option. */
async function openGpu(): Promise<Engine> {
  try {
    const { createGpuBackend } = await import('@kk/nn-core/gpu'); // loads gpu.js
    return await withoutNativeWarnings(() => init(createGpuBackend));
  } catch (cause) {
    const why = describe(cause).replace(/^gpu: /, '').replace(/ Mend that.*$/, '');
    throw new Failure(why.charAt(0).toUpperCase() + why.slice(1), 'Mend that, or compute with --device wasm.', { cause });
  }
}

export function isDevice(value: unknown): value is Device {
  return devices.some((name) => name === value);
}
