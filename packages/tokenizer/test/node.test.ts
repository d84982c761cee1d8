import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BytePairTokenizer, CharacterTokenizer } from '@kk/tokenizer';
import { loadTokenizer, saveTokenizer, trainFromFiles } from '@kk/tokenizer/node';
import { english, german } from './support/texts.js';
import { all } from './support/trained.js';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'kk-tokenizer-'))));
afterEach(() => rm(folder, { recursive: true }));

describe('saveTokenizer and loadTokenizer', () => {
  it.each(all)('%s come back from a file', async (_name, tokenizer) => {
    const file = await saveTokenizer(tokenizer, join(folder, 'my.json'));
    expect(file).toBe(join(folder, 'my.json'));
    expect((await loadTokenizer(file)).toJSON()).toEqual(tokenizer.toJSON());
  });

  it('use tokenizer.json in a folder, which may be new', async () => {
    const [, tokenizer] = all[0];
    const model = join(folder, 'runs', 'model');
    expect(await saveTokenizer(tokenizer, model)).toBe(join(model, 'tokenizer.json'));
    expect((await loadTokenizer(model)).encode('Don')).toEqual(tokenizer.encode('Don'));
    expect((await loadTokenizer(join(model, 'tokenizer.json'))).kind).toBe('character');
    await mkdir(join(folder, 'folder.json'));
    expect(await saveTokenizer(tokenizer, join(folder, 'folder.json'))).toBe(join(folder, 'folder.json', 'tokenizer.json'));
  });

  it('refuse an extension of no format, and take a name for a folder if it ends with a slash, with a version or is one', async () => {
    const [, tokenizer] = all[0];
    const extensions = 'expected .json, .model, .txt or .tiktoken, or a folder: end the name of a new one with a slash.';
    for (const name of ['my.jso', 'my.JSON', 'my.json.gz']) {
      const file = join(folder, name);
      await expect(saveTokenizer(tokenizer, file)).rejects.toThrow(`saveTokenizer got ${JSON.stringify(file)}, whose extension ${extname(name)} is of no format; ${extensions}`);
    }
    expect(await readdir(folder)).toEqual([]);
    await mkdir(join(folder, 'there.old'));
    for (const name of ['gpt-1.5', 'new.one/', 'there.old', '.hidden']) expect(await saveTokenizer(tokenizer, join(folder, name))).toBe(join(folder, name, 'tokenizer.json'));
  });

  it('replace a file as a whole and leave nothing else behind', async () => {
    const file = join(folder, 'tokenizer.json');
    await saveTokenizer(all[0][1], file);
    await saveTokenizer(all[2][1], file);
    expect((await loadTokenizer(file)).kind).toBe('byte-pair');
    expect(await readdir(folder)).toEqual(['tokenizer.json']);
  });

  it('leave the old file alone when writing the new one fails', async () => {
    const file = join(folder, 'tokenizer.json');
    await saveTokenizer(all[0][1], file);
    const before = await readFile(file, 'utf8');
    const broken = Object.assign(Object.create(all[2][1]), { toJSON: () => ({ count: 1n }) });
    await expect(saveTokenizer(broken, file)).rejects.toThrow(TypeError);
    expect(await readFile(file, 'utf8')).toBe(before);
    expect(await readdir(folder)).toEqual(['tokenizer.json']);
  });

  it.each([
    ['nothing', undefined, 'expected a tokenizer.json or a folder that holds one'],
    ['an empty file', '', 'is not valid JSON'],
    ['half a file', JSON.stringify(all[2][1]).slice(0, 2000), 'is not valid JSON'],
    ['another file', '{"version":"1.0","model":{"type":"Unigrams"}}', 'model.type is "Unigrams"'],
    ['no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'is not valid UTF-8'],
  ])('refuse %s and name the file', async (_name, content, message) => {
    const file = join(folder, 'tokenizer.json');
    if (content !== undefined) await writeFile(file, content);
    await expect(loadTokenizer(file)).rejects.toThrow(message);
    await expect(loadTokenizer(file)).rejects.toThrow(file);
  });
});

describe('trainFromFiles', () => {
  it('learns what train learns from the content', async () => {
    const files = [join(folder, 'en.txt'), join(folder, 'de.txt')];
    await writeFile(files[0], english);
    await writeFile(files[1], german);
    const bytePairs = await trainFromFiles(BytePairTokenizer, files, { vocabSize: 300 });
    expect(bytePairs.toJSON()).toEqual(BytePairTokenizer.train([english, german], { vocabSize: 300 }).toJSON());
    const characters = await trainFromFiles(CharacterTokenizer, files, {});
    expect(characters.encode(german)).toEqual(CharacterTokenizer.train(english + german).encode(german));
  });

  it('names a file that is missing, empty or no UTF-8', async () => {
    const file = join(folder, 'text.txt');
    const train = (): Promise<unknown> => trainFromFiles(CharacterTokenizer, [file], {});
    await expect(train()).rejects.toThrow(`Cannot read ${file}`);
    await writeFile(file, '');
    await expect(train()).rejects.toThrow(`${file} is empty; expected text to learn from`);
    await writeFile(file, Buffer.from([0x61, 0xe4, 0x62]));
    await expect(train()).rejects.toThrow(`${file} is not valid UTF-8`);
    await expect(trainFromFiles(CharacterTokenizer, [folder], {})).rejects.toThrow(`Cannot read ${folder}`);
    await expect(trainFromFiles(CharacterTokenizer, [], {})).rejects.toThrow('the training text is empty');
  });
});
