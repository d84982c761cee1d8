// Chapter 9: the figures that compare tuning runs, their jobs, and the code that they show.
import { fileURLToPath } from 'node:url';
import { styles } from '@kk/corpora/instructions';
import { countParameters, createTransformer, flopsPerToken } from '@kk/gpt';
import { init } from '@kk/nn-core';
import { afterAll, describe, expect, it } from 'vitest';
import { areSameLines, chosenLines } from '../src/chapters/09-finetuning/chosen-lines.js';
import { breadthCode, forgettingCode, movesCode, tooHotCode } from '../src/chapters/09-finetuning/comparisons-code.js';
import { askedInHeat, comparedLines, comparedPrompts, comparedRun, HELD_OUT, rateOf, rates } from '../src/chapters/09-finetuning/comparisons.js';
import { readOf } from '../src/chapters/09-finetuning/read-of.js';
import { signsOf } from '../src/chapters/09-finetuning/signs.js';
import { storyLanguages } from '../src/languages/stories.js';
import movedJob from '../src/lab/jobs/moved-weights.js';
import paceJob from '../src/lab/jobs/pretraining-pace.js';
import runsJob from '../src/lab/jobs/tuning-runs.js';
import tuningJob, { type Tuning } from '../src/lab/jobs/tuning.js';
import { readyModel } from '../src/lab/ready-model.js';
import type { Look } from '../src/lab/tuning/look.js';
import { matricesOf, movedMatrices } from '../src/lab/tuning/moved.js';
import { BATCH_SIZE, LORA_RANK, tuningWays } from '../src/lab/tuning/recipe.js';
import { runCode } from './support/run-code.js';
import { runJob } from './support/run-job.js';
import { tinyModel, toolsOf } from './support/tiny-model.js';

const tiny = await tinyModel('stories-de', 'de', { backend: 'wasm' });
afterAll(() => tiny.dispose());
const tools = toolsOf(tiny);
const run = (source: string): Promise<string> => runCode(source.replace('apps/demo/models/stories-de', tiny.folder).replace("init('wasm')", "init('wasm', { threads: 1 })"));
const STEPS = 4;
const pirate = chosenLines('de', 'pirate');
const inputOf = (changes: Parameters<typeof comparedRun>[1], prompts: readonly string[] = []): ReturnType<typeof comparedRun> => comparedRun(pirate, { steps: STEPS, ...changes }, { prompts, every: 2 });

describe('the lines', () => {
  it.each(storyLanguages.flatMap((language) => styles.map((style) => [language, style] as const)))('of %s %s are learned or held out, never both', (language, style) => {
    const chosen = chosenLines(language, style);
    const { lines, heldOut } = comparedLines(chosen.lines);
    expect([lines.length, heldOut.length]).toEqual([16, 20 / HELD_OUT]);
    expect(new Set([...lines, ...heldOut].map(({ prompt }) => prompt)).size).toBe(20);
    const [learned, fresh] = comparedPrompts(chosen);
    expect(lines.map(({ prompt }) => prompt)).toContain(learned);
    expect([...lines, ...heldOut].map(({ prompt }) => prompt)).not.toContain(fresh);
  });

  it.each([[0, 0], [4, 0], [5, 1], [12, 2]])('of one’s own are compared, too: of %i lines %i are held out', (count, held) => {
    const own = Array.from({ length: count }, (_, i) => ({ prompt: `Frage ${i}?`, completion: `Antwort ${i}.` }));
    const chosen = chosenLines('de', 'own', [...own, { prompt: 'Ohne Antwort?', completion: ' ' }]);
    expect(chosen.lines).toEqual(own);
    const { lines, heldOut } = comparedLines(chosen.lines);
    expect([lines.length, heldOut.length]).toEqual([count - held, held]);
    if (count > 0) expect(comparedPrompts(chosen)[0]).toBe(own[0]!.prompt);
  });

  it('are the same where set, language and words are', () => {
    const own = [{ prompt: 'a', completion: 'b' }];
    expect(areSameLines(pirate, chosenLines('de', 'pirate', own))).toBe(true);
    for (const other of [chosenLines('en', 'pirate'), chosenLines('de', 'rhyme'), chosenLines('de', 'own', own)]) expect(areSameLines(pirate, other)).toBe(false);
    expect(areSameLines(chosenLines('de', 'own', own), chosenLines('de', 'own', [{ prompt: 'a', completion: 'c' }]))).toBe(false);
  });
});

