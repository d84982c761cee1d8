// Chapter 3: the kinds of text, their measures, and the code that the figures show.
import { storyEntropy, writeStories } from '@kk/corpora';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { betCode, entropyCode, lensCode, scoresCode, zipfCode } from '../src/chapters/03-texts/code.js';
import { wilson } from '../src/chapters/03-texts/wilson.js';
import type { Tools } from '../src/lab/job.js';
import entropyJob from '../src/lab/jobs/entropy.js';
import lensJob from '../src/lab/jobs/lens.js';
import passagesJob from '../src/lab/jobs/passages.js';
import scoresJob from '../src/lab/jobs/scores.js';
import zipfJob from '../src/lab/jobs/zipf.js';
import { cutAtSentence } from '../src/lab/kinds/cut.js';
import { kindNames, type KindsInput } from '../src/lab/kinds/names.js';
import { shuffleLetters, shuffleWords } from '../src/lab/kinds/shuffle.js';
import { tellStory } from '../src/lab/kinds/tell-story.js';
import { StoryWriter } from '../src/lab/kinds/story-writer.js';
import type { ReadyModel } from '../src/lab/ready-model.js';
import { runCode } from './support/run-code.js';
import { runJob } from './support/run-job.js';
import { tinyModel, toolsOf, type TinyModel } from './support/tiny-model.js';

const input: KindsInput = { language: 'de', length: 3000, seed: 7, letters: 4, words: 2, model: 'tiny' };
const own = writeStories('de', { seed: 99, bytes: 6000 });
let tiny: TinyModel;
let model: ReadyModel;
let tools: Tools;

beforeAll(async () => {
  tiny = await tinyModel('tiny', 'de');
  ({ model } = tiny);
  tools = toolsOf(tiny);
});
afterAll(() => tiny.dispose());
const noModel: Partial<Tools> = { model: () => Promise.reject(new Error('There is no model "tiny".')) };
const sorted = (text: string): string => [...text].sort().join('');

it('shuffles words in their places, and letters', () => {
  const text = 'Der Hund bellt.\n\nDie Katze schläft heute lange.';
  const words = shuffleWords(text, 3);
  expect(words).not.toBe(text);
  expect(words.split(/\s+/).sort()).toEqual(text.split(/\s+/).sort());
  expect(words.replace(/\S+/g, 'x')).toBe('x x x\n\nx x x x x');
  expect(shuffleLetters(text, 3)).not.toBe(text);
  expect(sorted(shuffleLetters(text, 3))).toBe(sorted(text));
  expect(shuffleLetters(text, 3)).toBe(shuffleLetters(text, 3));
});

it.each([
  ['Er ging. Sie kam. Es regnete.', 20, 'Er ging. Sie kam.'],
  ['„Er ging.“ Sie kam dann doch.', 12, '„Er ging.“'],
  ['Er ging weit fort und kam nie', 12, 'Er ging weit'],
  ['Kurz.', 12, 'Kurz.'],
  ['aaaaaaaaaaaaaaaaaaaa', 12, 'aaaaaaaaaaaa'],
])('cuts %j after at most %i characters', (text, most, expected) => {
  expect(cutAtSentence(text, most)).toBe(expected);
});

// Published values of Wilson's interval at 95 %.
it.each([[10, 20, 0.299, 0.701], [20, 20, 0.839, 1], [0, 10, 0, 0.278]])('knows how certain %i of %i are', (hits, cases, low, high) => {
  const interval = wilson({ hits, cases });
  expect(interval.low).toBeCloseTo(low, 3);
  expect(interval.high).toBeCloseTo(high, 3);
});

