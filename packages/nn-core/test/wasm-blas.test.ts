// Products by a BLAS library: right, the same bits for any number of threads, and one clear sentence where there is none.
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { bindBlas, type BoundBlas, type Koffi } from '../src/backends/wasm/blas/bind.js';
import { whatIsWrong } from '../src/backends/wasm/blas/check-file.js';
import { checkLengths, checkProduct } from '../src/backends/wasm/blas/check.js';
import { findBlas } from '../src/backends/wasm/blas/find.js';
import { howToInstall } from '../src/backends/wasm/blas/install.js';
import { withBlas } from '../src/backends/wasm/blas/product.js';
import { whereIs } from '../src/backends/wasm/blas/where.js';
import { workerSource } from '../src/backends/wasm/generated/worker.js';
import { createKernelInstance } from '../src/backends/wasm/instance.js';
import { AdamW, backward, compileStep, createWasmBackend, init, Linear, matmul, mean, measurePeak, Random, square, type Backend, type BlasFacts, type Storage, type Tensor } from '../src/index.js';

const found = findBlas('auto');
const here = typeof found !== 'string';

interface Product {
  readonly batch?: number;
  readonly rows: number;
  readonly columns: number;
  readonly inner: number;
  readonly transposeA?: 0 | 1;
  readonly transposeB?: 0 | 1;
  readonly activation?: number;
  readonly bias?: boolean;
  readonly preActivation?: boolean;
}

/** OpenBLAS as Debian builds it for OpenMP, which keeps a number of threads for each thread that calls. */
const openMp = process.platform === 'linux' ? fs.readdirSync('/usr/lib').map((folder) => `/usr/lib/${folder}/openblas-openmp/libopenblas.so.0`).find((file) => fs.existsSync(file)) : undefined;

/** Sides that no block divides, all four ways to transpose, batches, and everything that is done to a product afterwards. */
const products: readonly Product[] = [
  { rows: 640, columns: 128, inner: 128, bias: true },
  { rows: 640, columns: 384, inner: 128, bias: true, activation: 2, preActivation: true },
  { rows: 131, columns: 77, inner: 301, transposeA: 1 },
  { rows: 1301, columns: 67, inner: 129, transposeB: 1, activation: 1 },
  { rows: 257, columns: 300, inner: 99, transposeA: 1, transposeB: 1, bias: true, activation: 4, preActivation: true },
  { batch: 5, rows: 130, columns: 64, inner: 70, bias: true, activation: 3 },
  { batch: 3, rows: 65, columns: 129, inner: 33, transposeA: 1 },
  { rows: 16, columns: 1024, inner: 16 },
  { rows: 640, columns: 4, inner: 129, transposeB: 1 },
  { rows: 129, columns: 8, inner: 640, transposeA: 1, bias: true },
  { rows: 4, columns: 393, inner: 640, transposeA: 1 },
  { rows: 61, columns: 1100, inner: 5, bias: true, activation: 2, preActivation: true },
  { batch: 3, rows: 9, columns: 1031, inner: 70, transposeB: 1, bias: true, activation: 1 },
  { batch: 2, rows: 7, columns: 1031, inner: 70 },
];

/** These are large, too, and faster where they lie. */
const fewRows: Product = { rows: 8, columns: 1031, inner: 768, transposeB: 1, bias: true };

interface Result {
  readonly y: Float32Array;
  readonly preActivation?: Float32Array;
}

/** The greatest difference; not a number where one of them is none. */
const farthest = (a: Float32Array, b: Float32Array): number => a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
const isSame = (a: Result, b: Result): boolean => (['y', 'preActivation'] as const).every((name) => a[name] === b[name] || farthest(a[name]!, b[name]!) === 0);

function run(backend: Backend, { batch = 1, rows, columns, inner, transposeA = 0, transposeB = 0, activation = 0, bias = false, preActivation = false }: Product): Result {
  const random = new Random(rows * columns);
  const filled = (length: number): Storage => {
    const storage = backend.allocate('float32', length);
    backend.write(storage, Float32Array.from({ length }, () => 2 * random.uniform() - 1));
    return storage;
  };
  const [a, b, c] = [filled(batch * rows * inner), filled(batch * inner * columns), bias ? filled(columns) : null];
  // What lay there before must not be read.
  const empty = (): Storage => {
    const storage = backend.allocate('float32', batch * rows * columns);
    backend.write(storage, new Float32Array(storage.length).fill(Number.NaN));
    return storage;
  };
  const [y, before] = [empty(), preActivation ? empty() : null];
  backend.run('matmul', [a, b, c, y, before], [batch, rows, columns, inner, transposeA, transposeB, activation]);
  const read = (storage: Storage): Float32Array => backend.readSync!(storage) as Float32Array;
  const result = { y: read(y), ...(before && { preActivation: read(before) }) };
  for (const storage of [a, b, c, y, before]) if (storage) backend.free(storage);
  return result;
}

