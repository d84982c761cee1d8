// KTO tuning: what it is given, the first loss, the reference, what is learned and logged, and going on with the same bits.
import type { GPT, GPTConfig } from '@kk/gpt';
import type { Engine } from '@kk/nn-core';
import { CharacterTokenizer } from '@kk/tokenizer';
import { describe, expect, it } from 'vitest';
import { encodeRatedAnswers, RatedRows, KtoTuning, readRatedAnswers, scoreAnswers, type RatedTokens, type KtoTuningEvent, type KtoTuningOptions } from '../src/index.js';
import { engineOn } from './support/backends.js';
import { trainedBase } from './support/trained-base.js';

const config: GPTConfig = { vocabSize: 12, contextLength: 16, layers: 2, heads: 2, width: 16, dropout: 0.1 };
const END = 11;
const counting = Int32Array.from({ length: 600 }, (_, i) => (i % 8 === 7 ? END : i % 8));
const ids = (...all: number[]): Int32Array => Int32Array.from(all);
/** The base counts up; people want the number said again. */
const rated = (n: number): RatedTokens[] => [
  { prompt: n % 2 ? ids(n - 1, n) : ids(n), answer: ids(n, n, END), desirable: true },
  { prompt: ids(n), answer: n % 3 ? ids(n + 1, END) : ids(n + 1, n + 2, n + 3, END), desirable: false },
];
const sizes = { contextLength: 16, vocabSize: 12, seed: 5 };
const rows = new RatedRows([0, 1, 2, 3].flatMap(rated), sizes);
const heldOut = { rated: new RatedRows([4, 5].flatMap(rated), sizes), answers: { prompts: [ids(1), ids(2, 3), ids(4)], stopTokens: [END], maxTokens: 6 } };
const quick = { batchSize: 4, steps: 12, learningRate: 1e-2, seed: 3 };
const lora = { lora: { rank: 4 } };
const all = async (run: AsyncIterable<KtoTuningEvent>): Promise<KtoTuningEvent[]> => {
  const events: KtoTuningEvent[] = [];
  for await (const event of run) events.push(event);
  return events;
};
const stepsOf = (events: readonly KtoTuningEvent[]) => events.flatMap((event) => (event.type === 'step' ? [event.report] : []));

it('each answer stands after its prompt, and after the prompt of the answer before it', () => {
  const { inputs, targets, desirable } = rows.batch([0, 3, 1]);
  expect(rows.positions).toBe(5);
  expect(desirable.values).toEqual(Float32Array.of(1, 0, 0));
  const row = (values: ArrayLike<number>, i: number): number[] => Array.from(values).slice(i * 5, (i + 1) * 5);
  expect([0, 1, 2, 3, 4, 5].map((i) => row(inputs.values, i))).toEqual([[0, 0, 0, 0, 0], [1, 2, 0, 0, 0], [0, 1, 2, 3, 0], [0, 2, 0, 0, 0], [1, 1, 2, 3, 0], [0, 0, 0, 0, 0]]);
  expect([0, 1, 2, 3, 4, 5].map((i) => row(targets.values, i))).toEqual([[0, 0, END, -1, -1], [2, END, -1, -1, -1], [1, 2, 3, END, -1], [2, END, -1, -1, -1], [1, 2, 3, END, -1], [0, 0, END, -1, -1]]);
});

it('a mismatched answer is cut where its row ends', () => {
  const long = new RatedRows([{ prompt: new Int32Array(15).fill(1), answer: ids(2), desirable: true }, { prompt: ids(1), answer: new Int32Array(16).fill(3), desirable: false }], sizes);
  const { targets } = long.batch([0, 1]);
  const count = (row: number): number => targets.values.slice(row * 16, (row + 1) * 16).filter((target) => target >= 0).length;
  expect([0, 1, 2, 3].map(count)).toEqual([1, 16, 2, 1]);
});

