// Worker threads: the same bits for any number, failures that surface instead of hanging, and a process that can end.
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MessageChannel } from 'node:worker_threads';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createKernelInstance, type KernelFunction } from '../src/backends/wasm/instance.js';
import { controlBytes } from '../src/backends/wasm/threads/control.js';
import { findBarriers } from '../src/backends/wasm/threads/hazards.js';
import { MAILBOX_BYTES, ThreadPool } from '../src/backends/wasm/threads/pool.js';
import { allReady } from '../src/backends/wasm/threads/ready.js';
import { sharesOf, WORK_FOR_THREADS, workOf } from '../src/backends/wasm/threads/work.js';
import { createWasmBackend, init, kernels, matmul, Random, sum, type KernelName } from '../src/index.js';

/** After so many milliseconds a process is taken for one that never ends; the test itself waits longer. */
const HANGS = 240_000;

describe('waiting for workers to start', () => {
  const worker = (ready: Promise<void>) => ({ ready, failure: () => null, terminate: () => undefined });
  const after = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

  it('ends when all have answered', async () => {
    let answered = 0;
    const workers = [10, 60].map((milliseconds) => worker(after(milliseconds).then(() => void answered++)));
    await allReady(workers, 10_000);
    expect(answered).toBe(2);
  });

  it('ends with an error when one does not answer, or says why it cannot', async () => {
    const silent = worker(new Promise(() => undefined));
    await expect(allReady([worker(after(1)), silent], 60)).rejects.toThrow('no answer for 0.1 s');
    await expect(allReady([silent, worker(Promise.reject(new Error('blocked by the page')))], 10_000)).rejects.toThrow('blocked by the page');
  });

  it('does not take a busy thread of its own for a silent worker', async () => {
    const { port1, port2 } = new MessageChannel();
    const answered = new Promise<void>((resolve) => port1.once('message', resolve));
    const ready = allReady([worker(answered)], 300);
    await new Promise((resolve) => setImmediate(resolve)); // timers come next, messages after them
    port2.postMessage('ready');
    for (const until = performance.now() + 400; performance.now() < until; );
    await ready;
    port1.close();
  });
});

describe('threads', () => {
  it('give the same bits for any number of them, outside of plans too', async () => {
    const size = 200; // enough work to wake the workers
    expect(workOf('matmul', [1, size, size, size])).toBeGreaterThan(WORK_FOR_THREADS);
    const results = [];
    for (const threads of [1, 2, 3, 5]) {
      const engine = await init('wasm', { threads });
      expect(engine.backend.description).toContain(`${threads} thread`);
      const random = new Random(1);
      const [a, b] = [engine.randomNormal([size, size], random), engine.randomNormal([size, size], random)];
      results.push(await matmul(a, b, { activation: 'gelu' }).data(), await sum(matmul(a, b), 0).data());
      engine.dispose();
    }
    for (let i = 2; i < results.length; i++) expect(results[i]).toEqual(results[i % 2]);
  });

  it('give the bits of one thread where few rows are multiplied, whose sums they divide', async () => {
    const sizes = [[1, 768, 2304], [3, 1030, 4099], [8, 17, 5000], [2, 3, 70_000], [1, 0, 5]] as const;
    const results: Float32Array[][] = [];
    for (const threads of [1, 2, 3, 6]) {
      const engine = await init('wasm', { threads });
      const own: Float32Array[] = [];
      for (const [rows, inner, columns] of sizes) {
        const random = new Random(rows);
        const [a, b, bias] = [engine.randomNormal([rows, inner], random), engine.randomNormal([inner, columns], random), engine.randomNormal([columns], random)];
        own.push((await matmul(a, b, { bias, activation: 'gelu' }).data()) as Float32Array);
      }
      results.push(own);
      engine.dispose();
    }
    for (const own of results) own.forEach((numbers, i) => expect(Buffer.compare(Buffer.from(numbers.buffer), Buffer.from(results[0]![i]!.buffer))).toBe(0));
  });

  it('refuse an impossible number', async () => {
    for (const threads of [0, -1, 1.5, 65, NaN]) await expect(createWasmBackend({ threads })).rejects.toThrow(/threads is .*; expected a whole number from 1 to 64/);
  });

  it('estimate the work of every kernel from its sizes', () => {
    for (const name of Object.keys(kernels) as KernelName[]) {
      const work = workOf(name, kernels[name].numbers.map(() => 8));
      expect(Number.isFinite(work) && work >= 0, name).toBe(true);
    }
  });

  it('cut large kernels into more shares than there are threads, small ones not at all, and read in long runs', () => {
    expect(sharesOf('matmul', [1, 512, 1536, 384, 0, 0, 0], 2)).toBe(64);
    expect(sharesOf('matmul', [1, 64, 64, 64, 0, 0, 0], 2)).toBe(3);
    expect(sharesOf('matmul', [1, 1, 768, 3072, 0, 0, 0], 2)).toBe(2);
    expect(sharesOf('add', [1000], 8)).toBe(1);
    expect(sharesOf('add', [0], 8)).toBe(1);
  });

  it('grow their memory together', async () => {
    const engine = await init('wasm', { threads: 2 });
    const before = engine.memory().reservedBytes;
    const large = engine.full([3000, 3000], 1); // grows the memory, then is filled by both
    expect(engine.memory().reservedBytes).toBeGreaterThan(before);
    expect(await sum(large).item()).toBe(9_000_000);
    engine.dispose();
  });
});

