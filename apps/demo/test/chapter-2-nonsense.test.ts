// Chapter 2: what the jobs of the nonsense texter return, and that the code of each figure prints what the figure shows.
import { TextMarkov } from '@kk/markov';
import { describe, expect, it } from 'vitest';
import { copiesCode, nextCode, tableCode, writerCode, type ChainCode } from '../src/chapters/02-nonsense/code.js';
import de from '../src/chapters/02-nonsense/de.js';
import en from '../src/chapters/02-nonsense/en.js';
import { marked } from '../src/chapters/02-nonsense/marked.js';
import { readPicks, writePicks } from '../src/chapters/02-nonsense/picks.js';
import { tally, vowelsAndConsonants } from '../src/chapters/02-nonsense/tally.js';
import { chainOf } from '../src/lab/chains.js';
import type { Tools } from '../src/lab/job.js';
import copiesJob from '../src/lab/jobs/nonsense-copies.js';
import nextJob from '../src/lab/jobs/nonsense-next.js';
import sourcesJob from '../src/lab/jobs/nonsense-sources.js';
import tableJob from '../src/lab/jobs/nonsense-table.js';
import writerJob from '../src/lab/jobs/nonsense.js';
import { textOf } from '../src/lab/texts.js';
import { runCode } from './support/run-code.js';
import { calmTools, runJob } from './support/run-job.js';

const own = 'Der Hund bellt. Die Katze schläft. Der Hund schläft, die Katze bellt nicht.\n\nDie Katze jagt den Hund.';
const cases = [
  { text: 'own', unit: 'character', order: 2, seed: 3 },
  { text: 'own', unit: 'word', order: 1, seed: 4 },
  { text: 'de', unit: 'character', order: 5, seed: 1 },
  { text: 'en', unit: 'word', order: 2, seed: 2 },
] as const;
const inputOf = ({ text }: { text: 'de' | 'en' | 'own' }): { own: string } | { stories: 'de' | 'en'; bytes: number } => (text === 'own' ? { own } : { stories: text, bytes: 200_000 });

describe.each(cases)('$text, $unit, memory $order', (setting) => {
  const text = inputOf(setting);
  const code: ChainCode = { ...setting, own };

  it('writes what its code prints, also after own choices', async () => {
    const { result } = await runJob(writerJob, { ...setting, text, length: 60 });
    expect(result.pieces.map((piece) => piece.text).join('').trimStart()).toBe(TextMarkov.train(await textOf(calmTools, text), { unit: setting.unit, order: setting.order }).generate({ length: 60, seed: setting.seed, beginning: 'sentence' }));
    const shown = writerCode({ ...code, prompt: result.prompt, pieces: result.pieces, picks: [] });
    expect(await runCode(shown.source)).toBe(shown.prints);

    const picks = [{ at: 10, id: 0 }, { at: 30, id: 2 }];
    const chosen = await runJob(writerJob, { ...setting, text, length: 60, picks });
    expect(chosen.result.pieces.slice(0, 10)).toEqual(result.pieces.slice(0, 10));
    expect(chosen.result.pieces.flatMap(({ mine, id }, at) => (mine ? [{ at, id }] : []))).toEqual(picks);
    const after = writerCode({ ...code, prompt: chosen.result.prompt, pieces: chosen.result.pieces, picks });
    expect(await runCode(after.source)).toBe(after.prints);
  });

  it('finds every place of a passage, and marks the passage in the text', async () => {
    const { result } = await runJob(writerJob, { ...setting, text, length: 40 });
    const passage = result.pieces.slice(20 - setting.order, 21).map(({ id }) => id);
    const { result: sources } = await runJob(sourcesJob, { text, unit: setting.unit, ids: passage, at: 0 });
    const whole = await textOf(calmTools, text);
    expect(sources.starts.length).toBeGreaterThan(0);
    const texts = new Set(Array.from(sources.starts, (start, i) => whole.slice(start, sources.ends[i]).replace(/\s+/g, ' ')));
    expect(texts.size).toBe(1);
    expect(sources.starts).toHaveLength(TextMarkov.train(whole, { unit: setting.unit, order: setting.order }).counted.sourceIndex.count(passage.slice(-sources.units)));
    const segments = marked(sources, 0);
    expect(segments.map((segment) => segment.text).join('')).toBe(sources.part.text);
    expect(segments.some(({ kind, here }) => kind === 'last' && here)).toBe(true);
  });

  it('shows the counts that its code prints, for every memory', async () => {
    for (const context of ['', setting.text === 'en' ? 'the' : 'die']) {
      const { result: next } = await runJob(nextJob, { ...setting, text, context });
      expect(next.options.reduce((sum, { count }) => sum + count, 0)).toBe(next.total);
      expect(next.byMemory[next.used - 1]).toEqual({ memory: next.used, total: next.total, different: next.different });
      const { source, prints } = nextCode({ ...code, next });
      expect(await runCode(source)).toBe(prints);
    }
  });

  it('measures the copies that its code prints', async () => {
    const settings = { length: 200, least: 8 };
    const { updates, result } = await runJob(copiesJob, { ...setting, ...settings, text });
    expect(updates[0].curve).toEqual([{ memory: setting.order, share: result.share }]);
    expect(result.curve.map(({ memory }) => memory)).toEqual(setting.unit === 'character' ? [1, 2, 3, 4, 5, 6, 7, 8] : [1, 2, 3, 4]);
    const { source, prints } = copiesCode({ ...code, ...settings, curve: result.curve });
    expect(await runCode(source)).toBe(prints);
  });
});

