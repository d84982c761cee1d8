import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Trainer } from '@kk/gpt';
import { readCheckpoint } from '@kk/gpt/node';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { Interrupted } from '../src/errors.js';
import { smallPieces } from '../src/training/small-pieces.js';
import { checkSchedule } from '../src/training/settings.js';
import { mostMeasured } from '../src/training/summary.js';
import { kk, temporaryFolder, tiny } from './support/kk.js';
import { babble } from './support/texts.js';

// With one thread, other test files get the other processors. What goes on from a checkpoint takes all of them again, and comes to the same bits.
const small = [...tiny, '--threads', '1'];

let cwd: string;
/** Milliseconds, for a clock that jumps. */
let clock = 0;

beforeAll(() => {
  cwd = temporaryFolder();
  writeFileSync(join(cwd, 'text.txt'), babble(3000));
});

const weights = (folder: string): Buffer => readFileSync(join(cwd, folder, 'model.safetensors'));

describe('kk train', () => {
  it('writes a model folder and says how it went, as JSON', async () => {
    const result = await kk(['train', '--data', 'text.txt', ...tiny, '--eval-every', '5', '--save-every', '5', '--json'], { cwd });
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    const lines = result.json();
    expect(lines[0]).toMatchObject({ event: 'start', layers: 2, width: 16, contextLength: 16, steps: 12, trainTokens: 2700, validationTokens: 300, device: 'wasm', resumedFrom: null });
    expect(lines.filter(({ event }) => event === 'save').map(({ step }) => step)).toEqual([5, 10, 12]);
    expect(lines.filter(({ event }) => event === 'validation').map(({ step }) => step)).toEqual([5, 10]);
    expect(lines.filter(({ event }) => event === 'step').map(({ step }) => step)).toEqual([1, 10]);
    const last = result.last();
    expect(last).toMatchObject({ event: 'done', steps: 12, validationTokens: 299, out: join(cwd, 'runs', 'text') });
    for (const name of ['valLoss', 'trainLoss', 'seconds', 'tokensPerSecond', 'gigaflops', 'peakShare', 'bitsPerByte']) expect(last[name], name).toBeGreaterThan(0);
    // One byte per character, so both say the same.
    expect(last.bitsPerByte).toBeCloseTo((last.valLoss as number) / Math.LN2, 10);
    expect(last.valLoss).toBeLessThan(Math.log(last.vocabSize as number));
    for (const file of ['config.json', 'model.safetensors', 'tokenizer.json', 'checkpoint.safetensors']) expect(existsSync(join(cwd, 'runs', 'text', file)), file).toBe(true);
  });

  it('says to people where the model is and what to type next', async () => {
    const { exitCode, stdout } = await kk(['train', '--data', 'text.txt', ...small, '--out', 'for people', '--eval-every', '6'], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('text.txt: 3,000 characters');
    expect(stdout).toMatch(/step 6: loss \d\.\d{3} in training, \d\.\d{3} on unseen text/);
    expect(stdout).toMatch(/Arithmetic +[\d.,]+ GFLOP\/s/);
    expect(stdout).toContain("kk generate --model 'for people'");
    expect(stdout).not.toContain('\u001b');
  });

  it('says little with --quiet, and only the last object with --json --quiet', async () => {
    const quiet = await kk(['train', '--data', 'text.txt', ...small, '--out', 'quiet', '--quiet'], { cwd });
    expect(quiet.stdout.split('\n').length).toBeLessThan(10);
    expect(quiet.stdout).toMatch(/Arithmetic +[\d.,]+ GFLOP\/s\n/);
    const json = await kk(['train', '--data', 'text.txt', ...small, '--out', 'quiet', '--force', '--quiet', '--json'], { cwd });
    expect(json.json()).toEqual([expect.objectContaining({ event: 'done', gigaflops: expect.any(Number), peakShare: null })]);
  });

  it('joins several files in order', async () => {
    const text = babble(3000);
    writeFileSync(join(cwd, 'a.txt'), text.slice(0, 1000));
    writeFileSync(join(cwd, 'b.txt'), text.slice(1000));
    const whole = await kk(['train', '--data', 'text.txt', ...small, '--out', 'whole', '--json', '--quiet'], { cwd });
    const parts = await kk(['train', '--data', 'a.txt', 'b.txt', ...small, '--out', 'parts', '--json', '--quiet'], { cwd });
    expect(parts.last().valLoss).toBe(whole.last().valLoss);
    expect(weights('parts').equals(weights('whole'))).toBe(true);
  });

  it.each(['word', 'bpe:300'])('trains on tokens of %s', async (tokenizer) => {
    const { exitCode, last } = await kk(['train', '--data', 'text.txt', ...small, '--tokenizer', tokenizer, '--out', tokenizer.replace(':', '-'), '--json', '--quiet'], { cwd });
    expect(exitCode).toBe(0);
    expect(last().valLoss).toBeGreaterThan(0);
    // Bits per byte count the bytes of the text, whatever the tokens.
    expect(last().bitsPerByte).toBeLessThan(8);
  });

  it('takes a tenth of the rate as the lowest, and a tenth of few steps as the warm-up', async () => {
    const start = async (...args: string[]): Promise<Record<string, unknown>> => (await kk(['train', '--data', 'text.txt', '--layers', '1', '--heads', '1', '--width', '8', '--context', '8', '--batch', '2', '--threads', '1', '--out', 'defaults', '--force', '--json', ...args], { cwd })).json()[0]!;
    expect(await start('--steps', '20', '--lr', '0.01')).toMatchObject({ learningRate: 0.01, minimumLearningRate: 0.001, warmupSteps: 2 });
    expect(await start('--steps', '5')).toMatchObject({ learningRate: 1e-3, minimumLearningRate: 1e-4, warmupSteps: 0 });
    expect(await start('--steps', '5', '--min-lr', '0', '--warmup', '5')).toMatchObject({ minimumLearningRate: 0, warmupSteps: 5 });
    expect((await readCheckpoint(join(cwd, 'defaults'))).extra).toMatchObject({ settings: { lr: 1e-3, minLr: 0, warmup: 5 } });
  });

  it('refuses a warm-up that is longer than the run, and an empty --out', async () => {
    expect(await kk(['train', '--data', 'text.txt', ...small, '--warmup', '13'], { cwd })).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--warmup 13 is longer than the run of 12 steps') });
    for (const out of ['', '  ']) {
      expect(await kk(['train', '--data', 'text.txt', ...small, '--out', out], { cwd })).toMatchObject({ exitCode: 2, stdout: '', stderr: 'kk: --out is empty; expected a name.\n    Name one.\n' });
    }
  });

  it('measures only the beginning of a long split at the end, and says so', async () => {
    writeFileSync(join(cwd, 'long.txt'), babble(40_000));
    const args = ['train', '--data', 'long.txt', ...small, '--validation', '0.5', '--out', 'long', '--force'];
    const screen = await kk(args, { cwd });
    expect(screen.stdout).toMatch(/Unseen text +loss .* bits per\s+byte; of the first\s+15,360 of 19,999 tokens/);
    const { last } = await kk([...args, '--json', '--quiet'], { cwd });
    expect(last()).toMatchObject({ validationTokens: 15_360 });
    expect(last().bitsPerByte).toBeCloseTo((last().valLoss as number) / Math.LN2, 3); // one byte per character
    const whole = (await kk(['eval', '--model', 'long', '--data', 'long.txt', '--json'], { cwd })).last();
    expect(whole.tokens).toBe(39_999);
  });

  it('the bound of the final measurement grows with the training', () => {
    const of = (steps: number): number => mostMeasured({ model: { config: { contextLength: 64 } }, options: { steps, batchSize: 12, accumulationSteps: 1 } } as unknown as Trainer);
    expect(of(1)).toBe(15_360);
    expect(of(2000)).toBe(115_200); // two splits forward: a third of 230,400 tokens of training, which are 5 % of 1,536,000
  });

  it('hears a signal between small pieces of a large chunk, and cuts no character', async () => {
    const chunk = `x${'😀'.repeat(200_000)}`;
    let asked = 0;
    const breathe = (): Promise<void> => (++asked > 6 ? Promise.reject(new Error('enough')) : Promise.resolve());
    const pieces: string[] = [];
    const read = async (): Promise<void> => {
      async function* chunks(): AsyncGenerator<string> {
        yield chunk;
      }
      for await (const piece of smallPieces({ breathe }, chunks())) pieces.push(piece);
    };
    await read();
    expect(pieces.join('')).toBe(chunk);
    for (const piece of pieces) expect(Buffer.from(piece).toString()).toBe(piece); // no half of a pair
    expect(pieces.map(({ length }) => length)).toEqual([131_073, 131_072, 131_072, 6784]);
    await expect(read()).rejects.toThrow('enough');
    expect(pieces.length).toBe(6);
  });

  it.each(['Reading the text for the tokenizer', 'Learning the tokenizer', 'Turning the text into tokens'])('SIGTERM during "%s" ends it at once, and leaves nothing', async (phase) => {
    const controller = new AbortController();
    let reached = 0;
    const onStderr = (text: string): void => {
      if (!text.includes(phase)) return;
      reached++;
      controller.abort(new Interrupted('Stopped.', 143));
    };
    // On a terminal the first line of progress appears at once, and the next ones only after a while.
    vi.spyOn(performance, 'now').mockImplementation(() => (clock += 200));
    const { exitCode, stdout } = await kk(['train', '--data', 'text.txt', ...small, '--tokenizer', 'bpe:300', '--out', 'early/end'], { cwd, columns: 80, onStderr, interrupt: controller.signal });
    vi.restoreAllMocks();
    expect([exitCode, reached > 0, stdout]).toEqual([143, true, '']);
    expect(existsSync(join(cwd, 'early'))).toBe(false);
  });

  it('adds up batches in each step', async () => {
    const { exitCode, json } = await kk(['train', '--data', 'text.txt', ...small, '--accumulate', '3', '--out', 'accumulated', '--json'], { cwd });
    expect(exitCode).toBe(0);
    expect(json().find(({ event }) => event === 'step')).toMatchObject({ tokens: 3 * 4 * 16 });
  });

  it('takes a tokenizer from a file', async () => {
    await kk(['tokenizer', 'train', '--data', 'text.txt', '--vocab', '280', '--out', 'own.json'], { cwd });
    const { exitCode, last } = await kk(['train', '--data', 'text.txt', ...small, '--tokenizer', 'own.json', '--out', 'own', '--json', '--quiet'], { cwd });
    expect(exitCode).toBe(0);
    expect(last().vocabSize).toBe(280);
  });

  it('says when the text has fewer tokens than were asked for', async () => {
    const argv = ['train', '--data', 'text.txt', ...small, '--tokenizer', 'wordpiece:50000'];
    expect((await kk([...argv, '--out', 'short-json', '--json'], { cwd })).json()[0]).toMatchObject({ event: 'start', requestedVocabSize: 50_000 });
    expect((await kk([...argv, '--out', 'short'], { cwd })).stdout).toMatch(/Asked for +50,000 tokens; the text has no more/);
  });

  it('can do without a validation split', async () => {
    const { exitCode, last } = await kk(['train', '--data', 'text.txt', ...small, '--validation', '0', '--out', 'all', '--json', '--quiet'], { cwd });
    expect(exitCode).toBe(0);
    expect(last()).toMatchObject({ valLoss: null, bitsPerByte: null, trainLoss: expect.any(Number) });
  });

  it('does not write over a model unless told to', async () => {
    const before = weights('runs/text');
    const again = ['train', '--data', 'text.txt', ...small, '--seed', '2'];
    const refused = await kk(again, { cwd });
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain('runs/text already holds a model');
    expect(refused.stderr).toContain('--resume runs/text');
    expect(weights('runs/text').equals(before)).toBe(true);
    expect((await kk([...again, '--force', '--quiet'], { cwd })).exitCode).toBe(0);
    expect(weights('runs/text').equals(before)).toBe(false);
  });

  it('shows a line that is replaced on a terminal, within its width', async () => {
    const { exitCode, stdout } = await kk(['train', '--data', 'text.txt', ...small, '--out', 'screen'], { cwd, columns: 40 });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('\u001b[');
    expect(stdout).toContain('step 1 of 12');
  });
});

describe('kk train --resume', () => {
  const args = ['train', '--data', 'text.txt', ...small, '--steps', '20', '--dropout', '0.1', '--save-every', '5', '--json'];

  it('comes to the same bits as a run that was never killed', async () => {
    // What a kill after step 10 would leave behind: the folder as it is then, and nothing of the process.
    const onStdout = (line: string): void => {
      if (line.includes('"save","step":10')) cpSync(join(cwd, 'unbroken'), join(cwd, 'killed'), { recursive: true });
    };
    const unbroken = await kk([...args, '--out', 'unbroken'], { cwd, onStdout });
    const resumed = await kk(['train', '--resume', 'killed', '--json'], { cwd });
    expect(resumed).toMatchObject({ exitCode: 0, stderr: '' });
    expect(resumed.json()[0]).toMatchObject({ event: 'start', resumedFrom: 10, steps: 20 });
    expect(resumed.last().valLoss).toBe(unbroken.last().valLoss);
    expect(resumed.last().trainLoss).toBe(unbroken.last().trainLoss);
    expect(weights('killed').equals(weights('unbroken'))).toBe(true);
  });

  it('saves at Ctrl-C, says how to go on, and goes on to the same bits', async () => {
    const controller = new AbortController();
    let line = 0;
    const onStdout = (): void => {
      if (++line === 2) controller.abort(new Interrupted('Stopped.'));
    };
    const stopped = await kk([...args, '--out', 'stopped'], { cwd, onStdout, interrupt: controller.signal });
    expect(stopped.exitCode).toBe(130);
    expect(stopped.stderr).toBe('kk: Stopped after step 1 of 20; saved in stopped.\n\n Go on with it:\n kk train --resume stopped\n');
    const resumed = await kk(['train', '--resume', 'stopped', '--json'], { cwd });
    expect(resumed.exitCode).toBe(0);
    expect(weights('stopped').equals(weights('unbroken'))).toBe(true);
  });

  it('measures a finished run again, to the same losses', async () => {
    const again = await kk(['train', '--resume', 'unbroken', '--json', '--quiet'], { cwd });
    expect(again.exitCode).toBe(0);
    expect(again.last()).toMatchObject({ steps: 20, tokensPerSecond: null, gigaflops: null, peakShare: null });
    expect(again.last().valLoss).toBe((await kk(['train', '--resume', 'killed', '--json', '--quiet'], { cwd })).last().valLoss);
  });

  it('finds the text where it is now', async () => {
    cpSync(join(cwd, 'text.txt'), join(cwd, 'moved.txt'));
    expect((await kk(['train', '--resume', 'unbroken', '--data', 'moved.txt', '--quiet'], { cwd })).exitCode).toBe(0);
  });

  it('refuses another text', async () => {
    writeFileSync(join(cwd, 'other.txt'), babble(3000) + '!');
    const { exitCode, stderr } = await kk(['train', '--resume', 'unbroken', '--data', 'other.txt'], { cwd });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('kk: The text is not the one that unbroken was trained on.');
  });

  it('refuses by name what would make it another run', async () => {
    const { exitCode, stderr } = await kk(['train', '--resume', 'unbroken', '--lr', '0.1', '--width', '32', '--seed', '2', '--batch', '8', '--tokenizer', 'word', '--out', 'x'], { cwd });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--width, --batch, --seed, --tokenizer, --out cannot be given with it');
    expect(stderr).toContain('What may change: --steps, --lr, --min-lr');
  });

  it('refuses an interval for looking at unseen text that the run does not keep', async () => {
    await kk([...args, '--out', 'all', '--steps', '6', '--validation', '0', '--quiet'], { cwd });
    const { exitCode, stderr } = await kk(['train', '--resume', 'all', '--steps', '12', '--eval-every', '3'], { cwd });
    expect([exitCode, stderr]).toEqual([2, 'kk: --eval-every has no effect: the run in all keeps no text for checking (--validation 0).\n    Leave --eval-every out.\n']);
  });

  it('breaks what it says between words on a narrow terminal', async () => {
    await kk([...args, '--out', 'narrow', '--steps', '6', '--quiet'], { cwd });
    const { stdout } = await kk(['train', '--resume', 'narrow', '--steps', '12', '--weight-decay', '0.0123456789'], { cwd, columns: 40, env: { NO_COLOR: '1' } });
    expect(stdout).toContain(' Changed: --weight-decay from 0.1 to\n 0.0123456789.\n');
  });

  it('keeps its intervals', async () => {
    await kk([...args, '--out', 'intervals', '--steps', '6', '--save-every', '2', '--eval-every', '3', '--quiet'], { cwd });
    const events = (await kk(['train', '--resume', 'intervals', '--steps', '12', '--json'], { cwd })).json();
    expect(events.filter(({ event }) => event === 'save').map(({ step }) => step)).toEqual([8, 10, 12]);
    expect(events.filter(({ event }) => event === 'validation').map(({ step }) => step)).toEqual([9]);
  });

  it('goes on with other steps, rates and intervals, and says and records what has changed', async () => {
    await kk([...args, '--out', 'changed', '--steps', '6', '--save-every', '4', '--quiet'], { cwd });
    const screen = await kk(['train', '--resume', 'changed', '--steps', '10', '--lr', '0.02', '--save-every', '3'], { cwd });
    expect(screen).toMatchObject({ exitCode: 0, stderr: '' });
    expect(screen.stdout).toContain(' Going on after step 6.\n Changed: --steps from 6 to 10.\n');
    expect(screen.stdout).toContain(' Changed: --lr from 0.01 to 0.02.\n Changed: --save-every from 4 to 3.\n');
    expect(screen.stdout).toContain('10 steps of 4 × 16 tokens, learning rate 0.02 to 0.001');
    expect(await readCheckpoint(join(cwd, 'changed'))).toMatchObject({
      stepsDone: 10,
      extra: {
        settings: { steps: 10, lr: 0.02, saveEvery: 3 },
        changes: [{ step: 6, name: 'steps', from: 6, to: 10 }, { step: 6, name: 'lr', from: 0.01, to: 0.02 }, { step: 6, name: 'saveEvery', from: 4, to: 3 }],
      },
    });
    const program = await kk(['train', '--resume', 'changed', '--steps', '12', '--eval-every', '11', '--clip', '0', '--json'], { cwd });
    expect(program.json()[0]).toMatchObject({ resumedFrom: 10, steps: 12, learningRate: 0.02, changes: [{ option: '--steps', from: 10, to: 12 }, { option: '--clip', from: 1, to: 0 }, { option: '--eval-every', from: 250, to: 11 }] });
    expect(program.last()).toMatchObject({ steps: 12 });
    expect(await readCheckpoint(join(cwd, 'changed'))).toMatchObject({ extra: { changes: { length: 6 } } });
  });

  it('refuses fewer steps than are done, and a rate that rises', async () => {
    expect(await kk(['train', '--resume', 'unbroken', '--steps', '19'], { cwd })).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--steps 19 is below the 20 steps that the run in unbroken has done') });
    expect(await kk(['train', '--resume', 'unbroken', '--min-lr', '1'], { cwd })).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--min-lr 1 is above --lr 0.01') });
  });

  it('names the rate that stands in the checkpoint, when a given one is below it', async () => {
    const { exitCode, stderr } = await kk(['train', '--resume', 'unbroken', '--lr', '1e-9'], { cwd });
    expect([exitCode, stderr]).toEqual([2, 'kk: --lr 1e-9 is below the rate with which this run ends, 0.001.\n    Give that, too, for example --min-lr 1e-10.\n']);
    const recorded = { steps: 200, lr: 1, minLr: 0.1, warmup: 100 };
    expect(() => checkSchedule({ ...recorded, steps: 50 }, { steps: 50 })).toThrow('--steps 50 is below the 100 steps in which the learning rate of this run rises.');
    expect(() => checkSchedule({ ...recorded, warmup: 201 }, { warmup: 201 })).toThrow('--warmup 201 is longer than the run of 200 steps');
    expect(() => checkSchedule({ ...recorded, steps: 100 }, { steps: 100 })).not.toThrow();
  });

  it('refuses a folder without a checkpoint, and a checkpoint of somebody else', async () => {
    expect(await kk(['train', '--resume', 'nowhere'], { cwd })).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('There is no checkpoint in nowhere.') });
    cpSync(join(cwd, 'unbroken'), join(cwd, 'broken'), { recursive: true });
    const file = join(cwd, 'broken', 'checkpoint.safetensors');
    const bytes = readFileSync(file);
    for (const damaged of [bytes.subarray(0, bytes.length - 1), bytes.subarray(0, 20), Buffer.alloc(0), Buffer.concat([Buffer.alloc(8, 0xff), bytes.subarray(8)]), weightsFile()]) {
      writeFileSync(file, damaged);
      const { exitCode, stderr } = await kk(['train', '--resume', 'broken'], { cwd });
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(/^kk: .*checkpoint/);
      expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(2);
    }
  });

  const weightsFile = (): Buffer => weights('unbroken');
});
