// The options that say what computes, and the engine they stand for.
import { init, type Engine } from '@kk/nn-core';
import { type Command, Option } from 'commander';
import { UsageError } from '../errors.js';
import { integer } from './parse.js';

export type Device = 'wasm' | 'cpu';

export interface DeviceOptions {
  device: Device;
  /** Undefined: one per processor. */
  threads?: number;
}

const MOST_THREADS = 256;

export function addDevice(command: Command): Command {
  return command
    .addOption(new Option('--device <name>', 'what computes: wasm is fast, cpu is plain TypeScript').choices(['wasm', 'cpu']).default('wasm'))
    .addOption(new Option('--threads <n>', 'threads of wasm; the result is the same for any number (default: one per processor)').argParser(integer(1, MOST_THREADS)));
}

/** @throws {Error} when the device cannot run here */
export function openEngine({ device, threads }: DeviceOptions): Promise<Engine> {
  if (device === 'cpu' && threads !== undefined) throw new UsageError('--threads belongs to --device wasm; cpu has one thread.', 'Leave it out.');
  return init(device, { threads });
}
