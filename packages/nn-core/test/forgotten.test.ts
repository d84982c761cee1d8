// An operation stands in several places. Each that is forgotten is named here, with the file to edit.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { cpuKernels } from '../src/backends/cpu/kernels.js';
import { shaderSources } from '../src/backends/gpu/generated/shaders.js';
import { written } from '../src/backends/gpu/passes/programs.js';
import { kernelBuffers, type KernelName, kernels, type KernelSignature } from '../src/backends/kernels.js';
import { binaries } from '../src/backends/wasm/generated/kernels.js';
import { unpack } from '../src/backends/wasm/unpack.js';
import * as gpu from '../src/gpu.js';
import * as entry from '../src/index.js';
import { forgottenPlaces, type Places } from './support/forgotten.js';
import { casesOf } from './support/kernel-cases.js';
import { opCases, withoutGradient } from './support/op-cases.js';
import { recordCalls } from './support/recorded-cases.js';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const kernelNames = Object.keys(kernels) as KernelName[];
const isFunction = (value: unknown): boolean => typeof value === 'function';

async function families(): Promise<Map<string, string[]>> {
  const files = readdirSync(new URL('../src/ops/', import.meta.url)).filter((name) => name.endsWith('.ts'));
  const modules = await Promise.all(files.map((name) => import(`../src/ops/${name.replace(/\.ts$/, '')}.ts`) as Promise<Record<string, unknown>>));
  return new Map(files.map((name, i) => [name, Object.keys(modules[i]!).filter((key) => isFunction(modules[i]![key]))]));
}

/** The first word of each piece of code in the second column: `init(backend, options)` names init, and `engine.scope` nothing. */
function namesInReadme(): string[] {
  const table = /## API\n([\s\S]*?)\n## /.exec(read('../README.md'))![1]!;
  const cells = [...table.matchAll(/^\| .*? \| (.*) \|$/gm)].slice(2).map(([, cell]) => cell!);
  return cells.flatMap((cell) => [...cell.matchAll(/`([A-Z]\w*|[a-z]\w*(?![\w.]| module))[^`]*`/g)].map(([, name]) => name!));
}

/** Names in the table that nothing at run time has: types, names of JavaScript, and methods of what is exported. */
function isNoExport(name: string): boolean {
  const isType = new RegExp(`\\b(type|type \\{[^}]*) ${name}\\b`).test(read('../src/index.ts'));
  const isMethod = Object.values(entry).some((value) => isFunction(value) && name in ((value as { prototype?: object }).prototype ?? {}));
  return isType || isMethod || name in globalThis || name in gpu;
}

async function present(): Promise<Places> {
  const module = new WebAssembly.Module(await unpack(binaries, 'simd'));
  const listed = namesInReadme();
  const fixtures = ['cpu-backend', 'activations', 'images'].flatMap((name) => JSON.parse(read(`./fixtures/${name}.torch.json`)) as { kernel: string }[]);
  const withFormula = recordCalls(opCases.filter(({ formula }) => formula));
  return {
    families: await families(),
    exported: new Set(Object.keys(entry)),
    readme: { exported: new Set(listed.filter((name) => !isNoExport(name))), all: new Set(listed) },
    cases: opCases.map(({ name }) => name),
    withoutGradient: new Set(Object.keys(withoutGradient)),
    kernels: kernelNames,
    cpu: new Set(Object.keys(cpuKernels)),
    wasm: new Set(WebAssembly.Module.exports(module).map(({ name }) => name)),
    gpu: new Set([...Object.keys(written), ...Object.keys(shaderSources)]),
    run: new Set(kernelNames.filter((kernel) => casesOf(kernel).length > 0)),
    compared: new Set([...fixtures.map(({ kernel }) => kernel), ...withFormula.keys()]),
  };
}

const places = await present();

it('no place of an operation or a kernel is forgotten', () => {
  expect(forgottenPlaces(places)).toEqual([]);
});

it('each place that is forgotten is named, and no other', () => {
  const of = (...names: string[]): ReadonlySet<string> => new Set(names);
  const whole: Places = {
    families: new Map([['curves.ts', ['bend']]]), exported: of('bend', 'Engine'), readme: { exported: of('bend', 'Engine'), all: of('bend', 'Engine', 'Shape') }, cases: ['bend, twice'], withoutGradient: of(),
    kernels: ['bend'], cpu: of('bend', 'helper'), wasm: of('bend', 'heapBase'), gpu: of('bend', 'part'), run: of('bend'), compared: of('bend'),
  };
  expect(forgottenPlaces(whole)).toEqual([]);
  expect(forgottenPlaces({ ...whole, families: new Map([...whole.families, ['scans.ts', ['mish']]]), kernels: ['bend', 'mish'] })).toEqual([
    "src/index.ts does not export mish: add export * from './ops/scans.js', or move what is no operation to src/ops/shared.",
    'test/support/op-cases.ts has no case of mish (src/ops/scans.ts): add one whose name begins with mish; where it has no gradient, name its test in withoutGradient there.',
    'The cpu backend has no mish: write the function mish in a file of src/backends/cpu/kernels.',
    'The wasm backend has no mish: write the function mish in a file of assembly.',
    'The gpu backend has no mish: write the function mish in a file of src/backends/gpu/shaders, or a program of several passes in src/backends/gpu/passes.',
    'No test runs the kernel mish: add a case of an operation that runs it to test/support/op-cases.ts, or a row to test/support/kernel-cases.ts.',
    'Nothing says what the kernel mish computes: give a case of its operation in test/support/op-cases.ts a formula.',
  ]);
  expect(forgottenPlaces({ ...whole, exported: of('bend', 'Engine', 'mish') })).toEqual(['README.md does not name mish: add it to the table under API, or do not export it from src/index.ts.']);
  expect(forgottenPlaces({ ...whole, exported: of('bend') })).toEqual(['README.md names Engine in the table under API, and src/index.ts does not export it: export it, or take it out of the table.']);
});

it.each(Object.entries(withoutGradient))('%s, which has no gradient, is tested in %s', (operation, file) => {
  expect(read(`../../${file}`)).toMatch(new RegExp(`\\b${operation}\\(`));
  expect(places.exported).toContain(operation);
});

it.each(kernelNames.filter((kernel) => kernel in shaderSources && !(kernel in written)))('the shader %s takes what the contract gives: buffers, whole numbers, other numbers', (kernel) => {
  const { outputs, updates = [], numbers, elementwise }: KernelSignature = kernels[kernel];
  expect([outputs.length, updates.length], `${kernel} needs a program in src/backends/gpu/passes: it has several outputs, or updates`).toEqual([1, 0]);
  const { arguments: taken, axes } = shaderSources[kernel as keyof typeof shaderSources];
  const given = [...kernelBuffers(kernel).slice(0, -1).map(() => 'Array'), ...numbers.slice(elementwise ? 1 : 0).map((name) => (name.endsWith(': float') ? 'Float' : 'Integer'))];
  expect([...taken], `the shader ${kernel} takes other arguments than its kernel: change them, or write a program in src/backends/gpu/passes`).toEqual(given);
  expect(axes, `the shader ${kernel} may use this.thread.x alone, or needs a program in src/backends/gpu/passes`).toBe(1);
});