/** @returns how often a product of these sizes calls a library that multiplies nothing */
async function countCalls(readsInPlace: boolean): Promise<(numbers: readonly number[]) => number> {
  const { kernel, memory } = await createKernelInstance({ relaxed: false, shared: false });
  let calls = 0;
  const counting: BoundBlas = { readsInPlace, baseOf: () => 0, sgemm: () => void calls++ };
  const product = withBlas(kernel, memory, counting)('matmul')!;
  return (numbers) => {
    calls = 0;
    product(0, 0, 0, 0, 0, ...numbers, 0, 1);
    return calls;
  };
}

describe.runIf(here)('products by a BLAS', () => {
  it('says which library and which of its kernels, and where the library is', async () => {
    const backend = await createWasmBackend({ blas: 'auto', threads: 1 });
    expect(backend.description).toMatch(/^wasm: SIMD.*, 1 thread, products by (OpenBLAS \S+ \(\w+\)|BLIS|MKL|Accelerate)/);
    const { name, kernel, file } = backend.blas as BlasFacts;
    expect(backend.description.endsWith(`, products by ${name}${kernel === null ? '' : ` (${kernel})`}`)).toBe(true);
    if (process.platform === 'linux') expect(fs.existsSync(file)).toBe(true);
    backend.dispose();
    const again = await createWasmBackend({ blas: file, threads: 1 });
    expect(again.blas).toEqual(backend.blas);
    again.dispose();
  });

  it.each(products)('are computed by the library and not by the kernel: %o', async ({ batch = 1, rows, columns, inner, transposeA = 0, transposeB = 0, activation = 0 }) => {
    const callsOf = await countCalls(true);
    expect(callsOf([batch, rows, columns, inner, transposeA, transposeB, activation])).toBeGreaterThanOrEqual(batch);
  });

  it('of four to seven rows stay with the kernels where the library would pack the matrix for them', async () => {
    const [inPlace, packing] = [await countCalls(true), await countCalls(false)];
    for (const rows of [1, 3, 4, 7, 8, 9]) {
      const calls = [inPlace, packing].map((callsOf) => callsOf([1, rows, 384, 128, 0, 0, 0]) > 0);
      expect([rows, ...calls]).toEqual([rows, rows >= 4, rows >= 8]);
      expect(packing([1, rows, 384, 128, 1, 0, 0]) > 0).toBe(rows >= 4);
    }
  });

  it('of up to eight rows with a transposed matrix stay with the kernels', async () => {
    const kernels = await createWasmBackend({ threads: 1 });
    const backend = await createWasmBackend({ blas: 'auto', threads: 2 });
    expect(isSame(run(backend, fewRows), run(kernels, fewRows))).toBe(true);
    for (const one of [kernels, backend]) one.dispose();
  });

  it('take no more of our memory than those of the kernels, and give a peak that is no lower', async () => {
    for (const threads of [1, 2]) {
      const [without, withOne] = [await init('wasm', { threads }), await init('wasm', { blas: 'auto', threads })];
      const use = [];
      for (const engine of [without, withOne]) {
        const [a, b] = [engine.zeros([640, 128]), engine.zeros([128, 384])];
        const y = matmul(a, b);
        use.push(engine.memory());
        for (const tensor of [a, b, y]) tensor.dispose();
      }
      expect(use[1]).toEqual(use[0]);
      const before = withOne.memory();
      const peak = measurePeak(withOne);
      expect(peak).toMatchObject({ threads });
      expect(peak.gigaflops).toBeGreaterThan(0);
      expect(withOne.memory()).toMatchObject({ bytes: before.bytes, buffers: before.buffers });
      for (const engine of [without, withOne]) engine.dispose();
    }
  });

  it.each(products)('are those of the kernels, and the same bits on 1, 2 and 3 threads: %o', async (product) => {
    const kernels = await createWasmBackend({ threads: 1 });
    const expected = run(kernels, product);
    kernels.dispose();
    let first: Result | undefined;
    for (const threads of [1, 2, 3]) {
      const backend = await createWasmBackend({ blas: 'auto', threads });
      const actual = run(backend, product);
      for (const name of ['y', 'preActivation'] as const) if (actual[name]) expect(farthest(actual[name], expected[name]!)).toBeLessThan(2e-6 * product.inner);
      first ??= actual;
      expect(isSame(actual, first)).toBe(true);
      backend.dispose();
    }
  });

  it('are right after the memory has grown', async () => {
    for (const threads of [1, 2]) {
      const backend = await createWasmBackend({ blas: 'auto', threads });
      const before = run(backend, products[0]!);
      const large = backend.allocate('float32', 30e6);
      expect(isSame(run(backend, products[0]!), before)).toBe(true);
      backend.free(large);
      backend.dispose();
    }
  });

  it('train to the same bits on 1 and 2 threads', async () => {
    const weights = [];
    for (const threads of [1, 2]) {
      const engine = await init('wasm', { blas: 'auto', threads });
      const random = new Random(3);
      const layer = new Linear(engine, { inputs: 128, outputs: 128, activation: 'gelu' }, random);
      const x = engine.keep(engine.randomNormal([320, 128], random));
      const optimizer = new AdamW(layer.parameters(), { learningRate: 0.01 });
      const step = (): Tensor => {
        const loss = mean(square(layer.forward(x)));
        backward(loss);
        optimizer.update();
        optimizer.zeroGradients();
        return loss;
      };
      const plan = compileStep(engine, step);
      for (let i = 0; i < 5; i++) {
        optimizer.prepare(0.01);
        plan.replay();
      }
      weights.push(await layer.weight.data());
      engine.dispose();
    }
    expect(weights[1]).toEqual(weights[0]);
  });
});