describe('several runs', () => {
  it('come one after the other, each as if it were alone, and make no room among what the worker keeps', async () => {
    const inputs = [inputOf({ replay: 0 }), inputOf({ replay: 50 })];
    const asked: string[] = [];
    const { updates, result } = await runJob(runsJob, { runs: inputs }, { ...tools, keep: async (key, make) => (asked.push(key), make()) });
    expect(asked).toEqual([]);
    expect(updates.map((runs) => runs.length)).toEqual(updates.map((_, i) => (i < updates.length / 2 ? 1 : 2)));
    const alone = await Promise.all(inputs.map(async (input) => (await runJob(tuningJob, input, toolsOf(tiny))).result));
    const measured = ({ looks, loss }: Tuning): unknown => ({ loss, looks });
    expect(result.map(measured)).toEqual(alone.map(measured));
    expect(result[0]!.looks.map(({ step }) => step)).toEqual([0, 2, 4]);
  });

  it('end where the loss on stories is hopeless, and the next one goes on', async () => {
    const { result } = await runJob(runsJob, { runs: [{ ...inputOf({}), hopeless: 1 }, inputOf({})] }, tools);
    expect(result.map(({ step, isBroken }) => [step, isBroken])).toEqual([[2, true], [STEPS, false]]);
  });

  it.each([[0, STEPS], [25, 2]])('print what the code prints, with %i of a hundred rows repeated, after step %i', async (replay, after) => {
    const { updates } = await runJob(runsJob, { runs: [inputOf({ replay })] }, tools);
    const { source, prints } = forgettingCode(updates.find(([run]) => run!.step === after)![0]!, 'pirate');
    expect(prints.split('\n')).toHaveLength(2);
    expect(await run(source)).toBe(prints);
  });

  it('print what the code prints with lines of one’s own', async () => {
    const own = Array.from({ length: 6 }, (_, i) => ({ prompt: `Wer "${i}"? `, completion: `Der ${i}.` }));
    const { result } = await runJob(runsJob, { runs: [comparedRun(chosenLines('de', 'own', own), { steps: STEPS }, { every: 2 })] }, tools);
    expect(result[0]!.lines.learned).toBe(5);
    const { source, prints } = forgettingCode(result[0]!, 'own');
    expect(await run(source)).toBe(prints);
  });

  it.each([0, 3])('print what the code prints at three rates, after %i steps', async (after) => {
    const asked = { ...askedInHeat(pirate), length: 12 };
    const runs = rates.map((rate) => ({ ...inputOf({ learningRate: rateOf[rate] }), asked }));
    const { result } = await runJob(runsJob, { runs }, tools);
    const { source, prints } = tooHotCode(result, after, 'pirate', asked);
    expect(prints.split('\n')).toHaveLength(3 * (1 + asked.prompts.length));
    expect(await run(source)).toBe(prints);
  });
});

