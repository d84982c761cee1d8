// Kernels as operations call them: the cases of operations run on the cpu backend, and every call of a kernel is written down.
import type { TypedArray } from '../../src/backends/backend.js';
import { kernelBuffers, kernelLengths, type KernelName } from '../../src/backends/kernels.js';
import { backward, createCpuBackend, Engine } from '../../src/index.js';
import type { KernelCase } from './kernel-cases.js';
import { type OpCase, opCases } from './op-cases.js';
import { caseInputs, weightedSum } from './run-case.js';

/** How far two backends may differ where a case says nothing. */
const TOLERANCE = 5e-6;

/** Calls with these numbers and these buffers, of which one is enough. */
const keyOf = (kernel: KernelName, numbers: readonly number[], contents: readonly (TypedArray | null)[]): string =>
  `${kernel}(${numbers.join()}) ${contents.map((values) => (values === null ? '-' : values instanceof Int32Array ? 'i' : 'f')).join('')}`;

/** All different calls of the cases of operations, forward and backward, by kernel. */
export function recordCalls(cases: readonly OpCase[]): ReadonlyMap<KernelName, readonly KernelCase[]> {
  const calls = new Map<KernelName, KernelCase[]>();
  const known = new Set<string>();
  const backend = createCpuBackend();
  const run = backend.run.bind(backend);
  let running: OpCase;
  backend.run = (kernel, buffers, numbers) => {
    const contents = buffers.map((buffer) => buffer && backend.readSync(buffer));
    const key = keyOf(kernel, numbers, contents);
    if (!known.has(key)) {
      known.add(key);
      const lengths = kernelLengths(kernel, numbers);
      const described = kernelBuffers(kernel).map(({ name, role }, i) => {
        const values = contents[i]!;
        const integer = values instanceof Int32Array;
        return { name, role, integer, length: lengths[i]!, absent: values === null, contents: role === 'output' || values === null ? null : integer ? values.slice(0, lengths[i]) : Float32Array.from(values.slice(0, lengths[i])) };
      });
      const one: KernelCase = { kernel, numbers: [...numbers], buffers: described, tolerance: running.tolerance ?? TOLERANCE, title: `${kernel}(${numbers.join(', ')}) as ${running.name} calls it` };
      calls.set(kernel, [...(calls.get(kernel) ?? []), one]);
    }
    run(kernel, buffers, numbers);
  };
  const engine = new Engine(backend);
  for (const opCase of cases) {
    for (const shapes of [opCase.shapes, ...(opCase.kernelShapes ?? [])]) {
      running = { ...opCase, shapes };
      engine.dropoutState.begin(5, 3);
      const values = caseInputs(running);
      engine.scope(() => {
        const inputs = shapes.map((shape, i) => engine.parameter(engine.tensor(values[i]!, shape)));
        backward(weightedSum(engine, opCase.run(inputs, engine)));
        for (const input of inputs) {
          input.gradient?.dispose();
          input.dispose();
        }
      });
    }
  }
  engine.dispose();
  return calls;
}

let recorded: ReadonlyMap<KernelName, readonly KernelCase[]> | undefined;

/** The different calls of a kernel by the cases of all operations; none where no operation's case runs it. */
export function recordedCases(kernel: KernelName): readonly KernelCase[] {
  recorded ??= recordCalls(opCases);
  return recorded.get(kernel) ?? [];
}
