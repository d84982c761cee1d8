// All tests of the gpu backend that say what it computes, for any place that has a GPU: Node with Dawn, Chromium with WebGPU
// or WebGL2. Nothing here is Node's own.
import { describe, expect, it, vi } from 'vitest';
import type { Backend, Storage, TypedArray } from '../../src/backends/backend.js';
import { kernelBuffers, kernelLengths, type KernelName, kernels } from '../../src/backends/kernels.js';
import { createGpuBackend } from '../../src/gpu.js';
import { AdamW, backward, clipFactor, compileStep, createCpuBackend, crossEntropy, Dropout, init, Linear, Random, slice, type Engine, type Tensor } from '../../src/index.js';
import { expectGuarded, guardedCases } from './guarded-id-cases.js';
import { type KernelCase, casesOf } from './kernel-cases.js';
import { type OpCase, opCases } from './op-cases.js';
import { caseInputs, type CaseResult, runCase, weightedSum } from './run-case.js';

type Mode = 'webgpu' | 'webgl2';

/** |a - b| <= tolerance * max(1, greatest |b|). Sums are float32 here and float64 on the cpu backend. */
const OP_TOLERANCE = 1e-5;

/** The same for kernels, unless the table allows any backend more. */
const KERNEL_TOLERANCE = 1e-5;

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number, what: string): void {
  expect(actual.length, what).toBe(expected.length);
  const scale = Array.from(expected).reduce((largest, value) => Math.max(largest, Math.abs(value)), 1);
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i]! - expected[i]!);
    if (!(difference <= tolerance * scale)) expect.fail(`${what}, element ${i}: ${actual[i]} instead of ${expected[i]}`);
  }
}

/** Products whose edges only the blocks of another backend have take long where a processor plays the GPU. */
function isAffordable({ kernel, numbers }: KernelCase): boolean {
  const [rows, columns, inner] = kernel === 'matmul' ? numbers.slice(1) : numbers;
  return (kernel !== 'matmul' && kernel !== 'matmulInt8') || rows! * columns! * inner! < 8.5e5;
}

/** Numbers in all buffers of a case, from which on it is large: beyond the width of a texture (4096), and the blocks of no GPU's kernel. */
const LARGE = 25_000;

/** Whether browsers compare a case only in `pnpm check:slow`. */
export const isLarge = ({ buffers }: KernelCase): boolean => buffers.reduce((total, { length, absent }) => total + (absent ? 0 : length), 0) > LARGE;

/** Runs a kernel on one backend; what it wrote, by the names of the buffers. */
async function runKernel(backend: Backend, { kernel, numbers, buffers }: KernelCase): Promise<Map<string, TypedArray>> {
  const storages = buffers.map((buffer): Storage | null => {
    if (buffer.absent) return null;
    const storage = backend.allocate(buffer.integer ? 'int32' : 'float32', buffer.length);
    backend.write(storage, buffer.contents ?? new Array<number>(buffer.length).fill(12345));
    return storage;
  });
  backend.run(kernel, storages, numbers);
  // All are read at once: a browser waits for the GPU once and not for each.
  const read = await Promise.all(storages.map((storage) => storage && backend.read(storage)));
  const written = new Map<string, TypedArray>();
  for (const [i, { name, role, contents }] of buffers.entries()) {
    const values = read[i];
    if (!values) continue;
    if (role === 'input') expect(values, `${kernel} changed its input ${name}`).toEqual(contents);
    else written.set(name, values);
    backend.free(storages[i]!);
  }
  return written;
}

async function expectKernelAsOnCpu(backend: Backend, cpu: Backend, one: KernelCase): Promise<void> {
  const expected = await runKernel(cpu, one);
  const actual = await runKernel(backend, one);
  const tolerance = Math.max(one.tolerance, KERNEL_TOLERANCE);
  for (const [name, values] of expected) expectClose(actual.get(name)!, values, tolerance, `${one.title}: ${name}`);
}

/** A small classifier with everything that training needs. */
function classifier(engine: Engine): { step: () => Tensor; optimizer: AdamW; x: Tensor; parameters: Tensor[] } {
  const random = new Random(1);
  const layers = [new Linear(engine, { inputs: 5, outputs: 16, activation: 'gelu' }, random), new Linear(engine, { inputs: 16, outputs: 3 }, random)];
  const parameters = layers.flatMap((layer) => layer.parameters());
  const dropout = new Dropout(0.2).setTraining(true);
  const optimizer = new AdamW(parameters, { learningRate: 0.01 });
  const x = engine.keep(engine.randomNormal([7, 5], random));
  const targets = engine.keep(engine.tensor([0, 1, 2, 0, 1, 2, 0], [7], 'int32'));
  const step = (): Tensor => {
    const loss = crossEntropy(layers[1]!.forward(dropout.forward(layers[0]!.forward(x))), targets);
    backward(loss);
    optimizer.update(clipFactor(parameters, 0.5));
    optimizer.zeroGradients();
    return loss;
  };
  return { step, optimizer, x, parameters };
}

const inputsAt = (step: number): Float32Array => Float32Array.from({ length: 35 }, (_, i) => Math.sin(i * (step + 1)));