it.each(['a', 'ab', 'Ja.', 'drei kleine Wörter'])('works with the text %j', async (tiny) => {
  for (const unit of ['character', 'word'] as const) {
    const input = { text: { own: tiny }, unit, order: 3, seed: 1 };
    const { result } = await runJob(writerJob, { ...input, length: 12 });
    expect(result.pieces).toHaveLength(12);
    const { result: next } = await runJob(nextJob, { ...input, context: '' });
    expect(next.total).toBeGreaterThan(0);
    const { result: sources } = await runJob(sourcesJob, { ...input, ids: result.pieces.slice(0, 4).map(({ id }) => id), at: 5 });
    expect(sources.starts.length).toBeGreaterThan(0);
    const { result: copies } = await runJob(copiesJob, { ...input, length: 50, least: 20 });
    expect(copies.curve.length).toBeGreaterThan(3);
  }
});

it('writes one piece with each step, after those that are there at once', async () => {
  const input = { text: { own }, unit: 'word', order: 1, seed: 1, length: 6 } as const;
  const { result: whole } = await runJob(writerJob, input);
  const { updates, result } = await runJob(writerJob, { ...input, shown: 2 });
  expect(updates.map(({ pieces }) => pieces.length)).toEqual([2, 3, 4, 5, 6]);
  expect(result).toEqual(whole);
  expect((await runJob(writerJob, { ...input, shown: 0, pace: 1 })).updates.map(({ pieces }) => pieces.length)).toEqual([1, 2, 3, 4, 5, 6]);
});

it('says which part of a context the text does not have', async () => {
  const { result } = await runJob(nextJob, { text: { own }, unit: 'word', order: 1, context: 'Der Wal' });
  expect(result).toMatchObject({ unknown: 'Wal', total: 0 });
});

it('marks where the text that was read ended, and only there', async () => {
  const { result } = await runJob(writerJob, { text: { own: 'abcd' }, unit: 'character', order: 2, seed: 1, length: 40 });
  const { pieces } = result;
  expect(pieces.some(({ jump }) => jump)).toBe(true);
  for (let at = 1; at < pieces.length; at++) expect(pieces[at].jump).toBe(pieces[at - 1].text === 'd');
  const stories = await runJob(writerJob, { text: { stories: 'de', bytes: 200_000 }, unit: 'character', order: 3, seed: 7, length: 400 });
  expect(stories.result.pieces.some(({ jump }) => jump)).toBe(false);
});

it('says a memory of one piece in the singular', () => {
  expect(de.die.found(1, 'Wort', '780', '12')).toBe('Das letzte Wort steht an 780 Stellen im Text. Dort ging es auf 12 Arten weiter.');
  expect(de.die.found(3, 'Zeichen', '1', '1')).toBe('Die letzten 3 Zeichen stehen an einer Stelle im Text. Dort ging es auf eine Art weiter.');
  expect(en.die.found(1, 'word', '780', '12')).toBe('The last word stands at 780 places in the text. From there it went on in 12 different ways.');
  expect(en.die.found(2, 'words', '1', '1')).toBe('The last 2 words stand at one place in the text. From there it went on in one way.');
});