describe('what moves', () => {
  const prompts = [comparedPrompts(pirate)[0]];

  it.each(tuningWays)('%s: only what is trained, by as much as the code says', async (way) => {
    const { updates, result } = await runJob(movedJob, inputOf({ way }, prompts), toolsOf(tiny));
    expect(updates[0]!.matrices.every(({ share }) => share === 0)).toBe(true);
    const moved = result.matrices.filter(({ share }) => share > 0).map(({ name }) => name);
    const all = result.matrices.map(({ name }) => name);
    const inBlocks = all.filter((name) => name.startsWith('blocks.'));
    expect(moved).toEqual(way === 'full' ? all : way === 'lora' ? inBlocks : inBlocks.filter((name) => name.startsWith('blocks.1.')));
    expect(result.matrices.map(({ rank }) => rank)).toEqual(all.map((name) => (way === 'lora' && name.startsWith('blocks.') ? LORA_RANK : 0)));
    const { source, prints } = movesCode(way === 'last' ? updates.find(({ tuning: { step } }) => step === 3)! : result, 'pirate'); // one as far as it has come
    expect(await run(source)).toBe(prints);
  });

  it('answers with its adapter switched off as before the first step, and the adapter is the smaller file', async () => {
    const [lora, full] = await Promise.all((['lora', 'full'] as const).map(async (way) => (await runJob(movedJob, inputOf({ way, learningRate: 0.05 }, prompts), toolsOf(tiny))).result));
    expect(lora!.end!.switchedOff).toEqual(lora!.tuning.looks[0]!.answers.map(({ text }) => text));
    expect(full!.end!.switchedOff).toBe(null);
    expect(lora!.end!.bytes).toBeGreaterThan(4 * lora!.tuning.trained);
    expect(lora!.end!.bytes).toBeLessThan(full!.end!.bytes);
    expect(full!.end!.bytes).toBeGreaterThan(4 * full!.tuning.size.parameters);
  });

  it('is a distance in proportion to the length of the matrix', async () => {
    const before = new Map([['a', { rows: 1, columns: 2, values: Float32Array.of(3, 4) }], ['b', { rows: 2, columns: 2, values: Float32Array.of(1, 1, 1, 1) }], ['c', { rows: 1, columns: 1, values: Float32Array.of(7) }]]);
    const trained = new Map([['a.weight', Float32Array.of(3, 9)], ['b.adapters.default.down', Float32Array.of(1, 0)], ['b.adapters.default.up', Float32Array.of(3, 4)]]);
    expect(movedMatrices(before, trained, 2)).toEqual([
      { name: 'a', rows: 1, columns: 2, rank: 0, share: 1 }, // 5 of 5
      { name: 'b', rows: 2, columns: 2, rank: 1, share: 5 }, // twice (3 4; 0 0), of a matrix of length 2
      { name: 'c', rows: 1, columns: 1, rank: 0, share: 0 },
    ]);
    expect([...(await matricesOf(tiny.model.gpt)).keys()]).toContain('blocks.0.feedForward.expansion');
  });
});

describe('the signs', () => {
  const look = (step: number, [lines, stories]: [number, number], copied: number): Look => ({ step, loss: { lines, heldOut: 5, stories }, answers: [0, copied].map((share) => ({ text: '', isDone: true, copied: share })) });
  const before = look(0, [9, 0.5], 0);

  it.each([
    [before, []],
    [look(10, [3, 0.55], 0), ['unlearned']],
    [look(10, [0.1, 0.55], 0.2), ['learned']],
    [look(10, [0.1, 0.7], 1), ['learned', 'rote', 'forgotten']],
    [look(10, [5, 9], 0), ['unlearned', 'broken']],
  ])('say what the numbers say %#', (now, signs) => expect(signsOf(before, now)).toEqual(signs));
});

describe('pretraining beside tuning', () => {
  it('counts what a run has read', async () => {
    const { result } = await runJob(tuningJob, inputOf({ replay: 25 }), toolsOf(tiny));
    const { lines, times, stories, tokens } = readOf(result);
    expect([lines, stories]).toEqual([result.lines.learned, (STEPS * BATCH_SIZE) / 4]);
    expect(times * result.lines.rows).toBeCloseTo((STEPS * BATCH_SIZE * 3) / 4, 9);
    expect(tokens).toBe(Math.round(times * result.lines.tokens));
  });

  it('measures steps of the pretraining, and counts as its code does', async () => {
    const engine = await init('wasm', { threads: 1 });
    const gpt = createTransformer(engine, { vocabSize: 2048, contextLength: 256, layers: 4, heads: 4, width: 128 }, { seed: 1 });
    const { updates, result } = await runJob(paceJob, { language: 'de' }, { ...tools, model: async () => readyModel('stories-de', gpt, tiny.model.tokenizer) });
    expect(updates.map(({ measured }) => measured)).toEqual(updates.map((_, i) => i + 1));
    expect(result.seconds).toBeGreaterThan(0);
    expect(result).toMatchObject({ steps: 22_500, tokens: 5_760_000, flopsPerToken: flopsPerToken(gpt.config) });
    expect(countParameters(gpt.config)).toBe(1_088_256);
    engine.dispose();
    const { source, prints } = breadthCode('de', result);
    const models = fileURLToPath(new URL('../models', import.meta.url));
    expect(await runCode(source.replace('apps/demo/models', models).replace("init('wasm')", "init('wasm', { threads: 1 })"))).toBe(prints);
  });
});