/** Sees every kernel that gpu.js is asked to compile from now on. */
async function watchCompiler() {
  const { GPU } = ((await import('gpu.js')) as unknown as { default: { GPU: { prototype: { createKernel(): unknown } } } }).default;
  return vi.spyOn(GPU.prototype, 'createKernel');
}

/** Losses and weights after `steps` steps. */
async function train(engine: Engine, steps: number, captured: boolean): Promise<number[]> {
  const { step, optimizer, x, parameters } = classifier(engine);
  const plan = captured ? compileStep(engine, step) : null;
  const numbers: number[] = [];
  for (let i = 0; i < steps; i++) {
    x.set(inputsAt(i));
    engine.dropoutState.begin(3, i);
    optimizer.prepare(0.01 / (i + 1));
    const loss = plan ? plan.replay() : engine.scope(step);
    numbers.push(await loss.item());
  }
  for (const parameter of parameters) numbers.push(...(await parameter.data()));
  plan?.dispose();
  return numbers;
}

/** Registers tests of the large cases of kernels alone. */
export function largeKernelTests(mode: Mode): void {
  describe(`large kernels on ${mode} agree with cpu`, async () => {
    const backend = await createGpuBackend({ mode });
    const cpu = createCpuBackend();
    const large = (Object.keys(kernels) as KernelName[]).map((kernel) => ({ kernel, cases: casesOf(kernel).filter((one) => isAffordable(one) && isLarge(one)) }));
    it.each(large.filter(({ cases }) => cases.length > 0))('$kernel', async ({ cases }) => {
      for (const one of cases) await expectKernelAsOnCpu(backend, cpu, one);
    });
  });
}

/**
 * Registers the tests.
 * @param mode what must really run; asked for by name, so that nothing else can stand in for it
 * @param isWanted which cases of kernels
 */
