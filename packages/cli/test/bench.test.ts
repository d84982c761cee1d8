// `kk bench` on work that is done in a moment. How fast anything is, no test says.
import process from 'node:process';
import { flopsPerToken, GPT } from '@kk/gpt';
import { init } from '@kk/nn-core';
import picocolors from 'picocolors';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { hasMoreThanPeak, measureAll, type BenchReport, type BenchWork } from '../src/bench/measurements.js';
import { benchTable } from '../src/bench/table.js';
import { timed } from '../src/bench/timing.js';
import { benchCommand } from '../src/commands/bench.js';
import { Context } from '../src/context.js';
import { Interrupted } from '../src/errors.js';
import { numberFormats } from '../src/terminal/numbers.js';
import { arithmetic } from '../src/training/reporter.js';
import { speedOf } from '../src/training/speed.js';

const model = { vocabSize: 7, contextLength: 4, layers: 1, heads: 1, width: 8, dropout: 0 };
const tinyWork: BenchWork = { sides: [3, 17], model, batchSize: 2, largeModel: { ...model, layers: 2 }, cacheBytes: 4000 };

/** Runs the verb as `kk` would, but on less work. */
async function bench(argv: readonly string[], { columns, interrupt = new AbortController().signal }: { columns?: number; interrupt?: AbortSignal } = {}): Promise<string> {
  let text = '';
  const stdout = { write: (piece: string) => (text += piece), ...(columns === undefined ? {} : { isTTY: true, columns }) };
  const io = { stdin: process.stdin, stdout, stderr: { write: () => undefined }, env: { NO_COLOR: '1' }, cwd: '.', command: 'kk', interrupt };
  await benchCommand(new Context(io), tinyWork).parseAsync([...argv, '--seconds', '0.001'], { from: 'user' });
  return text;
}

const positive = (figures: Record<string, unknown>, ...names: string[]): void => {
  for (const name of names) expect(figures[name], name).toBeGreaterThan(0);
};

describe('kk bench', () => {
  it('writes one object with every figure', async () => {
    const text = await bench(['--threads', '2', '--blas', 'off', '--json']);
    expect(text.trimEnd()).not.toContain('\n');
    const { backend, peak, matmul, training, decode } = JSON.parse(text) as BenchReport;
    expect(backend).toMatch(/^wasm: .*2 threads$/);
    expect(peak).toMatchObject({ threads: 2 });
    positive({ ...peak }, 'gigaflops', 'gigabytesPerSecond');
    expect(matmul.map(({ side }) => side)).toEqual([3, 17]);
    for (const product of matmul) {
      positive({ ...product }, 'milliseconds', 'peakShare');
      expect(product.gigaflops).toBeCloseTo((2 * product.side ** 3) / product.milliseconds / 1e6, 9);
      expect(product.peakShare).toBeCloseTo(product.gigaflops / peak!.gigaflops, 9);
    }
    expect(training.tokensPerSecond).toBeCloseTo(8000 / training.milliseconds, 6);
    expect(training.gigaflops).toBeCloseTo((flopsPerToken(model) * training.tokensPerSecond) / 1e9, 9);
    expect(training.peakShare).toBeCloseTo(training.gigaflops / peak!.gigaflops, 9);
    expect(decode.map(({ parameters }) => parameters)).toEqual([1, 2].map((layers) => (7 + 4) * 8 + layers * (12 * 64 + 13 * 8) + 16));
    for (const figures of decode) positive({ ...figures }, 'milliseconds', 'tokensPerSecond', 'gigabytesPerSecond');
    expect(decode[1].gigabytesPerSecond).toBeCloseTo((4 * (2 * 12 * 64 + 7 * 8)) / decode[1].milliseconds / 1e6, 9);
    // The first one's weights lie in caches; how fast memory is says nothing about them.
    expect(decode.map(({ bandwidthShare }) => bandwidthShare)).toEqual([null, expect.closeTo(decode[1].gigabytesPerSecond / peak!.gigabytesPerSecond, 9)]);
  });

  it('compares a BLAS with what a BLAS reaches', async () => {
    const says = (await bench(['--threads', '1'])).replace(/\s+/g, ' ');
    const hasOne = says.includes('products by');
    expect(says).toContain(hasOne ? 'Peak: the BLAS on matrices that the caches hold, and reading 128 MiB' : 'Peak: multiply-adds on operands at hand, and reading 128 MiB');
    expect((await bench(['--threads', '1', '--blas', 'off'])).replace(/\s+/g, ' ')).toContain('Peak: multiply-adds on operands at hand, and reading 128 MiB');
  });

  it.each([80, 40])('says to people what runs and how fast, in %d columns', async (columns) => {
    const text = await bench(['--threads', '1'], { columns });
    expect(text).toContain('wasm: SIMD');
    for (const name of ['peak', 'matmul 3', 'matmul 17', 'training step', 'decode 0.0M']) expect(text).toContain(` ${name} `);
    expect(Math.max(...text.split('\n').map((line) => stringWidth(line)))).toBeLessThanOrEqual(columns);
  });

  it('compares with nothing on the cpu device', async () => {
    const report = await measureAll(await init('cpu'), { work: tinyWork, seconds: 0 });
    expect(report.peak).toBeNull();
    expect([...report.matmul, report.training].map(({ peakShare }) => peakShare)).toEqual([null, null, null]);
    positive({ ...report.training }, 'gigaflops');
    expect(await bench(['--device', 'cpu'])).not.toMatch(/peak: |%/i);
  });

  it('says what it is at, and leaves no memory behind', async () => {
    const engine = await init('wasm', { threads: 1 });
    const words: string[] = [];
    await measureAll(engine, { work: tinyWork, seconds: 0, onProgress: (what) => words.push(what) });
    expect(words).toEqual(['the machine', 'a matrix product of 3', 'a matrix product of 17', 'a training step', 'decoding', 'the machine']);
    const before = engine.memory();
    await measureAll(engine, { work: tinyWork, seconds: 0 });
    expect(engine.memory()).toEqual(before);
    engine.dispose();
  });

  it('stops at Ctrl-C', async () => {
    await expect(bench([], { interrupt: AbortSignal.abort(new Interrupted('Stopped.')) })).rejects.toThrow('Stopped.');
  });
});

