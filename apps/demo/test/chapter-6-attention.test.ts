// Chapter 6: who looks at whom, what a change in the attention does, and which head reads a word: the jobs against the packages, and the code.
import { fileURLToPath } from 'node:url';
import { attentionRollout } from '@kk/attention';
import { inspect, type Interventions } from '@kk/gpt/explain';
import { loadModel } from '@kk/gpt/node';
import { init } from '@kk/nn-core';
import { softmax } from '@kk/sampler';
import { loadTokenizer } from '@kk/tokenizer/node';
import { afterAll, describe, expect, it } from 'vitest';
import { headsOf, headsSetting, headText, placesOf, placesSetting, toggled } from '../src/chapters/06-attention/chosen.js';
import { changeCode, lookedAt, looksCode, readingCode } from '../src/chapters/06-attention/code.js';
import { rowOf } from '../src/chapters/06-attention/rows.js';
import { headSettings, sentenceSetting, typeSentence } from '../src/chapters/06-attention/settings.js';
import { marks, skyline } from '../src/chapters/06-attention/skyline.js';
import { interventionsOf, type AttentionChange } from '../src/lab/attention-changes.js';
import changeJob from '../src/lab/jobs/attention-change.js';
import looksJob from '../src/lab/jobs/attention-looks.js';
import lensJob from '../src/lab/jobs/layer-lens.js';
import oneHeadJob from '../src/lab/jobs/one-head.js';
import readingJob from '../src/lab/jobs/reading-heads.js';
import { promptOf } from '../src/lab/model-text.js';
import { readyModel } from '../src/lab/ready-model.js';
import { placesOfWord, wordsOfTokens } from '../src/lab/words-of-tokens.js';
import { runCode } from './support/run-code.js';
import { runJob } from './support/run-job.js';
import { tinyModel } from './support/tiny-model.js';

const tiny = await tinyModel('tiny', 'de');
afterAll(() => tiny.dispose());
const { model } = tiny;
const modelsFolder = fileURLToPath(new URL('../models/', import.meta.url));
const tools = { model: async () => model };
const run = (source: string): Promise<string> => runCode(source.replace('apps/demo/models/tiny', tiny.folder).replace("init('wasm')", "init('cpu')"));
const text = 'Merle hatte einen Ball. „Mein Ball!“, rief Merle';
const ids = promptOf(model, text);
const time = ids.length;
const long = 'Merle und der Ball '.repeat(30);

async function logits(interventions: Interventions = {}): Promise<Float32Array> {
  const inspection = inspect(model.gpt, ids, interventions);
  const all = await inspection.logits();
  inspection.dispose();
  return Float32Array.from(all.subarray((time - 1) * model.gpt.config.vocabSize));
}

