// What the browser gives back may be damaged: it counts as absent, nothing that is whole is lost with it, and what comes new takes its place.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type * as OwnModels from '../src/storage/own-models.js';
import type * as OwnVotes from '../src/storage/own-votes.js';

/** The browser's store. */
const kept = new Map<unknown, unknown>();

vi.mock('idb-keyval', () => ({
  createStore: () => async () => undefined,
  get: async (key: string) => kept.get(key),
  set: async (key: string, value: unknown) => void kept.set(key, value),
  update: async (key: string, change: (value: unknown) => unknown) => void kept.set(key, change(kept.get(key))),
  del: async (key: string) => void kept.delete(key),
  keys: async () => [...kept.keys()],
}));

beforeEach(() => {
  kept.clear();
  vi.resetModules();
  vi.stubGlobal('location', { hash: '' });
  vi.stubGlobal('addEventListener', () => {});
});

/** What is no value of any kind that the course keeps. */
const nonsense = [null, 5, NaN, true, 'x', {}, { length: 3 }, [], [null], [5], new Array(3), new Array(5), new Date(0), new Map([['name', 'x']])];

describe('a model', () => {
  const file = new Blob(['{}']);
  const facts = { family: 'gpt', parameters: 1, layers: 1, heads: 1, width: 1, contextLength: 1, vocabSize: 1 } as const;
  const files = { 'config.json': file, 'tokenizer.json': file, 'model.safetensors': file };
  const whole: OwnModels.OwnModel = { name: 'x', facts, chapter: 'finetuning', made: '{}', files };
  const models = (): Promise<typeof OwnModels> => import('../src/storage/own-models.js');

  const damaged: unknown[] = [
    ...nonsense,
    { name: 'x', chapter: 'finetuning' },
    ...[undefined, 5, '', 'y'].map((name) => ({ ...whole, name })),
    ...[5, '', 'toString', 'chapter'].map((chapter) => ({ ...whole, chapter })),
    { ...whole, made: 5 },
    ...[undefined, null, 5, { ...facts, family: 'toString' }, { ...facts, family: undefined }].map((wrong) => ({ ...whole, facts: wrong })),
    ...[undefined, '1', NaN, Infinity, 0, -1, 1.5].map((count) => ({ ...whole, facts: { ...facts, parameters: count } })),
    ...['layers', 'heads', 'width', 'contextLength', 'vocabSize'].map((count) => ({ ...whole, facts: { ...facts, [count]: null } })),
    ...[undefined, null, 5, {}, { ...files, 'config.json': '{}' }, { ...files, 'model.safetensors': undefined }].map((wrong) => ({ ...whole, files: wrong })),
  ];
  it.each(damaged.map((value) => [value]))('that is %j is in no list, has no file and gets no other name', async (value) => {
    kept.set('model:x', value);
    kept.set('model:whole', { ...whole, name: 'whole', chapter: undefined });
    const { ownModels, readOwnFile, renameModel } = await models();
    expect((await ownModels()).map(({ name }) => name)).toEqual(['whole']);
    await expect(readOwnFile('x', 'config.json')).rejects.toThrow('no config.json of your model "x"');
    expect(await renameModel('x', 'y')).toBeUndefined();
    expect(kept.get('model:x')).toBe(value);
  });

  it('that is whole takes the place of a damaged one', async () => {
    kept.set('model:x', null);
    const { keepModel, ownModels, removeModel } = await models();
    expect(await keepModel(whole)).toBe(true);
    expect(await ownModels()).toEqual([whole]);
    kept.set('model:x', null);
    await removeModel('x');
    expect([...kept.keys()]).toEqual([]);
  });

  it('is found beside keys that are no text', async () => {
    for (const key of [5, ['model:x'], new Date(0)]) kept.set(key, whole);
    kept.set('model:x', whole);
    expect(await (await models()).ownModels()).toEqual([whole]);
  });

  it.each([...nonsense, '', 'own:'].map((value) => [value]))('is not chosen by %j', async (value) => {
    kept.set('chosen-model', value);
    expect(await (await models()).chosenModel()).toBeUndefined();
  });
});

describe('the chapters that were seen', () => {
  it.each(nonsense.map((value) => [value]))('are none in %j, and the next one is kept', async (value) => {
    kept.set('visited', value);
    const { markVisited, openVisited, visited } = await import('../src/storage/visited.js');
    await openVisited();
    expect(visited.value).toEqual([]);
    await markVisited('words');
    expect(kept.get('visited')).toEqual(['words']);
  });

  it('are those that there are', async () => {
    kept.set('visited', ['words', null, 'token', 'toString', 'words', 5]);
    const { openVisited, visited } = await import('../src/storage/visited.js');
    await openVisited();
    expect(visited.value).toEqual(['token', 'words']);
  });
});