export function gpuTests(mode: Mode, isWanted: (one: KernelCase) => boolean = () => true): void {
  describe(`on ${mode}`, async () => {
    const reference = await init('cpu');
    const backend = await createGpuBackend({ mode });
    const engine = await init(() => Promise.resolve(backend)); // the same, so that each shader is compiled once
    const cpu = createCpuBackend();

    const eagerResults = new Map<OpCase, Promise<CaseResult>>();
    /** What a case gives eagerly on the GPU. It runs once, for both groups of tests that compare with it. */
    const eagerly = (opCase: OpCase): Promise<CaseResult> => {
      const result = eagerResults.get(opCase) ?? runCase(engine, opCase);
      eagerResults.set(opCase, result);
      return result;
    };

    it('says what runs', () => {
      expect(backend.mode).toBe(mode);
      expect(backend.description).toMatch(mode === 'webgpu' ? /^gpu: WebGPU through gpu\.js.*, \S/ : /^gpu: WebGL2 through gpu\.js.*, \S/);
      expect(backend.synchronous).toBe(false);
      expect(() => engine.tensor([1]).dataSync()).toThrow(/await tensor\.data\(\)/);
    });

    describe('operations agree with cpu', () => {
      it.each(opCases)('$name', async (opCase) => {
        const expected = await runCase(reference, opCase);
        const actual = await eagerly(opCase);
        expectClose(actual.output, expected.output, OP_TOLERANCE, 'output');
        actual.gradients.forEach((gradient, i) => expectClose(gradient, expected.gradients[i]!, OP_TOLERANCE, `gradient of input ${i}`));
        if (opCase.name === 'dropout') actual.output.forEach((value, i) => expect(value === 0).toBe(expected.output[i] === 0));
      });
    });

    describe('captured operations give the bits of eager ones', () => {
      it.each(opCases)('$name', async (opCase) => {
        const expected = await eagerly(opCase);
        const values = caseInputs(opCase);
        const inputs = opCase.shapes.map((shape) => engine.parameter(engine.zeros(shape)));
        const plan = compileStep(engine, () => {
          const output = opCase.run(inputs, engine);
          backward(weightedSum(engine, output));
          const gradients = inputs.map((input) => engine.alias(input.gradient!));
          for (const input of inputs) {
            input.gradient!.dispose();
            input.gradient = null;
          }
          return { output, gradients };
        });
        inputs.forEach((input, i) => input.set(values[i]!));
        plan.replay();
        engine.dropoutState.begin(5, 3);
        const { output, gradients } = plan.replay();
        expect(await Promise.all([output, ...gradients].map((tensor) => tensor.data()))).toEqual([expected.output, ...expected.gradients]);
        plan.dispose();
        inputs.forEach((input) => input.dispose());
      });
    });

    describe('kernels agree with cpu', () => {
      it.each(Object.keys(kernels) as KernelName[])('%s', async (kernel) => {
        const before = backend.memory().buffers;
        const cases = casesOf(kernel).filter((one) => isAffordable(one) && isWanted(one));
        expect(cases.length).toBeGreaterThan(0);
        for (const one of cases) await expectKernelAsOnCpu(backend, cpu, one);
        expect(backend.memory().buffers).toBe(before);
      });

      it.each(Object.keys(kernels) as KernelName[])('%s with sizes of 0 writes nothing beyond its totals', async (kernel) => {
        const described = kernelBuffers(kernel);
        const buffers = described.map(({ type }) => {
          const storage = backend.allocate(type === 'int32' ? 'int32' : 'float32', 7);
          backend.write(storage, [3, 3, 3, 3, 3, 3, 3]);
          return storage;
        });
        const numbers = kernels[kernel].numbers.map((name: string) => (name === 'length' && kernel === 'max' ? 1 : 0));
        backend.run(kernel, buffers, numbers);
        const required = kernelLengths(kernel, numbers);
        for (const [i, { name }] of described.entries()) if (required[i] === 0) expect([...(await backend.read(buffers[i]!))], name).toEqual([3, 3, 3, 3, 3, 3, 3]);
        for (const buffer of buffers) backend.free(buffer);
      });
    });

    it.each(guardedCases.flatMap((one) => [false, true].map((captured) => [one.kernel, captured ? 'captured' : 'at once', one, captured] as const)))('%s with ids out of range, %s', async (_kernel, _when, one, captured) => {
      await expectGuarded(backend, one, captured);
    });

    it('keeps every int32, through copies too', async () => {
      const values = [0, 1, -1, 65535, 65536, -65536, 2 ** 24 + 1, -(2 ** 24) - 1, 2 ** 31 - 1, -(2 ** 31)];
      const tensor = engine.tensor(values, [2, 5], 'int32');
      expect([...(await tensor.data())]).toEqual(values);
      expect([...(await slice(tensor, 1, 1, 3).data())]).toEqual([1, 2, 3, 6, 7, 8].map((i) => values[i]));
      tensor.dispose();
    });

    it('trains as cpu does, eagerly and captured', async () => {
      const expected = await train(reference, 8, false);
      const eager = await train(engine, 8, false);
      expectClose(eager, expected, 1e-4, 'eager');
      expect(await train(engine, 8, true)).toEqual(eager);
    });

    it('compiles and allocates nothing after the first step, and gives everything back', async () => {
      for (const captured of [true, false]) await train(engine, 1, captured); // what an engine makes in its first step and keeps, such as the state of dropout
      const before = engine.memory();
      const { step, optimizer, x, parameters } = classifier(engine);
      const plan = compileStep(engine, step);
      optimizer.prepare();
      plan.replay();
      await parameters[0]!.data();
      const compiled = engine.memory();
      const compiler = await watchCompiler();
      expect(plan.arenaBytes).toBeGreaterThan(0);
      for (let i = 0; i < 25; i++) {
        x.set(inputsAt(i));
        optimizer.prepare();
        plan.replay();
      }
      expect(Number.isFinite(await plan.result.item())).toBe(true);
      expect(engine.memory()).toEqual(compiled);
      plan.dispose();
      const eagerSteps = (count: number): void => {
        for (let i = 0; i < count; i++) {
          optimizer.prepare();
          engine.scope(step).dispose();
        }
      };
      eagerSteps(5); // sizes that only eager steps need
      await parameters[0]!.data();
      const settled = engine.memory();
      eagerSteps(25);
      await parameters[0]!.data();
      expect(engine.memory()).toEqual(settled);
      expect(compiler).not.toHaveBeenCalled();
      compiler.mockRestore();
      optimizer.dispose();
      for (const parameter of parameters) parameter.dispose();
      x.dispose();
      expect(engine.memory().buffers).toBe(before.buffers + 1); // the targets
    });

    it('refuses a buffer that the device cannot have, and goes on', async () => {
      expect(() => engine.zeros([50_000, 40_000])).toThrow(/2000000000 x float32 takes 8000000000 bytes, but \d+ is the most .*use a smaller batch size, context length or vocabulary/);
      expect(await engine.full([2], 5).data()).toEqual(Float32Array.of(5, 5));
    });

    it('refuses what it was not made for', () => {
      const own = backend.allocate('float32', 2);
      const foreign = cpu.allocate('float32', 2);
      expect(() => backend.run('copy', [foreign, own], [2])).toThrow(/buffer of another backend \(copy\)/);
      expect(() => backend.write(own, [1, 2, 3])).toThrow(/3 numbers to a buffer of 2/);
      expect(() => backend.allocate('float64', 2)).toThrow(/computes in float32/);
      expect(() => backend.allocate('float32', -1)).toThrow(/whole number of 0 or more/);
      backend.free(own);
      expect(() => backend.free(own)).toThrow(/Free a buffer once/);
      cpu.free(foreign);
    });

    it('says so when it was disposed', async () => {
      const other = await createGpuBackend({ mode });
      const storage = other.allocate('float32', 4);
      other.dispose();
      other.dispose();
      expect(() => other.allocate('float32', 4)).toThrow(/was disposed; make a new engine/);
      await expect(other.read(storage)).rejects.toThrow(/was disposed/);
      expect(other.memory().buffers).toBe(0);
      expect(await engine.full([2], 5).data()).toEqual(Float32Array.of(5, 5)); // others go on
    });
  });
}
