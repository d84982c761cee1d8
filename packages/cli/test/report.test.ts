// The report of a run: its numbers, its charts and its words, without any other file.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { storyEntropy, writeStories } from '@kk/corpora';
import { createCpuBackend, createWasmBackend } from '@kk/nn-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { chartSvg } from '../src/training/report/chart.js';
import { floorOf, storyLanguageOf } from '../src/training/report/floor.js';
import { reportPage, type ReportFacts } from '../src/training/report/page.js';
import { RunHistory } from '../src/training/report/run-history.js';
import { kk, temporaryFolder, tiny } from './support/kk.js';

const step = (at: number) => ({ type: 'step', report: { step: at, loss: 4 / at, learningRate: at / 1000, gradientNorm: 1 + (at % 3), tokens: 100, seconds: 0.5, gigaflops: 1 } }) as const;

describe('the history of a run', () => {
  it('stays short, and its means are those of all steps', () => {
    const history = new RunHistory();
    for (let at = 1; at <= 10_000; at++) history.happened(step(at));
    const { points } = history;
    expect(points.length).toBeLessThanOrEqual(400);
    expect(points.length).toBeGreaterThan(150);
    const [first] = points;
    const steps = 2 * first!.step - 1;
    const of = Array.from({ length: steps }, (_, i) => i + 1);
    expect(first!.loss).toBeCloseTo(of.reduce((sum, at) => sum + 4 / at, 0) / steps, 10);
    expect(first!.tokensPerSecond).toBe(200);
    expect(points.at(-1)!.step).toBeGreaterThan(9950);
  });
});

describe('a chart', () => {
  const chart = { title: 'a < b', stepLabel: 'step', formatStep: String, formatValue: String };

  it('has its values where the axis says', () => {
    const svg = chartSvg({ ...chart, series: [{ name: 'x', colour: 0, dots: true, points: [[0, 0], [50, 5], [100, 10]] }] });
    // From x = 56 to 388 and y = 198 to 10.
    expect(svg).toContain('M56,198L222,104L388,10');
    expect(svg.match(/<circle/g)).toHaveLength(3);
    expect(svg).toContain('aria-label="a &#60; b"');
  });

  it('leaves out what a logarithm cannot show, and is empty without values', () => {
    const svg = chartSvg({ ...chart, logarithmic: true, series: [{ name: 'x', colour: 0, points: [[0, 0], [1, 0.01], [2, NaN], [3, 100]] }] });
    expect(svg).not.toContain('NaN');
    expect(svg).toMatch(/<path d="M56,198L388,10"\/>/);
    expect(chartSvg({ ...chart, series: [{ name: 'x', colour: 0, points: [] }] })).toBe('');
  });

  it('draws values that are all the same', () => {
    for (const value of [0, 3]) expect(chartSvg({ ...chart, series: [{ name: 'x', colour: 0, points: [[5, value]] }] })).not.toContain('NaN');
  });
});

describe('the floor', () => {
  it('is known of stories in both languages, and of no other text', () => {
    for (const language of ['de', 'en'] as const) {
      const text = writeStories(language, { bytes: 20_000, seed: 5 });
      expect(storyLanguageOf(text.slice(0, 15_000))).toBe(language);
      expect(floorOf(text.slice(0, 15_000), 0.25)).toBeCloseTo(4 * storyEntropy(language).natsPerCharacter, 10);
    }
    expect(floorOf('Once upon a time.\n\nThere was a text.\n\nAnd then?', 1)).toBeUndefined();
    expect(floorOf('', 1)).toBeUndefined();
  });
});