describe('the table', () => {
  const numbers = numberFormats('en');
  const colors = picocolors.createColors(false);
  const report: BenchReport = {
    backend: 'wasm',
    peak: { gigaflops: 1234.56, gigabytesPerSecond: 789.01, threads: 64 },
    matmul: [{ side: 1024, milliseconds: 12345.6, gigaflops: 1111.11, peakShare: 0.9 }],
    training: { milliseconds: 3.456, tokensPerSecond: 1_234_567, gigaflops: 617.28, peakShare: 0.5 },
    decode: [{ parameters: 23_142_400, milliseconds: 0.125, tokensPerSecond: 8000, gigabytesPerSecond: 394.5, bandwidthShare: 0.5 }],
  };

  it('has columns where there is room', () => {
    expect(`\n${benchTable(report, numbers, { colors, columns: 80 })}\n`).toMatchInlineSnapshot(`
      "
                            time    tokens/s   GFLOP/s    GB/s   of peak
       peak                                    1,234.6   789.0
       matmul 1024     12,346 ms               1,111.1               90%
       training step     3.46 ms   1,234,567     617.3               50%
       decode 23M        0.13 ms       8,000             394.5       50%
      "
    `);
  });

  it('has words where there is none', () => {
    expect(`\n${benchTable(report, numbers, { colors, columns: 40 }).replaceAll('\u00a0', ' ')}\n`).toMatchInlineSnapshot(`
      "
       peak            1,234.6 GFLOP/s,
                       789.0 GB/s
       matmul 1024     1,111.1 GFLOP/s,
                       90% of peak, 12,346 ms
       training step   1,234,567 tokens/s,
                       617.3 GFLOP/s,
                       50% of peak, 3.46 ms
       decode 23M      8,000 tokens/s,
                       394.5 GB/s,
                       50% of peak, 0.13 ms
      "
    `);
  });
});

it('more than the peak is noticed', () => {
  const figures = { milliseconds: 1, gigaflops: 1, tokensPerSecond: 1, gigabytesPerSecond: 1, parameters: 1, side: 1 };
  const report = (share: number | null): BenchReport => ({ backend: '', peak: null, matmul: [{ ...figures, peakShare: 0.9 }], training: { ...figures, peakShare: null }, decode: [{ ...figures, bandwidthShare: share }] });
  expect([1, 1.01, null].map((share) => hasMoreThanPeak(report(share)))).toEqual([false, true, false]);
});

describe('timing', () => {
  /** Time that passes as the work takes it. */
  function clock(durations: number[]): { work: () => void; now: () => number; runs: () => number } {
    let [time, run] = [0, 0];
    return { now: () => time, runs: () => run, work: () => void (time += durations[Math.min(run++, durations.length - 1)]) };
  }

  it('is the median of what comes after the first third', async () => {
    const { work, now, runs } = clock([500, 100, 10, 30, 20, 340, 1]);
    expect(await timed(work, { seconds: 1, now })).toBe(30); // of 10, 20, 30, 340
    expect(runs()).toBe(6);
  });

  it('takes what is long once', async () => {
    const { work, now, runs } = clock([5000]);
    expect(await timed(work, { seconds: 1, now })).toBe(5000);
    expect(runs()).toBe(1);
  });
});

describe('the speed of a run', async () => {
  const engine = await init('cpu');
  const gpt = new GPT(engine, model);

  it('is tokens and arithmetic, without a share where none can be measured', () => {
    expect(speedOf(gpt, 500, 2, true)).toEqual({ tokensPerSecond: 250, gigaflops: (flopsPerToken(model) * 250) / 1e9, peakShare: null });
    expect(speedOf(gpt, 0, 0, true)).toEqual({ tokensPerSecond: null, gigaflops: null, peakShare: null });
  });

  it('is said with what it is compared to, if there is something', () => {
    expect(arithmetic(25.34, 0.23)).toBe('25.3 GFLOP/s, 23% of the 110 that this machine reaches at most');
    expect(arithmetic(0.0412, null)).toBe('0.0412 GFLOP/s');
    expect(arithmetic(0.412, 0.004)).toBe('0.41 GFLOP/s'); // no share that would be 0%
    expect(arithmetic(120, 1.2)).toBe('120.0 GFLOP/s; the peak of this machine, measured at another moment, was 100');
  });
});