it('reads rated answers, and encodes them as the model reads them', async () => {
  const tokenizer = CharacterTokenizer.train('Who? Anna.\n');
  const lines = ['{"prompt":"Who?","completion":" Anna.\\n","label":true}', '', '{"prompt":"Who?","completion":" ha","label":false}'].join('\n');
  const encoded = await encodeRatedAnswers(tokenizer, readRatedAnswers([lines]));
  expect(encoded.map(({ prompt, answer, desirable }) => [tokenizer.decode([...prompt]), tokenizer.decode([...answer]), desirable])).toEqual([['Who?', ' Anna.\n', true], ['Who?', ' ha', false]]);
  const read = async (line: string): Promise<unknown> => encodeRatedAnswers(tokenizer, readRatedAnswers([line], { name: 'votes' }));
  await expect(read('{"prompt":"Who?","completion":" A"}')).rejects.toThrow(/Line 1 of votes: label is missing; expected true where the answer is wanted, else false/);
  await expect(read('{"prompt":1,"completion":" A","label":true}')).rejects.toThrow(/prompt is 1; expected a text/);
  await expect(read('{"prompt":[{"role":"user","content":"Who?"}],"completion":[{"role":"user","content":"A"}],"label":true}')).rejects.toThrow(/expected one of "assistant"/);
});