describe('the page', () => {
  const facts: ReportFacts = { name: 'runs/<x>', model: 'GPT-2: 2 layers', parameters: 12_345, device: 'wasm', steps: 20, tokens: 2000, seconds: 65, trainLoss: 1.5, valLoss: 1.625, bitsPerByte: 2.25, floor: 0.5, resumedAfter: undefined };
  const history = new RunHistory();
  for (let at = 1; at <= 20; at++) history.happened(step(at));
  history.happened({ type: 'validation', step: 10, loss: 1.7, tokens: 5 });
  history.samples.push({ step: 10, text: '<script>alert(1)</script>' });

  it('has its numbers in the language of the reader', () => {
    const german = reportPage(history, facts, 'de');
    for (const words of ['lang="de"', 'Training von runs/&#60;x&#62;', '1,625', 'exakte Untergrenze', '12.345', '1:05', 'Was das Modell schrieb', 'ungesehener Text']) expect(german).toContain(words);
    const english = reportPage(history, { ...facts, floor: undefined, resumedAfter: 7 }, 'en');
    for (const words of ['lang="en"', '1.625', '12,345', 'unseen text', 'resumed after step 7']) expect(english).toContain(words);
    expect(english).not.toContain('exact floor');
    expect(english.match(/<svg/g)).toHaveLength(4);
  });

  it('says in German, too, what computed it', async () => {
    const backends = [createCpuBackend(), await createWasmBackend({ threads: 1 })];
    const [cpu, wasm] = backends.map(({ description }) => reportPage(history, { ...facts, device: description }, 'de'));
    expect(cpu).toContain('<dd>cpu: einfache Schleifen in TypeScript, float32</dd>');
    expect(wasm).toMatch(/<dd>wasm: SIMD( mit Relaxed FMA)?, 1 Thread<\/dd>/);
    expect(reportPage(history, { ...facts, device: 'wasm: SIMD with relaxed FMA, 2 threads' }, 'de')).toContain('<dd>wasm: SIMD mit Relaxed FMA, 2 Threads</dd>');
    expect(reportPage(history, { ...facts, device: 'gpu: WebGPU through gpu.js, with 2 threads' }, 'de')).toContain('<dd>gpu: WebGPU über gpu.js, with 2 threads</dd>');
    expect(reportPage(history, { ...facts, device: 'wasm: SIMD with relaxed FMA, 2 threads' }, 'en')).toContain('<dd>wasm: SIMD with relaxed FMA, 2 threads</dd>');
  });

  it('needs nothing else, and runs nothing that a model wrote', () => {
    const page = reportPage(history, facts, 'en');
    expect(page).not.toMatch(/<script|<link|<img|https?:|@import|url\(/);
    expect(page).toContain('&#60;script&#62;');
  });

  it('of a run without a step has no chart', () => {
    expect(reportPage(new RunHistory(), { ...facts, valLoss: null, trainLoss: null, bitsPerByte: null, floor: undefined }, 'en')).not.toContain('<svg');
  });
});

describe('kk train --report', () => {
  let cwd: string;
  beforeAll(() => {
    cwd = temporaryFolder();
    writeFileSync(join(cwd, 'stories.txt'), writeStories('en', { bytes: 20_000, seed: 1 }));
  });

  it('writes the page, with samples and the floor of stories, and keeps checkpoints', async () => {
    const { exitCode, stderr } = await kk(['train', '--data', 'stories.txt', ...tiny, '--threads', '1', '--eval-every', '4', '--save-every', '4', '--keep', '1', '--architecture', 'llama', '--report', 'report.html', '--quiet'], { cwd });
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
    const page = readFileSync(join(cwd, 'report.html'), 'utf8');
    expect(page.match(/<pre>/g)).toHaveLength(3); // after 4, 8 and 12 steps
    expect(page).toContain('exact floor');
    expect(page).toContain('Llama: 2 layers');
    const { format, checkpoints } = JSON.parse(readFileSync(join(cwd, 'runs', 'stories', 'checkpoints', 'checkpoints.json'), 'utf8')) as { format: string; checkpoints: { step: number; validationLoss: number }[] };
    expect(format).toBe('kk-checkpoints-1');
    expect(checkpoints.at(-1)!.step).toBe(12);
    expect(checkpoints.length).toBeLessThanOrEqual(2);
    const again = await kk(['train', '--data', 'stories.txt', ...tiny, '--out', 'other', '--report', 'report.html'], { cwd });
    expect(again.stderr).toContain('report.html is there already.');
  });

  it('is named in the header, at the end and as JSON', async () => {
    const args = ['train', '--data', 'stories.txt', ...tiny, '--steps', '2', '--warmup', '0', '--threads', '1', '--out', 'named', '--force', '--report', 'named.html'];
    expect((await kk(args, { cwd })).stdout.match(/^ Report +named\.html *$/gm)).toHaveLength(2);
    expect((await kk([...args, '--quiet'], { cwd })).stdout).toMatch(/^ Report +named\.html *$/m);
    const { json, last } = await kk([...args, '--json'], { cwd });
    for (const line of [json()[0], last()]) expect(line).toMatchObject({ report: join(cwd, 'named.html') });
    expect((await kk(args.slice(0, -2), { cwd })).stdout).not.toContain('Report');
  });

  it('refuses a page without .html, and dropout in a Llama', async () => {
    expect((await kk(['train', '--data', 'stories.txt', '--report', 'x.txt'], { cwd })).stderr).toContain('expected a name with .html at its end');
    expect((await kk(['train', '--data', 'stories.txt', '--architecture', 'llama', '--dropout', '0.1'], { cwd })).stderr).toContain('--dropout has no effect with --architecture llama');
  });
});

describe('files of tokens', () => {
  it('are written with their tokenizer, trained on in proportion, and gone on with', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'a.txt'), writeStories('en', { bytes: 12_000, seed: 1 }));
    writeFileSync(join(cwd, 'b.txt'), writeStories('en', { bytes: 12_000, seed: 2 }));
    const first = await kk(['tokenize', '--data', 'a.txt', '--tokenizer', 'bpe:300', '--out', 'a.bin', '--json'], { cwd });
    expect(first.last()).toMatchObject({ vocabSize: 300, out: join(cwd, 'a.bin'), tokenizer: join(cwd, 'a.tokenizer.json') });
    await kk(['tokenize', '--data', 'b.txt', '--tokenizer', 'a.tokenizer.json', '--out', 'b.bin'], { cwd });
    const settings = [...tiny, '--threads', '1', '--json'];
    const whole = await kk(['train', '--data', 'a.bin:3', 'b.bin', ...settings, '--out', 'whole'], { cwd });
    expect(whole.stderr).toBe('');
    expect(whole.json()[0]).toMatchObject({ event: 'start', vocabSize: 300 });
    await kk(['train', '--data', 'a.bin:3', 'b.bin', ...tiny, '--steps', '6', '--warmup', '1', '--threads', '1', '--json', '--out', 'part'], { cwd });
    const resumed = await kk(['train', '--resume', 'part', '--steps', '9', '--threads', '1', '--json'], { cwd });
    expect(resumed.json()[0]).toMatchObject({ event: 'start', resumedFrom: 6 });
    expect(resumed.exitCode).toBe(0);
    writeFileSync(join(cwd, 'b.bin'), readFileSync(join(cwd, 'a.bin')));
    expect((await kk(['train', '--resume', 'part', '--steps', '12'], { cwd })).stderr).toContain("The files of tokens are not those that part was trained on");
    expect((await kk(['train', '--data', 'a.bin', 'a.txt', '--out', 'z'], { cwd })).stderr).toContain('a.txt is a text, and a.bin holds tokens');
  });
});