describe('the own text', () => {
  const tooLong = 'a'.repeat(5_000_001);
  it.each([...nonsense.filter((value) => value !== 'x'), tooLong].map((value) => [typeof value === 'string' ? 'too long' : value, value]))('is none when it is %j, nor is the one before the link', async (_, value) => {
    for (const key of ['own-text', 'own-text-before-link']) kept.set(key, value);
    const { earlierText, openOwnText, ownText } = await import('../src/storage/own-text.js');
    await openOwnText();
    expect([ownText.value, earlierText.value]).toEqual(['', '']);
  });
});

describe('the own lines', () => {
  const line = { prompt: 'a', completion: 'b' };
  const linesOf = async (value: unknown): Promise<unknown> => {
    kept.set('own-lines', value);
    const { openOwnLines, ownLines } = await import('../src/storage/own-lines.js');
    await openOwnLines();
    return ownLines.value;
  };

  it.each(nonsense.map((value) => [value]))('are none in %j', async (value) => expect(await linesOf(value)).toEqual([]));

  it('are those that are whole', async () => {
    const damaged = [null, 5, { prompt: 'a' }, { ...line, completion: 5 }, { ...line, prompt: 'a'.repeat(241) }];
    expect(await linesOf([line, ...damaged, { ...line, more: 1 }])).toEqual([line, line]);
  });

  it('are not more than can be written', async () => expect(await linesOf(new Array(50).fill(line))).toHaveLength(40));
});

describe('the own signs', () => {
  const none = { name: '', drawings: [] };

  it.each(nonsense.map((value) => [value]))('are none in %j, and the next drawing is kept', async (value) => {
    kept.set('own-signs', value);
    const { changeOwnSigns, noSigns, openOwnSigns, ownDrawings, ownSigns } = await import('../src/storage/own-signs.js');
    await openOwnSigns();
    expect(ownSigns.value).toEqual(noSigns);
    expect(ownDrawings.value).toBe(0);
    await changeOwnSigns((signs) => signs.map((sign, place) => (place === 0 ? { ...sign, drawings: [...sign.drawings, 'AABB'] } : sign)));
    expect(kept.get('own-signs')).toEqual([{ name: '', drawings: ['AABB'] }, none, none]);
  });

  it('are without what is damaged in them', async () => {
    kept.set('own-signs', [{ name: 5, drawings: ['AABB', null, '!', '.', 'a'.repeat(902)] }, { name: 'Haus', drawings: 5 }, null, { name: 'one more', drawings: ['AA'] }]);
    const { openOwnSigns, ownSigns } = await import('../src/storage/own-signs.js');
    await openOwnSigns();
    expect(ownSigns.value).toEqual([{ name: '', drawings: ['AABB'] }, { name: 'Haus', drawings: [] }, none]);
  });
});

describe('the own votes', () => {
  const votes = (): Promise<typeof OwnVotes> => import('../src/storage/own-votes.js');

  it.each(nonsense.map((value) => [value]))('are none in %j, and the next ones are kept', async (value) => {
    kept.set('own-votes', value);
    const { openOwnVotes, ownVotes, setOwnVotes } = await votes();
    await openOwnVotes();
    expect([...ownVotes]).toEqual([]);
    setOwnVotes('de-1-', 'ab');
    await vi.waitFor(() => expect(kept.get('own-votes')).toEqual({ 'de-1-': 'ab' }));
  });

  it('keep the sets that are whole, and those of another tab', async () => {
    kept.set('own-votes', { 'de-1-': 'abn', 'en-7-': 'c', 'x': 'a', 'de-2-': 5, 'en-3-': 'a'.repeat(61) });
    const { openOwnVotes, ownVotes, setOwnVotes } = await votes();
    await openOwnVotes();
    expect([...ownVotes]).toEqual([['de-1-', 'abn']]);
    kept.set('own-votes', { 'de-1-': 'abn', 'en-1-': 'a' });
    setOwnVotes('de-1-', '');
    await vi.waitFor(() => expect(kept.get('own-votes')).toEqual({ 'en-1-': 'a' }));
    expect([...ownVotes]).toEqual([]);
  });
});