describe('all kinds of text', () => {
  it('have nearly the same length, and the GPT comes last, with its progress', async () => {
    const { updates, result } = await runJob(zipfJob, { ...input, own }, tools);
    expect(Object.keys(result.kinds).sort()).toEqual([...kindNames].sort());
    expect(result.length).toBeGreaterThanOrEqual(input.length);
    for (const kind of kindNames) {
      expect(result.kinds[kind]!.length).toBeLessThanOrEqual(result.length);
      expect(result.kinds[kind]!.length).toBeGreaterThan(0.9 * result.length);
    }
    const progress = updates.filter(({ kinds }) => kinds.own).map(({ written }) => written!);
    expect(progress.length).toBeGreaterThan(10);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(updates.some(({ kinds }) => kinds.gpt)).toBe(false);
    expect(result.written).toBe(1);
  });

  it('are as long as the own text where that is shorter, and do without one that is too short', async () => {
    const { result } = await runJob(zipfJob, { ...input, own: own.slice(0, 2000) }, noModel);
    expect(result.length).toBeLessThanOrEqual(2000);
    expect(result.kinds.own!.length).toBeGreaterThan(1500);
    expect((await runJob(zipfJob, { ...input, own: own.slice(0, 900) }, noModel)).result.kinds.own).toBeUndefined();
  });

  it('are measured without a GPT, too', async () => {
    const { result } = await runJob(zipfJob, input, noModel);
    expect(Object.keys(result.kinds)).toEqual(['real', 'words', 'letters', 'markovLetters', 'markovWords']);
    expect([result.written, result.problem]).toEqual([null, 'There is no model "tiny".']);
  });

  /** Writes to a length, or as many tokens. */
  async function write(writer: StoryWriter, length: number, tokens = Infinity): Promise<void> {
    const steps = writer.writeTo(length);
    for (let token = 0; token < tokens; token++) if ((await steps.next()).done) return;
    await steps.return();
  }

  it('of a GPT grow: a longer text begins with the shorter one, also for two who ask at once', async () => {
    const [alone, together] = [new StoryWriter(model, 5), new StoryWriter(model, 5)];
    await write(alone, 600);
    const short = alone.text;
    await write(alone, 2500);
    expect(alone.text.startsWith(short) && alone.text.length >= 2500).toBe(true);
    await Promise.all([write(together, 600), write(together, 2500)]);
    expect(together.text).toBe(alone.text);
  });

  it('of a GPT begin as sentences do', async () => {
    for (let number = 0; number < 12; number++) {
      const [first] = await (async () => {
        for await (const text of tellStory(model, { seed: 3, number })) if (text !== '') return text;
        return '';
      })();
      expect(first).toMatch(/[„“"»«\p{Lu}]/u);
    }
  });

  it('of a GPT begin again where a run was left in the middle of a story', async () => {
    const [left, whole] = [new StoryWriter(model, 6), new StoryWriter(model, 6)];
    await write(left, 600, 20);
    expect(left.text).toBe('');
    await write(left, 600);
    await write(whole, 600);
    expect(left.text).toBe(whole.text);
  });
});

it('draws the same line for a text and its shuffled words, and names the words of each rank', async () => {
  const { result } = await runJob(zipfJob, input, noModel);
  const [real, words] = [result.kinds.real!.value, result.kinds.words!.value];
  expect(words.line).toEqual(real.line);
  for (const { rank, count } of real.line.filter((point) => point.rank <= real.words.length)) expect(real.words[rank - 1]!.count).toBe(count);
  expect(result.kinds.letters!.value.once).toBeGreaterThan(2 * real.once);
  const { source, prints } = zipfCode(input, result)!;
  expect(await runCode(source)).toBe(prints);
});

it('knows the floor exactly, and where there is too little text to tell', async () => {
  const { result } = await runJob(entropyJob, input, noModel);
  expect(result.floor).toBe(storyEntropy('de').natsPerCharacter / Math.LN2);
  const [real, letters] = [result.kinds.real!.value, result.kinds.letters!.value];
  expect(letters[0]!.bits).toBeCloseTo(real[0]!.bits, 10);
  expect(letters[1]!.bits).toBeGreaterThan(real[1]!.bits + 0.5);
  expect(letters.at(-1)!.onceShare).toBeGreaterThan(0.9);
  const { source, prints } = entropyCode(input, result)!;
  expect(await runCode(source)).toBe(prints);
});

it('finds real stories whole, and others not', async () => {
  const { result } = await runJob(scoresJob, { ...input, length: 8000 }, noModel);
  const { real, words, markovWords } = result.kinds;
  expect(real!.value.stories.cases).toBeGreaterThan(5);
  expect(real!.value.stories.hits).toBe(real!.value.stories.cases);
  expect(real!.value.quotes.hits).toBe(real!.value.quotes.cases);
  expect(words!.value.stories.hits + markovWords!.value.stories.hits).toBe(0);
  expect(result.chance!.quotes.hits / result.chance!.quotes.cases).toBeLessThan(0.6);
  expect(result.chance!.near.cases).toBeGreaterThan(50);
  const { source, prints } = scoresCode({ ...input, length: 8000 }, result)!;
  expect(await runCode(source)).toBe(prints);
});

it('shows the code with a text that was cut to the length of the own one', async () => {
  const shorter = { ...input, own: own.slice(0, 1500) };
  const { result } = await runJob(zipfJob, shorter, noModel);
  const { source, prints } = zipfCode(shorter, result)!;
  expect(await runCode(source)).toBe(prints);
});

it('lets a GPT join the bet from the second round on; the same round has the same passages', async () => {
  const first = { language: 'de', seed: 7, round: 1, model: 'tiny' } as const;
  const { result } = await runJob(passagesJob, first, noModel);
  expect(result.passages.map(({ kind }) => kind).sort()).toEqual(['letters', 'markovLetters', 'markovWords', 'real', 'words']);
  expect((await runJob(passagesJob, first, noModel)).result).toEqual(result);
  const second = (await runJob(passagesJob, { ...first, round: 2 }, tools)).result.passages;
  expect(second.filter(({ kind }) => kind === 'gpt')).toHaveLength(1);
  for (const { text } of [...result.passages, ...second]) expect(text.length).toBeLessThanOrEqual(170);
  const { source, prints } = betCode('de', first, result.passages);
  expect(await runCode(source)).toBe(prints);
});

describe('the lens', () => {
  const lens = { language: 'de', seed: 7, model: 'tiny', own: '', part: 0 } as const;

  it('reads with a chain, and prints what its code prints', async () => {
    const { updates, result } = await runJob(lensJob, { ...lens, reader: 'markov', kind: 'real' }, noModel);
    expect(Object.keys(result.means).sort()).toEqual(['letters', 'markovLetters', 'markovWords', 'real', 'words']);
    expect(result.means.letters).toBeGreaterThan(2 * result.means.real!);
    expect(updates[0]!.tokens).toHaveLength(1);
    const text = result.tokens.map((token) => token.text).join('');
    expect(writeStories('de', { seed: 1007, characters: 300 }).startsWith(text)).toBe(true);
    for (const { bits, expected } of result.tokens) {
      expect(2 ** -bits).toBeLessThanOrEqual(expected[0]!.probability + 1e-6);
      expect(expected.map(({ probability }) => probability)).toEqual(expected.map(({ probability }) => probability).sort((a, b) => b - a));
    }
    const { source, prints } = lensCode({ ...lens, reader: 'markov', text }, result.means.real!);
    expect(await runCode(source)).toBe(prints);
  });

  it('reads an own text with letters that the chain has never seen', async () => {
    const { result } = await runJob(lensJob, { ...lens, reader: 'markov', kind: 'own', own: 'Żółw 🐢 śpi.' }, noModel);
    expect(result.tokens.map(({ text }) => text).join('')).toBe('Żółw 🐢 śpi.');
    expect(Number.isFinite(result.means.own)).toBe(true);
  });

  it('reads the passage of an own text that is asked for', async () => {
    const { result } = await runJob(lensJob, { ...lens, reader: 'markov', kind: 'own', own: `${'a'.repeat(300)}Ende.`, part: 1 }, noModel);
    expect(result.tokens.map(({ text }) => text).join('')).toBe('Ende.');
  });

  it('cuts an own text into passages between its words', async () => {
    const words = Array.from({ length: 200 }, (_, n) => `Wort${n}`);
    const passages = await Promise.all([0, 1, 2, 3].map(async (part) => (await runJob(lensJob, { ...lens, reader: 'markov', kind: 'own', own: words.join(' '), part }, noModel)).result.tokens.map(({ text }) => text).join('')));
    expect(passages.join(' ').split(' ')).toEqual(words.slice(0, passages.join(' ').split(' ').length));
  });

  it('reads with a GPT, and prints what its code prints', async () => {
    const own = 'Es war ein kleiner Bär.'; // fits into the context
    const { result } = await runJob(lensJob, { ...lens, reader: 'gpt', kind: 'own', own }, tools);
    expect(Object.keys(result.means).sort()).toEqual([...kindNames].sort());
    expect(result.tokens.map(({ text }) => text).join('')).toBe(own);
    const { source, prints } = lensCode({ language: 'de', reader: 'gpt', text: own, model: 'tiny' }, result.means.own!);
    expect(await runCode(source.replace('apps/demo/models/tiny', tiny.folder))).toBe(prints);
  });

  it('reads with a GPT by letters where the course has one, also letters that it does not know', async () => {
    const letters = await tinyModel('letters-de', 'de', { unit: 'character' });
    const asked: string[] = [];
    const own = 'Żółw 🐢 fand ein Buch.'; // fits into the context
    const { result } = await runJob(lensJob, { ...lens, reader: 'letters', kind: 'own', own }, { ...tools, model: async (name) => (asked.push(name), name === 'letters-de' ? letters.model : model) });
    expect(asked[0]).toBe('letters-de');
    expect(result.tokens.map(({ text }) => text)).toEqual([...own]);
    expect(Object.keys(result.means).sort()).toEqual([...kindNames].sort());
    const { source, prints } = lensCode({ language: 'de', reader: 'gpt', text: own, model: 'letters-de' }, result.means.own!);
    expect(await runCode(source.replace('apps/demo/models/letters-de', letters.folder))).toBe(prints);
    await letters.dispose();
  });

  it('reads with a GPT beyond what it can see at once', async () => {
    const { result } = await runJob(lensJob, { ...lens, reader: 'gpt', kind: 'letters' }, tools);
    expect(result.tokens.length).toBeGreaterThan(model.gpt.config.contextLength);
    expect(result.tokens.every(({ bits }) => bits > 0 && bits < 30)).toBe(true);
  });
});