describe('who looks at whom', () => {
  const input = { model: 'tiny', text, top: 4 };

  it('has the weights of every head, their mean, and what is expected after each token', async () => {
    const { result } = await runJob(looksJob, input, tools);
    const inspection = inspect(model.gpt, ids);
    const patterns = await inspection.patterns();
    const { weights } = await inspection.head(1, 1);
    expect(result.weights).toEqual(patterns.weights);
    expect(rowOf(result, 5, { layer: 1, head: 1 }).weights).toEqual(Float32Array.from(weights.subarray(5 * time, 6 * time)));
    // Rollout averages over the heads of a layer and adds the identity: in the first layer twice itself without the identity is the mean.
    const [first, second] = [0, 1].map((layer) => attentionRollout({ weights: result.weights.subarray(2 * layer * time ** 2, 2 * (layer + 1) * time ** 2), shape: [1, 2, time, time] })[0]!);
    for (let key = 0; key < time; key++) {
      const own = key === 7 ? 1 : 0;
      const mean = (2 * first![7 * time + key]! - own + 2 * second![7 * time + key]! - own) / 2;
      expect(rowOf(result, 7, null).weights[key]).toBeCloseTo(mean, 6);
    }
    const shares = softmax(await logits());
    expect(result.next.at(-1)!.map(({ probability }) => probability)).toEqual([...shares].sort((a, b) => b - a).slice(0, 4).map((share) => expect.closeTo(share, 6)));
    inspection.dispose();
  });

  it('never looks ahead, and says which tokens get most', async () => {
    const { result } = await runJob(looksJob, input, tools);
    for (const at of [0, 4, time - 1]) {
      const { weights, strongest } = rowOf(result, at, { layer: 0, head: 1 });
      expect(weights.slice(at + 1).every((share) => share === 0)).toBe(true);
      expect(weights.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
      expect([...strongest].sort((a, b) => a - b)).toEqual(Array.from({ length: at + 1 }, (_, place) => place));
      expect(weights[strongest[0]!]).toBe(Math.max(...weights));
    }
  });

  it.each([{ layer: 1, head: 0 }, null])('prints what its code prints: %o', async (head) => {
    const { result } = await runJob(looksJob, input, tools);
    for (const at of [0, 9, time - 1]) {
      const { source, prints } = looksCode(lookedAt('tiny', text, result), result, rowOf(result, at, head), head);
      expect(await run(source)).toBe(prints);
    }
  });

  it('reads the end of a text that is too long, and its code does the same', async () => {
    const { result } = await runJob(looksJob, { ...input, text: long }, tools);
    expect([result.tokens.length, result.isCut]).toEqual([96, true]);
    const { source, prints } = looksCode(lookedAt('tiny', long, result), result, rowOf(result, 95, null), null);
    expect(source).toContain('.slice(-96)');
    expect(await run(source)).toBe(prints);
  });
});

describe('a change in the attention', () => {
  const input = { model: 'tiny', text, top: 3 };
  const nothing: AttentionChange = { kind: 'head', heads: [], keys: [] };
  const changes: [AttentionChange, Interventions][] = [
    [{ kind: 'head', heads: [{ layer: 1, head: 0 }, { layer: 0, head: 1 }], keys: [3] }, { headsOff: [{ layer: 1, head: 0 }, { layer: 0, head: 1 }] }],
    [{ kind: 'link', heads: [{ layer: 1, head: 0 }], keys: [2, 5] }, { linksCut: [{ query: time - 1, key: 2 }, { query: time - 1, key: 5 }] }],
    [{ kind: 'mask', heads: [], keys: [] }, { maskLifted: true }],
    [{ kind: 'order', heads: [], keys: [] }, { positions: 'none' }],
  ];

  it.each(changes)('shows the next token before and after: %o', async (change, interventions) => {
    const { result } = await runJob(changeJob, { ...input, change }, tools);
    const [before, after] = [softmax(await logits()), softmax(await logits(interventions))];
    expect(result.interventions).toEqual(interventions);
    for (const row of [...result.rows, result.first, result.most]) expect([row.before, row.after]).toEqual([before[row.id], after[row.id]]);
    expect(result.rows[0]!.before).toBe(Math.max(...before));
    expect(result.first.after).toBe(Math.max(...after));
    expect(result.rows.map(({ id }) => id)).toContain(result.first.id);
    expect(Math.abs(result.most.after - result.most.before)).toBeCloseTo(Math.max(...after.map((share, id) => Math.abs(share - before[id]!))), 6);
    expect(Math.abs(result.most.after - result.most.before)).toBeGreaterThan(0);
    expect(result.rows.length).toBeGreaterThanOrEqual(3);
    expect(new Set(result.rows.map(({ id }) => id)).size).toBe(result.rows.length);
  });

  it.each([nothing, ...changes.map(([change]) => change)])('prints what its code prints: %o', async (change) => {
    const { result } = await runJob(changeJob, { ...input, change }, tools);
    const { source, prints } = changeCode(lookedAt('tiny', text, result), result);
    expect(await run(source)).toBe(prints);
  });

  it('changes nothing without heads and links', async () => {
    const { result } = await runJob(changeJob, { ...input, change: nothing }, tools);
    for (const { before, after } of result.rows) expect(after).toBe(before);
  });

  it('leaves out heads and places that there are not, and the link to itself', () => {
    const sizes = { layers: 2, heads: 2, time: 4 };
    expect(interventionsOf({ kind: 'head', heads: [{ layer: 2, head: 0 }, { layer: 0, head: 2 }, { layer: 1, head: 1 }], keys: [] }, sizes)).toEqual({ headsOff: [{ layer: 1, head: 1 }] });
    expect(interventionsOf({ kind: 'link', heads: [], keys: [3, 2, 9] }, sizes)).toEqual({ linksCut: [{ query: 3, key: 2 }] });
  });
});

describe('the head that reads a word', () => {
  const input = { model: 'tiny', text };

  it('has the share of each head for all places of the word', async () => {
    const { result } = await runJob(readingJob, { ...input, at: placesOfWord(wordsOfTokens(model, ids), 'Ball')[0] }, tools);
    expect(result.word!.text).toBe('Ball');
    expect(result.word!.places.map((place) => result.tokens[place]!.text).join('')).toBe(' Ball Ball');
    for (const layer of [0, 1]) {
      for (const head of [0, 1]) {
        const inspection = inspect(model.gpt, ids);
        const row = (await inspection.head(layer, head)).weights.subarray((time - 1) * time);
        inspection.dispose();
        expect(result.rows.subarray((2 * layer + head) * time, (2 * layer + head + 1) * time)).toEqual(Float32Array.from(row));
        expect(result.shares[layer]![head]).toBeCloseTo(result.word!.places.reduce((sum, place) => sum + row[place]!, 0), 6);
      }
    }
    expect(result.shares[result.best.layer]![result.best.head]).toBe(Math.max(...result.shares.flat()));
    const without = softmax(await logits({ headsOff: [result.best] }));
    expect(result.without.probability).toBeCloseTo(without[result.expected.id]!, 6);
    expect(result.without.first.probability).toBeCloseTo(Math.max(...without), 6);
  });

  it('asks for the first word where the expected one is not in the text', async () => {
    const { result } = await runJob(readingJob, { ...input, text: 'wo 7' }, tools);
    expect('wo'.startsWith(model.tokenizer.decode([result.expected.id]).trim())).toBe(false);
    expect(result.word!.text).toBe('wo');
    expect(result.isExpected).toBe(false);
  });

  it('has no word in a text without words', async () => {
    const { result } = await runJob(readingJob, { ...input, text: ' … !' }, tools);
    expect([result.word, result.words]).toEqual([null, []]);
  });

  it('prints what its code prints', async () => {
    const { result } = await runJob(readingJob, { ...input, at: 4 }, tools);
    const { source, prints } = readingCode(lookedAt('tiny', text, result), result);
    expect(await run(source)).toBe(prints);
  });
});

describe.each([['de', 'Merle'], ['en', 'scooter']] as const)('the model and the sentence of the chapter: %s', (language, word) => {
  const { layer, head } = headSettings(language);
  const address = { layer: layer.initial - 1, head: head.initial - 1 };
  const shipped = { model: `stories-${language}`, text: sentenceSetting(language).initial };
  const shippedModel = (async () => readyModel(shipped.model, await loadModel(await init('cpu'), modelsFolder + shipped.model), await loadTokenizer(modelsFolder + shipped.model)))();
  const shippedTools = { model: () => shippedModel };
  afterAll(async () => (await shippedModel).gpt.engine.dispose());

  it('expects the word again, and one head alone reads it', async () => {
    const { result } = await runJob(readingJob, shipped, shippedTools);
    expect(result.word!.text).toBe(word);
    expect(result.expected.decoded.trim()).toBe(word);
    expect(result.isExpected).toBe(true);
    const other = result.words.find(({ text: one }) => one !== word)!;
    expect((await runJob(readingJob, { ...shipped, at: other.places[0]! }, shippedTools)).result).toMatchObject({ word: { text: other.text }, isExpected: false });
    expect(result.best).toEqual(address);
    expect(result.shares[address.layer]![address.head]).toBeGreaterThan(0.95);
    expect(result.expected.probability).toBeGreaterThan(0.6);
    expect(result.without.probability).toBeLessThan(0.1);
  });

  it('expects something else without that head, without that look, and without the mask', async () => {
    const places = (await runJob(readingJob, shipped, shippedTools)).result.word!.places;
    for (const change of [{ kind: 'head', heads: [address], keys: [] }, { kind: 'link', heads: [], keys: places }, { kind: 'mask', heads: [], keys: [] }] as const) {
      const { result } = await runJob(changeJob, { ...shipped, top: 3, change }, shippedTools);
      expect(result.most.decoded.trim()).toBe(word);
      expect(result.first.decoded.trim()).not.toBe(word);
    }
  });
});

describe('the English text', () => {
  it('is right that fifteen of sixteen heads can be switched off and the scooter stays ahead, by about a half or more', async () => {
    const shipped = { model: 'stories-en', text: sentenceSetting('en').initial };
    const engine = await init('cpu');
    const ready = readyModel(shipped.model, await loadModel(engine, modelsFolder + shipped.model), await loadTokenizer(modelsFolder + shipped.model));
    for (let at = 0; at < 16; at++) {
      const head = { layer: Math.floor(at / 4), head: at % 4 };
      const { result } = await runJob(changeJob, { ...shipped, top: 3, change: { kind: 'head', heads: [head], keys: [] } }, { model: async () => ready });
      const isDecisive = headText(head) === '4.3';
      expect(result.first.decoded.trim() === 'scooter').toBe(!isDecisive);
      if (!isDecisive) expect(result.first.after).toBeGreaterThan(0.5);
    }
    engine.dispose();
  });
});

describe('a model that is built like Llama', async () => {
  const llama = await tinyModel('tiny-llama', 'de', { isLlama: true });
  afterAll(() => llama.dispose());
  const llamaTools = { model: async () => llama.model };
  const { layers, heads } = llama.model.gpt.config;

  it('is looked into by every figure', async () => {
    const looks = (await runJob(looksJob, { model: 'tiny-llama', text, top: 3 }, llamaTools)).result;
    expect([looks.layers, looks.heads]).toEqual([layers, heads]);
    const reading = (await runJob(readingJob, { model: 'tiny-llama', text }, llamaTools)).result;
    expect(reading.shares.flat()).toHaveLength(layers * heads);
    const number = (await runJob(oneHeadJob, { model: 'tiny-llama', text, layer: 0, head: 1 }, llamaTools)).result;
    expect(number.numbers.query).toHaveLength(looks.tokens.length * number.headSize);
    const row = looks.weights.slice(looks.tokens.length ** 2, looks.tokens.length ** 2 + 2 * looks.tokens.length);
    expect([...number.numbers.weights.slice(0, row.length)]).toEqual([...row]); // both figures show the same head
    const lens = (await runJob(lensJob, { model: 'tiny-llama', text }, llamaTools)).result;
    expect(lens.places.map(({ answers }) => answers.length)).toEqual(lens.places.map(() => layers + 1));
  });

  it.each([{ kind: 'head', heads: [{ layer: 0, head: 0 }], keys: [] }, { kind: 'link', heads: [], keys: [2] }, { kind: 'mask', heads: [], keys: [] }, { kind: 'order', heads: [], keys: [] }] as const)('is changed: $kind', async (change) => {
    const { result } = await runJob(changeJob, { model: 'tiny-llama', text, top: 3, change }, llamaTools);
    expect(result.rows.some(({ before, after }) => before !== after)).toBe(true); // it has not learned, so there is little to change
  });
});

describe('a sentence', () => {
  it('that is typed forgets what was chosen in the one before; the same one does not', () => {
    const settings = { sentence: 'Der Hund lief', at: 3, to: 2, cut: '2_3', word: 4, pick: '4.2', shares: true, place: 5, off: '1.1' };
    typeSentence(settings, 'Der Hund lief');
    expect(settings).toMatchObject({ at: 3, cut: '2_3', word: 4, pick: '4.2', shares: true });
    typeSentence(settings, 'Der Hund lief weg');
    expect(settings).toEqual({ sentence: 'Der Hund lief weg', at: 0, to: 0, cut: '', word: 0, pick: '', shares: false, place: 0, off: '1.1' });
  });
});

describe('words of tokens', () => {
  it('have the tokens that write them, also in pieces and with characters of two bytes', () => {
    const written = 'Übrigens: Bär, Bär’s Haus und 3 Kater-Tage';
    const all = [...model.tokenizer.encode(written)];
    const words = wordsOfTokens(model, all);
    expect(words.map((word) => word.text)).toEqual(['Übrigens', 'Bär', 'Bär’s', 'Haus', 'und', '3', 'Kater-Tage']);
    for (const word of words) expect(model.tokenizer.decode(word.places.map((place) => all[place]!))).toContain(word.text);
    expect(new Set(words.flatMap(({ places }) => places)).size).toBeLessThanOrEqual(all.length);
  });

  it('are found large and small', () => {
    const words = [{ text: 'Ball', places: [1, 2] }, { text: 'und', places: [3] }, { text: 'ball', places: [4] }];
    expect(placesOfWord(words, 'BALL')).toEqual([1, 2, 4]);
  });
});

describe('what was tapped', () => {
  it('stands in the address, and is read again', () => {
    const off = toggled(toggled('', headText({ layer: 3, head: 1 })), headText({ layer: 0, head: 2 }));
    expect(off).toBe('4.2_1.3');
    expect(headsOf(headsSetting.read(off)!)).toEqual([{ layer: 3, head: 1 }, { layer: 0, head: 2 }]);
    expect(toggled(off, '4.2')).toBe('1.3');
    expect(placesOf(placesSetting.read('3_12')!)).toEqual([2, 11]);
    expect(['4', '0.1', '4.2_', 'a', '4.2.1'].map(headsSetting.read)).toEqual(Array.from({ length: 5 }));
    expect(['0', '3_', '3.1', '-1'].map(placesSetting.read)).toEqual(Array.from({ length: 4 }));
    expect([headsOf(''), placesOf('')]).toEqual([[], []]);
  });

  it('is drawn as bars, with lines below a word', () => {
    expect(skyline([0.25, 1])).toBe('M0 1V0.7500h0.84V1zM1 1V0.0000h0.84V1z');
    expect(marks([2, 3, 7])).toBe('M2 0V1h1V0zM3 0V1h0.84V0zM7 0V1h0.84V0z');
  });
});
