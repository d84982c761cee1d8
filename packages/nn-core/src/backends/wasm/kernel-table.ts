// Makes the kernels of an instance ready to be called: by name, and as the table whose places all threads agree on.
import type { DType } from '../backend.js';
import { type KernelName, kernelBuffers, kernels } from '../kernels.js';
import type { KernelFunction } from './instance.js';
import { type Measurement, measurements } from './peak.js';

/** A kernel, ready to be called. */
export interface Entry {
  readonly function: KernelFunction;
  /** The second step of a kernel that has one. */
  readonly finish: KernelFunction | undefined;
  /** Their places in the table of kernels that all threads share. */
  readonly place: number;
  readonly finishPlace: number | undefined;
  /** Buffers below this number are only read. */
  readonly inputCount: number;
  /** Buffers below this number are read. */
  readonly readCount: number;
  readonly bufferNames: readonly string[];
  readonly optional: readonly boolean[];
  /** Null where any type will do. */
  readonly types: readonly (DType | null)[];
  readonly numberCount: number;
  /** One array for all calls: addresses, numbers, part and parts. */
  readonly arguments: number[];
}

/** A function that measures the machine, ready to be called; see peak.ts. */
export interface MeasurementEntry {
  readonly function: KernelFunction;
  /** Its place in the table of kernels. */
  readonly place: number;
}

export interface KernelTable {
  readonly entries: ReadonlyMap<KernelName, Entry>;
  readonly measurements: ReadonlyMap<Measurement, MeasurementEntry>;
  /** Everything that threads call, and the names in the same order. */
  readonly functions: KernelFunction[];
  readonly names: string[];
}

/** The kernel of that name in an instance, if there is one. */
type KernelSource = (name: string) => KernelFunction | undefined;

/** Every kernel by name, and as the table whose places all threads agree on. */
export function kernelTable(source: KernelSource): KernelTable {
  const entries = new Map<KernelName, Entry>();
  const functions: KernelFunction[] = [];
  const names: string[] = [];
  const add = (name: string, kernel: KernelFunction): number => {
    names.push(name);
    return functions.push(kernel) - 1;
  };
  for (const name of Object.keys(kernels) as KernelName[]) {
    const kernel = present(source, name);
    const finish = source(`${name}Finish`);
    const buffers = kernelBuffers(name);
    const numberCount = kernels[name].numbers.length;
    entries.set(name, {
      function: kernel,
      finish,
      place: add(name, kernel),
      finishPlace: finish && add(`${name}Finish`, finish),
      inputCount: buffers.filter(({ role }) => role === 'input').length,
      readCount: buffers.filter(({ role }) => role !== 'output').length,
      bufferNames: buffers.map((buffer) => buffer.name),
      optional: buffers.map((buffer) => buffer.optional),
      types: buffers.map(({ type }) => (type === 'any' ? null : type === 'int32' ? 'int32' : 'float32')),
      numberCount,
      // Share 0 of 1.
      arguments: [...new Array<number>(buffers.length + numberCount).fill(0), 0, 1],
    });
  }
  const measuring = new Map<Measurement, MeasurementEntry>();
  for (const name of measurements) {
    const measurement = present(source, name);
    measuring.set(name, { function: measurement, place: add(name, measurement) });
  }
  return { entries, measurements: measuring, functions, names };
}

function present(source: KernelSource, name: string): KernelFunction {
  const kernel = source(name);
  if (!kernel) throw new Error(`wasm: the kernel ${name} is missing from the binary: write the function ${name} in a file of packages/nn-core/assembly, or build again (pnpm --filter @kk/nn-core kernels) if it is there.`);
  return kernel;
}
