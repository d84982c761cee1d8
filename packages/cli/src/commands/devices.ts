// `kk devices`: lists the devices of this machine, and how fast each is at typical work of a model.
import { matmul, Random, sum, type Engine } from '@kk/nn-core';
import { timed } from '../bench/timing.js';
import type { Context } from '../context.js';
import { describe } from '../errors.js';
import { Verb } from '../grammar/verb.js';
import { devices, openEngine, type Device } from '../options/device.js';
import { numberFormats } from '../terminal/numbers.js';
import { factTable } from '../terminal/table.js';
import { wrap } from '../terminal/text.js';

interface DeviceReport {
  device: Device;
  /** The backend that really runs; null if the device is not available. */
  backend: string | null;
  /** The speed of a matrix product of SIDE; null if the device is not available. */
  gigaflops: number | null;
  /** Why the device is not available, and what to do. */
  missing: string | null;
  /** Of wasm: the library that multiplies large matrices for it, or why there is none and how to get one. Null for the others. */
  blas: BlasReport | null;
}

interface BlasReport {
  /** With its version. */
  name: string | null;
  /** Its code for this processor, where it says it. */
  kernel: string | null;
  /** Its path, or where the system does not tell it, its name. */
  file: string | null;
  missing: string | null;
}

const SIDE = 256;
const SECONDS = 0.4;

const purposes: Record<Device, string> = {
  wasm: 'trains and writes on all processors; the default',
  gpu: 'trains and writes on the graphics card; faster with large models',
  cpu: 'plain TypeScript to read and to compare with; slow',
};

const numbers = numberFormats('en');

export function devicesCommand(context: Context): Verb {
  return new Verb('devices')
    .summary('show what can compute here')
    .description('Shows what can compute on this machine, and how fast each is at a matrix product.')
    .option('--json', 'one JSON object a device')
    .flows({ writes: { stdout: 'the devices of this machine, and how fast each is' } })
    .notes(
      'Every verb that computes takes one of them with --device; --device auto measures the work itself on wasm and gpu and takes the faster one.',
      'A BLAS is a library for matrix products, which wasm uses where there is one. It gives other last digits than wasm alone does: --blas off leaves it out, --blas PATH takes another one.',
    )
    .examples('kk devices', 'kk train book.txt --device gpu')
    .does(async ({ json }: { json?: boolean }) => {
      const reports: DeviceReport[] = [];
      for (const device of devices) {
        if (!json) context.errors.replace(` Looking at ${device} ...`);
        const report = await look(context, device);
        reports.push(report);
        if (json) context.json(report);
      }
      context.errors.clear();
      if (!json) show(context, reports);
    });
}

async function look(context: Context, device: Device): Promise<DeviceReport> {
  const engine = await openEngine({ device }).catch((error: unknown) => describe(error));
  context.throwIfInterrupted();
  if (typeof engine === 'string') return { device, backend: null, gigaflops: null, missing: engine, blas: null };
  try {
    return { device, backend: engine.backend.description, gigaflops: await speed(context, engine), missing: null, blas: blasOf(engine) };
  } finally {
    engine.dispose();
  }
}

function blasOf({ backend: { blas } }: Engine): BlasReport | null {
  if (!blas) return null;
  return 'missing' in blas ? { name: null, kernel: null, file: null, missing: blas.missing } : { ...blas, missing: null };
}

/** Measures a matrix product and the sum of its elements. The sum is read, because a GPU computes nothing before a result is read. */
async function speed(context: Context, engine: Engine): Promise<number> {
  const random = new Random(1);
  const [a, b] = [engine.randomNormal([SIDE, SIDE], random), engine.randomNormal([SIDE, SIDE], random)];
  const once = async (): Promise<void> => {
    const total = engine.scope(() => sum(matmul(a, b)));
    await total.data();
    total.dispose();
  };
  // The first run compiles kernels.
  await once();
  const milliseconds = await timed(once, { seconds: SECONDS, breathe: () => context.breathe() });
  return (2 * SIDE ** 3) / milliseconds / 1e6;
}

function show({ terminal }: Context, reports: readonly DeviceReport[]): void {
  const facts = reports.flatMap(({ device, backend, gigaflops, missing, blas }): [string, string][] => {
    if (gigaflops === null) return [[device, `not here: ${missing}`]];
    const fact: [string, string] = [device, `${backend}. ${numbers.decimal(gigaflops, gigaflops < 10 ? 2 : 1)} GFLOP/s. ${capital(purposes[device])}.`];
    return blas ? [fact, ['BLAS', blasInWords(blas)]] : [fact];
  });
  terminal.print(factTable(facts, terminal));
  terminal.print();
  terminal.print(terminal.colors.dim(wrap(`Measured with products of ${SIDE} x ${SIDE} matrices, results read. Choose with --device NAME, or let --device auto measure.`, terminal.columns, 1)));
}

function blasInWords({ name, kernel, file, missing }: BlasReport): string {
  if (missing !== null) return `not here: ${missing}. With one, wasm multiplies large matrices faster.`;
  return `${name}${kernel === null ? '' : `, kernel ${kernel}`}: multiplies large matrices for wasm. ${file}`;
}

const capital = (text: string): string => text[0].toUpperCase() + text.slice(1);