it.runIf(here && openMp !== undefined)('products by a library that divides its work by OpenMP are the same bits, each time', async () => {
  const engines = [await init('wasm', { blas: openMp, threads: 1 }), await init('wasm', { blas: openMp, threads: 2 })];
  const [one, two] = engines.map((engine) => {
    const random = new Random(5);
    const [a, b] = [engine.randomNormal([65, 1000], random), engine.randomNormal([1000, 63], random)];
    return () => engine.scope(() => matmul(a, b).dataSync());
  });
  const expected = one!() as Float32Array;
  for (let i = 0; i < 200; i++) expect(farthest(two!() as Float32Array, expected)).toBe(0);
  for (const engine of engines) engine.dispose();
});

/** What calls libraries that have these functions, by name, and no others. */
function koffiWith(functions: Readonly<Record<string, (...values: unknown[]) => unknown>>): Koffi {
  const func = (prototype: string): ((...values: unknown[]) => unknown) => {
    const name = /(\w+)\(/.exec(prototype)![1]!;
    if (!Object.hasOwn(functions, name)) throw new Error(`Cannot find function '${name}' in shared library`);
    return functions[name]!;
  };
  return { load: () => ({ func, symbol: () => undefined }), address: () => 0n, decode: { string: () => '' } };
}

it.each(['openblas_set_num_threads', 'MKL_Set_Num_Threads', 'bli_thread_set_num_threads', 'omp_set_num_threads'])('whoever binds a library sets it to one thread, each worker, too: %s', (name) => {
  const counts: unknown[] = [];
  const koffi = koffiWith({ cblas_sgemm: () => undefined, memmove: () => undefined, [name]: (count) => counts.push(count) });
  for (let thread = 0; thread < 3; thread++) bindBlas(koffi, 'libblas.so');
  expect(counts).toEqual([1, 1, 1]);
  expect(workerSource).toContain(name);
});

it('refuses a library that says of its lengths that they are 64-bit integers', () => {
  const lengths = (functions: Parameters<typeof koffiWith>[0]) => () => checkLengths(koffiWith(functions).load(''));
  const expected = 'its lengths are 64-bit integers; expected a BLAS whose lengths are 32-bit integers';
  expect(lengths({ openblas_get_config: () => 'OpenBLAS 0.3.21 USE64BITINT DYNAMIC_ARCH NO_AFFINITY' })).toThrow(expected);
  expect(lengths({ openblas_get_config: () => 'OpenBLAS 0.3.21 DYNAMIC_ARCH NO_AFFINITY' })).not.toThrow();
  expect(lengths({ bli_info_get_blas_int_type_size: () => 64 })).toThrow(expected);
  // The numbers of its own functions may be longer than those of cblas_sgemm.
  expect(lengths({ bli_info_get_int_type_size: () => 64, bli_info_get_blas_int_type_size: () => 32 })).not.toThrow();
  expect(lengths({})).not.toThrow();
});

it('names a library that cannot be used, and other values of the option', async () => {
  await expect(createWasmBackend({ blas: '/nowhere/libblas.so' })).rejects.toThrow(/wasm: the BLAS "\/nowhere\/libblas\.so" cannot be used: /);
  await expect(init('wasm', { threads: '2' as never })).rejects.toThrow('createWasmBackend: threads is "2"; expected a whole number from 1 to 64.');
  await expect(createWasmBackend({ maximumBytes: '1e9' as never })).rejects.toThrow('createWasmBackend: maximumBytes is "1e9"; expected a whole number');
  await expect(createWasmBackend({ blas: true as never })).rejects.toThrow("createWasmBackend: blas is true; expected 'off', 'auto' or the path of a library.");
  await expect(init('cpu', { blas: 'auto' })).rejects.toThrow("the option 'blas' has no effect on the cpu backend");
});

it('refuses a library whose function does nothing, or gives other numbers', () => {
  if (here) expect(() => checkProduct(found)).not.toThrow();
  const baseOf = (): number => 0;
  expect(() => checkProduct({ readsInPlace: false, baseOf, sgemm: () => undefined })).toThrow('its cblas_sgemm gives -1, -1, -1, -1 where a small product is 58, 64, 139, 154; expected a BLAS whose lengths are 32-bit integers');
});

it.runIf(process.platform === 'linux')('refuses the file of a library that is cut short, before the system reads behind its end', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'blas-'));
  const whole = process.execPath; // also an ELF file
  expect(whatIsWrong(fs, whole)).toBeUndefined();
  const beginning = new Uint8Array(2 ** 16);
  const file = fs.openSync(whole, 'r');
  fs.readSync(file, beginning, 0, beginning.length, 0);
  fs.closeSync(file);
  for (const length of [100, beginning.length]) {
    fs.writeFileSync(join(folder, 'cut.so'), beginning.subarray(0, length));
    expect(whatIsWrong(fs, join(folder, 'cut.so'))).toMatch(new RegExp(`^the file is cut short: it has ${length} bytes, and its header asks for \\d+$`));
  }
  if (here) {
    await expect(createWasmBackend({ blas: join(folder, 'cut.so') })).rejects.toThrow(/cut\.so" cannot be used: the file is cut short/);
    const path = process.env.LD_LIBRARY_PATH;
    process.env.LD_LIBRARY_PATH = folder;
    await expect(createWasmBackend({ blas: 'cut.so' })).rejects.toThrow(`"cut.so" cannot be used: ${join(folder, 'cut.so')}: the file is cut short`);
    if (path === undefined) delete process.env.LD_LIBRARY_PATH;
    else process.env.LD_LIBRARY_PATH = path;
  }
  fs.writeFileSync(join(folder, 'text.so'), 'no library, and longer than the header of one: '.repeat(3));
  expect(whatIsWrong(fs, join(folder, 'text.so'))).toBeUndefined();
  await rm(folder, { recursive: true });
});