describe.each(['cpu', 'wasm'] as const)('KTO tuning on %s', async (backend) => {
  const engine: Engine = await engineOn(backend);
  const baseModel = trainedBase(engine, config, counting);
  const tune = (options: KtoTuningOptions = {}, model = baseModel()): Promise<KtoTuning<GPT>> => KtoTuning.create(model, rows, { training: quick, trained: lora, heldOut, ...options });
  const numbersOf = (model: GPT): Map<string, readonly number[]> => new Map([...model.namedParameters()].map(([name, tensor]) => [name, [...tensor.dataSync()]] as const));

  it.each([
    ['an adapter', () => ({})],
    ['all weights, with a second model', () => ({ trained: 'full' as const, reference: baseModel() })],
  ] as const)('begins with a loss of one half and rewards of 0 with %s, and learns what is wanted', async (_, options) => {
    const model = baseModel();
    const wanted = [0, 1, 2, 3].map((n) => ({ prompt: rated(n)[0]!.prompt, answer: rated(n)[0]!.answer }));
    const before = await scoreAnswers(model, wanted);
    const tuning = await tune({ ...options(), training: { ...quick, steps: 30 } }, model);
    const events = await all(tuning.run({ lookEvery: 15 }));
    const reports = stepsOf(events);
    expect(reports[0]!.loss).toBe(0.5);
    expect(reports[0]!.measures).toMatchObject({ desirableReward: 0, undesirableReward: 0, margin: 0, kl: 0 });
    expect(tuning.looks[0]).toMatchObject({ step: 0, loss: 0.5, margin: 0 });
    expect(reports.at(-1)!.measures.margin).toBeGreaterThan(0.1);
    expect(tuning.looks.at(-1)!.loss!).toBeLessThan(0.5);
    const after = await scoreAnswers(model, wanted);
    expect(after.reduce((sum, score) => sum + score, 0)).toBeGreaterThan(before.reduce((sum, score) => sum + score, 0));
    expect(events.map(({ type }) => type).filter((type) => type !== 'step')).toEqual(['look', 'look', 'look', 'save']);
  });

  it('logs the rewards of wanted answers and of the others', async () => {
    const tuning = await tune({ loss: { beta: 0.3 }, training: { ...quick, batchSize: 8, steps: 2, warmupSteps: 0, minimumLearningRate: 1e-2 } });
    await tuning.trainer.step();
    const order = Array.from({ length: 8 }, (_, i) => rows.answers[rows.answerAt(8 + i)]!);
    const own = await scoreAnswers(tuning.model, order);
    tuning.adapter!.disable();
    const reference = await scoreAnswers(tuning.model, order);
    tuning.adapter!.enable();
    const { measures } = await tuning.trainer.step();
    const meanReward = (wanted: boolean): number => {
      const rewards = order.flatMap(({ desirable }, i) => (desirable === wanted ? [0.3 * (own[i]! - reference[i]!)] : []));
      return rewards.reduce((sum, value) => sum + value, 0) / rewards.length;
    };
    const digits = backend === 'cpu' ? 9 : 4;
    expect(measures.desirableReward).toBeCloseTo(meanReward(true), digits);
    expect(measures.undesirableReward).toBeCloseTo(meanReward(false), digits);
    expect(measures.margin).toBeCloseTo(meanReward(true) - meanReward(false), digits);
  });

  // A checkpoint holds float32, as wasm computes.
  it.runIf(backend === 'wasm')('goes on with the same bits, looks and best weights', async () => {
    const whole = await tune();
    await all(whole.run({ lookEvery: 4 }));
    const first = await tune();
    for await (const event of first.run({ lookEvery: 4 })) if (event.type === 'step' && event.report.step === 6) break;
    const second = await tune();
    expect(await second.restore(await first.toCheckpoint('note'))).toBe('note');
    await all(second.run({ lookEvery: 4 }));
    expect(numbersOf(second.model)).toEqual(numbersOf(whole.model));
    expect(second.looks).toEqual(whole.looks);
    await expect((await tune({ loss: { beta: 0.2 } })).restore(await whole.toCheckpoint())).rejects.toThrow(/The checkpoint was trained on rated answers in .*give the same data, loss and reference/);
  });

  it('refuses what is wrong, and leaves no adapter behind', async () => {
    const model = baseModel();
    for (const [options, message] of [
      [{ los: {} }, /unknown option 'los'/],
      [{ loss: { beta: 0 } }, /beta is 0/],
      [{ trained: 'full' }, /there is no reference: give reference/],
      [{ reference: model }, /reference is the model that is trained/],
      [{ training: { ...quick, batchSize: 1 } }, /batchSize is 1; expected a whole number of at least 2/],
      [{ trained: { lora: { rank: 2, dropout: 0.1 } } }, /the adapter's dropout is 0.1/],
      [{ heldOut: { answers: { prompts: [], stopTokens: [END] } } }, /KtoTuning: heldOut.answers has no prompts/],
      [{ training: { ...quick, learningRate: -1 } }, /learningRate is -1/],
    ] as [KtoTuningOptions, RegExp][]) await expect(tune(options, model), String(message)).rejects.toThrow(message);
    expect([...model.namedParameters().keys()].filter((name) => /up|down/.test(name))).toEqual([]);
    expect(() => new RatedRows([rated(1)[0]!], sizes)).toThrow(/expected at least two/);
    expect(() => new RatedRows(rated(9), sizes)).toThrow(/holds ids from 12 to 12|vocabulary ends at 11/);
    expect(() => new RatedRows([{ ...rated(1)[0]!, desirable: 1 as never }, rated(2)[0]!], sizes)).toThrow(/desirable: 1; expected true or false/);
  });
});

it('cuts the prompt or the answer that is too long, where it is told to', () => {
  const long: RatedTokens = { prompt: ids(1, 2, 3, 4), answer: ids(5, 6, 7), desirable: true };
  const short: RatedTokens = { prompt: ids(1), answer: ids(8, 9), desirable: false };
  const made = (truncation: 'drop' | 'left' | 'right'): RatedRows => new RatedRows([short, long, short], { contextLength: 4, vocabSize: 12, truncation });
  expect([made('drop').dropped, made('drop').truncated]).toEqual([[1], []]);
  expect([made('left').answers[1], made('left').truncated]).toEqual([{ ...long, prompt: ids(3, 4) }, [1]]);
  expect(made('right').answers[1]).toEqual({ ...long, answer: ids(5) });
  expect(() => made('middle' as 'left')).toThrow(/truncation is middle; expected 'drop', 'left' or 'right'/);
  const only = { prompt: ids(1), answer: ids(2, 3, 4, 5, 6), desirable: true };
  expect(new RatedRows([short, only, short], { contextLength: 4, vocabSize: 12, truncation: 'left' }).dropped).toEqual([1]);
});