it('ignores choices of a link that another text made', async () => {
  const { result } = await runJob(writerJob, { text: { own: 'abab' }, unit: 'character', order: 1, seed: 1, length: 5, picks: [{ at: 2, id: 99 }] });
  expect(result.pieces.map(({ text }) => text).join('')).toHaveLength(5);
  expect(result.pieces.some(({ mine }) => mine)).toBe(false);
});

it('counts a text on although the run that began was cancelled', async () => {
  const kept = new Map<string, unknown>();
  const tools = (breaths: number): Tools => ({
    keep: async (key: string, make: () => unknown) => (kept.has(key) ? kept : kept.set(key, await make())).get(key),
    preparing: () => {},
    breathe: async () => {
      if (breaths-- <= 0) throw new Error('cancelled');
    },
  }) as unknown as Tools;
  const long = own.repeat(50);
  const input = { text: { own: long }, unit: 'character', order: 4 } as const;
  await expect(chainOf(tools(1), input)).rejects.toThrow('cancelled');
  const chain = await chainOf(tools(1000), input);
  expect(chain.counted.ngrams.table).toEqual(TextMarkov.train(long, { unit: 'character', order: 4 }).counted.ngrams.table);
  expect(kept.size).toBe(1);
});

describe('counting by hand', () => {
  it('is what the chain counts, and what the code prints', async () => {
    for (const kind of ['word', 'vowel'] as const) {
      const counted = kind === 'word' ? own : vowelsAndConsonants(own, 'V', 'K');
      const { result: table } = await runJob(tableJob, { text: counted, unit: kind === 'word' ? 'word' : 'character' });
      const { source, prints } = tableCode({ text: own, kind, vowel: 'V', consonant: 'K', table });
      expect(await runCode(source)).toBe(prints);
    }
  });

  it('takes one pair after the other', () => {
    const ids = [0, 1, 0, 1, 1];
    expect(tally(ids, 2, 0)).toEqual([[0, 0], [0, 0]]);
    expect(tally(ids, 2, 2)).toEqual([[0, 1], [1, 0]]);
    expect(tally(ids, 2, Infinity)).toEqual([[0, 2], [1, 1]]);
  });

  it('sees vowels and consonants, and nothing else', () => {
    expect(vowelsAndConsonants('Über 3 Äpfel, ja!', 'V', 'K')).toBe('VKVKVKKVKKV');
  });
});

describe('marks', () => {
  const place = (starts: number[], lasts: number[], ends: number[]): Parameters<typeof marked>[0] => ({ starts: Int32Array.from(starts), lasts: Int32Array.from(lasts), ends: Int32Array.from(ends), part: { from: 10, text: 'abcabcab' } });

  it('are cut at the edges of the part, and do not overlap', () => {
    expect(marked(place([0, 10, 13, 16], [2, 12, 15, 18], [3, 13, 16, 19]), 2)).toEqual([
      { text: 'ab', kind: 'seen', here: false },
      { text: 'c', kind: 'last', here: false },
      { text: 'ab', kind: 'seen', here: true },
      { text: 'c', kind: 'last', here: true },
      { text: 'ab', kind: 'seen', here: false },
    ]);
    expect(marked(place([10, 11, 12], [12, 13, 14], [13, 14, 15]), 0).map(({ text }) => text)).toEqual(['a', 'b', 'ca', 'b', 'cab']);
    expect(marked(place([], [], []), 0)).toEqual([{ text: 'abcabcab', kind: undefined, here: undefined }]);
  });
});

it.each([
  ['', []],
  ['12.45', []],
  ['de-word_12.45', [{ at: 12, id: 45 }]],
  ['de-word_20.3_12.45', [{ at: 12, id: 45 }, { at: 20, id: 3 }]],
  ['de-word_x_1.2_3_-4.5', [{ at: 1, id: 2 }]],
])('reads the choices %j', (setting, picks) => {
  const of = { text: 'de', unit: 'word' } as const;
  expect(readPicks(setting, of)).toEqual(picks);
  expect(readPicks(writePicks(picks, of), of)).toEqual(picks);
  // Of another text or unit, the ids are those of other pieces.
  expect(readPicks(writePicks(picks, of), { ...of, text: 'en' })).toEqual([]);
  expect(readPicks(writePicks(picks, of), { ...of, unit: 'character' })).toEqual([]);
});