it.runIf(process.platform === 'linux')('refuses what is no file, before the system waits for it', { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'blas-'));
  const pipe = join(folder, 'pipe.so');
  spawnSync('mkfifo', [pipe]);
  expect(whatIsWrong(fs, pipe)).toBe('it is a pipe or a device and no file; expected a library');
  if (here) {
    await expect(createWasmBackend({ blas: pipe })).rejects.toThrow('pipe.so" cannot be used: it is a pipe or a device and no file; expected a library.');
    await expect(createWasmBackend({ blas: folder })).rejects.toThrow(' cannot be used: it is a folder and no file; expected a library.');
  }
  await rm(folder, { recursive: true });
});

it('knows where the system finds a library: in the folders of LD_LIBRARY_PATH, in those of the cache, and in the usual ones', () => {
  const cache = '\u0001libblas.so.3\0/opt/lib/libblas.so.3\0libother.so\0/opt/lib/libother.so\0/gone/libblas.so\0';
  const where = (library: string, LD_LIBRARY_PATH?: string, platform = 'linux'): string | undefined => {
    const present = ['/first/libblas.so.3', './libhere.so', '/opt/lib/libblas.so.3', '/usr/lib/libblas.so.3', '/usr/lib/libusual.so', 'lib/libblas.so'];
    return whereIs({ existsSync: (file) => present.includes(file), readFileSync: () => cache }, { platform, env: { LD_LIBRARY_PATH } }, library);
  };
  expect(where('libblas.so.3', '/none:/first')).toBe('/first/libblas.so.3');
  expect(where('libblas.so.3', '/none;/first')).toBe('/first/libblas.so.3');
  expect(where('libhere.so', '/none:')).toBe('./libhere.so');
  for (const path of [undefined, '', '/none']) expect(where('libblas.so.3', path)).toBe('/opt/lib/libblas.so.3');
  expect(where('libusual.so')).toBe('/usr/lib/libusual.so');
  expect(where('libhere.so')).toBeUndefined();
  expect(where('libblas.so')).toBeUndefined();
  expect(where('lib/libblas.so', '/first')).toBe('lib/libblas.so');
  expect(where('/gone/libblas.so')).toBeUndefined();
  expect(where('libblas.so.3', '/first', 'darwin')).toBeUndefined();
});