describe('failures', () => {
  /** A pool with one worker and a table of kernels that need not be the same on both sides. */
  async function makePool(kernels: KernelFunction[], kernelNames: string[], patience: number): Promise<{ pool: ThreadPool; free: number }> {
    const { module, memory, start, grow, scratchBytes, commonScratchAddress, commonScratchBytes } = await createKernelInstance({ relaxed: false, shared: true });
    const mailboxAddress = start + Math.ceil(controlBytes(2) / 64) * 64;
    const scratchAddress = mailboxAddress + MAILBOX_BYTES;
    const free = Math.ceil((scratchAddress + scratchBytes) / 64) * 64;
    grow(free + 2 ** 27);
    const pool = await ThreadPool.create({ module, memory, kernels, kernelNames, controlAddress: start, mailboxAddress, scratchAddresses: [scratchAddress], scratchBytes, commonScratchAddress, commonScratchBytes, patience });
    return { pool, free };
  }

  /** The arguments of `attention` for one head that is too large for the fast way, on memory from `free` on: slow on purpose. */
  const attentionOf = (batch: number, time: number, free: number): number[] => {
    const headSize = 4100;
    const bytes = batch * time * headSize * 4;
    return [free, free, free, 0, 0, 0, 0, 0, 0, 0, free + bytes, free + 2 * bytes, free + 2 * bytes + batch * time * 4, batch, time, time, 1, 1, headSize, time, 0, 1, 1, 0, 0];
  };

  it('of a kernel in a worker surface as an error, at once and ever after', async () => {
    const { pool } = await makePool([() => undefined], ['fill'], HANGS);
    // A fill beyond the memory's end traps.
    expect(() => pool.runOne(0, undefined, 0, [0xf0000000, 1000, 1])).toThrow(/a kernel failed in worker thread 1.*init\(\)/);
    expect(() => pool.runOne(0, undefined, 0, [0, 0, 1])).toThrow(/a kernel failed/);
    pool.dispose();
  });

  it('of the main thread leave no worker waiting', async () => {
    const { pool } = await makePool([() => { throw new Error('broken'); }], ['fill'], HANGS); // prettier-ignore
    expect(() => pool.runOne(0, undefined, 0, [0, 0, 1])).toThrow('broken');
    pool.dispose();
  });

  it('are not seen in a machine that slept, or a process that was stopped, while a worker was busy', async () => {
    const { pool, free } = await makePool([() => undefined], ['attention'], HANGS);
    // An hour passes whenever somebody looks at the clock.
    let hours = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => ++hours * 3_600_000);
    try {
      // A good part of a second for the worker, which is more than the main thread sleeps between two looks.
      pool.runOne(0, undefined, 0, attentionOf(1, 700, free));
    } finally {
      clock.mockRestore();
    }
    pool.dispose();
  });

  it('of a worker that no longer answers are noticed', async () => {
    const { pool, free } = await makePool([() => undefined], ['attention'], 100);
    // Seconds of work for the worker; the main thread does none of it.
    expect(() => pool.runOne(0, undefined, 0, attentionOf(2, 1_600, free))).toThrow(/has not answered for 0\.1 s/);
    pool.dispose();
  });
});

describe('barriers', () => {
  const at = (start: number, end: number) => ({ start, end });
  it.each([
    ['reading what was written', [[], [at(0, 8)]], [[at(4, 6)], [at(20, 24)]], true],
    ['writing what was written', [[], [at(0, 8)]], [[], [at(7, 9)]], true],
    ['writing what was read', [[at(0, 8)], [at(8, 16)]], [[], [at(0, 4)]], true],
    ['reading what was read', [[at(0, 8)], [at(8, 16)]], [[at(0, 8)], [at(16, 24)]], false],
    ['touching neighbours', [[], [at(0, 8)]], [[at(8, 16)], [at(16, 24)]], false],
    ['empty buffers', [[], [at(4, 4)]], [[at(4, 4)], [at(4, 4)]], false],
  ] as const)('%s', (_, first, second, expected) => {
    const touched = [first, second].map(([reads, writes]) => ({ reads, writes }));
    expect(findBarriers(touched)).toEqual([false, expected]);
  });

  it('forget what came before the last one', () => {
    const write = { reads: [], writes: [at(0, 8)] };
    const other = { reads: [], writes: [at(8, 16)] };
    expect(findBarriers([write, write, other, write, other])).toEqual([false, true, false, true, false]);
  });
});

describe('a process', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kk-threads-'));
    await build({ entryPoints: [fileURLToPath(new URL('../src/index.ts', import.meta.url))], bundle: true, format: 'esm', outfile: join(folder, 'nn-core.mjs') });
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('keeps nothing of engines that were disposed', () => {
    // Each has promised itself up to 4 GiB of addresses, and keeps megabytes of them in use.
    const program = `
      import { init } from './nn-core.mjs';
      const engines = [];
      async function use() {
        const engine = await init('wasm', { threads: 2 });
        engines.push(new WeakRef(engine.backend));
        engine.dispose();
      }
      for (let i = 0; i < 10; i++) await use();
      // A worker that ends, and a collector that finds the time, come when they come.
      while (engines.some((engine) => engine.deref())) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        gc();
      }
      console.log('gone');`;
    const { status, stdout } = spawnSync(process.execPath, ['--expose-gc', '--input-type=module', '-e', program], { cwd: folder, encoding: 'utf8', timeout: HANGS });
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'gone\n' });
  });

  it.each([
    ['ends by itself with an engine that was disposed', 'engine.dispose();'],
    ['ends by itself with an engine that was forgotten', ''],
  ])('%s', (_, end) => {
    const program = `
      import { init, matmul } from './nn-core.mjs';
      const engine = await init('wasm', { threads: 2 });
      const a = engine.full([256, 256], 1);
      console.log((await matmul(a, a).data())[0]);
      ${end}`;
    const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { cwd: folder, encoding: 'utf8', timeout: HANGS });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '256\n' });
  });
});