it.each([
  ['linux', 'PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n', 'to install one: apt-get install libopenblas0-pthread'],
  ['linux', 'NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n', 'to install one: apt-get install libopenblas0-pthread'],
  ['linux', 'ID="rocky"\nID_LIKE="rhel centos fedora"\n', 'to install one: dnf install openblas'],
  ['linux', 'ID=alpine\nVERSION_ID=3.20\n', 'install OpenBLAS with the packages of your system'],
  ['linux', undefined, 'install OpenBLAS with the packages of your system'],
  ['freebsd', undefined, 'install OpenBLAS with the packages of your system'],
  ['darwin', undefined, /Accelerate.*brew install openblas/],
  ['win32', undefined, /github\.com\/OpenMathLib\/OpenBLAS\/releases.*libopenblas\.dll/],
])('says what to install on %s: %j', (platform, release, expected) => {
  const read = (): string => {
    if (release === undefined) throw new Error('ENOENT');
    return release;
  };
  expect(howToInstall(platform, read)).toMatch(expected);
});

/** What a program prints that is built outside of this package and runs in a folder of its own. */
async function printed(source: string, env: (folder: string) => NodeJS.ProcessEnv): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'blas-'));
  const contents = `import { init, matmul } from ${JSON.stringify(fileURLToPath(new URL('../src/index.ts', import.meta.url)))};\n${source}`;
  await build({ stdin: { contents, resolveDir: folder, loader: 'ts' }, bundle: true, format: 'esm', platform: 'node', outfile: join(folder, 'program.mjs'), logLevel: 'silent' });
  const { stdout } = spawnSync(process.execPath, [join(folder, 'program.mjs')], { cwd: folder, encoding: 'utf8', env: { ...process.env, ...env(folder) } });
  await rm(folder, { recursive: true });
  return stdout;
}

it('says what is missing where koffi is not installed, and computes without it', { timeout: 120_000 }, async () => {
  const program = `const engine = await init('wasm', { blas: 'auto', threads: 2 });
    const ones = engine.tensor(new Float32Array(4096).fill(1), [64, 64]);
    console.log(engine.backend.description + '; ' + engine.backend.blas.missing, (await matmul(ones, ones).data())[0]);`;
  expect(await printed(program, () => ({ NODE_PATH: '' }))).toMatch(/^wasm: SIMD.*, 2 threads, without a BLAS; the package koffi is not installed \(npm install koffi\) 64\n$/);
});

it.runIf(process.platform === 'linux')('says of a library that is here and cannot be used what is wrong with it', { timeout: 120_000 }, async () => {
  const files = (folder: string): NodeJS.ProcessEnv => {
    for (const name of ['libmkl_rt.so.2', 'libopenblas.so.0', 'libopenblas.so', 'libblis.so.4']) fs.writeFileSync(join(folder, name), 'no library, and longer than the header of one: '.repeat(3));
    fs.symlinkSync(fileURLToPath(new URL('../node_modules', import.meta.url)), join(folder, 'node_modules'));
    return { LD_LIBRARY_PATH: folder };
  };
  expect(await printed("console.log((await init('wasm', { blas: 'auto', threads: 1 })).backend.blas.missing);", files)).toMatch(/^a BLAS library is here and cannot be used \(libmkl_rt\.so\.2: .*; libopenblas\.so\.0: .*invalid ELF header/);
});
