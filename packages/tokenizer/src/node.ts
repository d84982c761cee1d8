// Reads and writes tokenizer files, and trains on text files, in Node.

import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { reasonOf, writeWholeFile } from '@kk/whole-file';
import { checkFileOptions, type FileOptions, tokenizerFromBytes } from './formats/from-bytes.js';
import { type TokenizerConfig, tokenizerConfigFields, tokenizerConfigFromJSON, tokenizerConfigToJSON } from './formats/tokenizer-config.js';
import { ranksFromTokenizer } from './formats/from-ranks.js';
import { tokenizerFromVocabAndMerges, vocabAndMergesFromTokenizer } from './formats/vocab-and-merges.js';
import { vocabTextFromTokenizer } from './formats/vocab-text.js';
import { sentencePieceFromTokenizer } from './formats/sentence-piece/write.js';
import type { Tokenizer } from './core/tokenizer.js';

const FILE_NAME = 'tokenizer.json';
const CONFIG = 'tokenizer_config.json';
const TEMPLATE = 'chat_template.jinja';
/** A folder of further templates, each in a file under its name. */
const TEMPLATES = 'additional_chat_templates';
const JINJA = '.jinja';
const VOCABULARY = 'vocab.json';
const MERGES = 'merges.txt';
/** The file names to look for in a folder, in order of preference. */
const FOLDER_NAMES = [FILE_NAME, VOCABULARY, 'tokenizer.model', 'spiece.model', 'sentencepiece.bpe.model', 'vocab.txt'];

/**
 * Loads a tokenizer from a file, or from a folder that holds one under its usual name. The name decides the format: `.json` is a
 * tokenizer.json, `vocab.json` belongs to a `merges.txt` and the added tokens of a tokenizer_config.json beside it, `.model` is SentencePiece's, `.tiktoken` needs `options.pattern`,
 * `.txt` is BERT's.
 * @throws {Error} naming the file, when it is missing, not UTF-8, not JSON, or not a tokenizer of this package
 */
export async function loadTokenizer(path: string, options: FileOptions = {}): Promise<Tokenizer> {
  checkFileOptions('loadTokenizer', options);
  const file = await tokenizerFileAt(path);
  const expected = `expected a ${FILE_NAME} or a folder that holds one`;
  const name = basename(file);
  try {
    if (name === VOCABULARY || name === MERGES) return await loadVocabAndMerges(dirname(file));
    return await tokenizerFromBytes(await readBytes(file, expected), name, options);
  } catch (error) {
    const message = messageOf(error);
    if (message.includes(file)) throw error;
    const said = /^The file (is not valid .*)$/s.exec(message)?.[1];
    throw new Error(said ? `${file} ${said}` : `Cannot load ${file}: ${message}`, { cause: error });
  }
}

/**
 * The chat templates and the special tokens of a folder: those that its tokenizer_config.json names, and the templates of chat_template.jinja
 * and of additional_chat_templates/NAME.jinja, which come before those of the same name. Undefined if it has none of these files.
 * @throws {Error} naming the file and what is wrong with it
 */
export async function loadTokenizerConfig(folder: string): Promise<TokenizerConfig | undefined> {
  const names = await namesIn(folder);
  const template = names.includes(TEMPLATE) ? { chatTemplate: await readText(join(folder, TEMPLATE), 'expected a Jinja template') } : undefined;
  const further = await furtherTemplates(folder);
  if (!names.includes(CONFIG)) return template ?? further ? { ...template, ...(further && { chatTemplates: further }) } : undefined;
  const file = join(folder, CONFIG);
  const json = await readConfig(file);
  try {
    const config = tokenizerConfigFromJSON(json);
    return { ...config, ...template, ...(further && { chatTemplates: { ...config.chatTemplates, ...further } }) };
  } catch (error) {
    throw new Error(`${file}: ${messageOf(error).replace(`${CONFIG}: `, '')}`, { cause: error });
  }
}

/** The templates of additional_chat_templates/ by name; undefined if there are none. */
async function furtherTemplates(folder: string): Promise<Record<string, string> | undefined> {
  const files = (await namesIn(join(folder, TEMPLATES))).filter((name) => name.endsWith(JINJA)).sort();
  if (files.length === 0) return undefined;
  const texts = files.map(async (name): Promise<[string, string]> => [basename(name, JINJA), await readText(join(folder, TEMPLATES, name), 'expected a Jinja template')]);
  return Object.fromEntries(await Promise.all(texts));
}

/**
 * Writes a folder's tokenizer_config.json; the folder is created if missing. Fields of a file that is there and that `TokenizerConfig` does not
 * know stay as they are. A chat_template.jinja and an additional_chat_templates/ that are there are written or removed too, since they come
 * first.
 * @throws {TypeError} naming the field that is wrong; {Error} naming the file when the one that is there is wrong
 */
export async function saveTokenizerConfig(folder: string, config: TokenizerConfig): Promise<void> {
  const fields = tokenizerConfigToJSON(config);
  const file = join(folder, CONFIG);
  const before = await loadTokenizerConfig(folder); // refuses a file that is wrong, and leaves it as it is
  const names = await namesIn(folder);
  const others = names.includes(CONFIG) ? ((await readConfig(file)) as Record<string, unknown>) : {};
  for (const name of tokenizerConfigFields) delete others[name];
  const template = join(folder, TEMPLATE);
  if (names.includes(TEMPLATE)) await (config.chatTemplate === undefined ? rm(template) : writeWholeFile(template, config.chatTemplate));
  if (names.includes(TEMPLATES)) await saveFurtherTemplates(join(folder, TEMPLATES), config.chatTemplates ?? {}, before?.chatTemplates ?? {});
  await writeWholeFile(file, `${JSON.stringify({ ...others, ...fields }, null, 2)}\n`);
}

async function saveFurtherTemplates(folder: string, templates: Readonly<Record<string, string>>, before: Readonly<Record<string, string>>): Promise<void> {
  const strange = Object.keys(templates).find((name) => !/^[^/\\:]+$/.test(name));
  if (strange !== undefined) throw new TypeError(`saveTokenizerConfig: chatTemplates has the name ${JSON.stringify(strange)}; expected a name for a file in ${folder}, without slashes and colons.`);
  for (const name of Object.keys(before)) if (!Object.hasOwn(templates, name)) await rm(join(folder, name + JINJA), { force: true });
  for (const [name, template] of Object.entries(templates)) await writeWholeFile(join(folder, name + JINJA), template);
}

const namesIn = async (folder: string): Promise<string[]> => ((await isFolder(folder)) ? readdir(folder) : []);

async function readConfig(file: string): Promise<unknown> {
  const text = await readText(file, 'expected a JSON object');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is not valid JSON; expected an object such as {"eos_token": "</s>"}.`, { cause: error });
  }
}

/** The file that `loadTokenizer` reads: the path itself, or for a folder the one in it with a usual name. */
export async function tokenizerFileAt(path: string): Promise<string> {
  return (await isFolder(path)) ? fileInFolder(path) : path;
}

/** The extensions of the formats that are one file. */
const EXTENSIONS = ['.json', '.model', '.txt', '.tiktoken'];

/**
 * Writes a tokenizer to a file, in the format of its name (see `loadTokenizer`), or as `tokenizer.json` into a folder, which is created if
 * missing. A folder is a path that is one, that has no extension (`model`, `model-1.5`) or that ends with a slash. The file appears under its name only when it is complete.
 * @returns the path of the file; for `vocab.json` and `merges.txt` that of `vocab.json`
 * @throws {TypeError} when the format cannot hold this tokenizer, or the extension is of no format
 */
export async function saveTokenizer(tokenizer: Tokenizer, path: string): Promise<string> {
  const extension = /[/\\]$/.test(path) ? '' : extname(path);
  const isFile = /^\.[a-z]/i.test(extension) && !(await isFolder(path)); // digits after a full stop are a version
  if (isFile && !EXTENSIONS.includes(extension)) {
    throw new TypeError(`saveTokenizer got ${JSON.stringify(path)}, whose extension ${extension} is of no format; expected ${EXTENSIONS.slice(0, -1).join(', ')} or ${EXTENSIONS.at(-1)}, or a folder: end the name of a new one with a slash.`);
  }
  const file = isFile ? path : join(path, FILE_NAME);
  const name = basename(file);
  if (name === VOCABULARY || name === MERGES) {
    const { vocab, merges } = vocabAndMergesFromTokenizer(tokenizer);
    const folder = dirname(file);
    await writeWholeFile(join(folder, MERGES), merges);
    await writeWholeFile(join(folder, VOCABULARY), `${JSON.stringify(vocab)}\n`);
    return join(folder, VOCABULARY);
  }
  await writeWholeFile(file, await contentOf(tokenizer, extname(name)));
  return file;
}

async function contentOf(tokenizer: Tokenizer, extension: string): Promise<string | Uint8Array> {
  switch (extension) {
    case '.model':
      return sentencePieceFromTokenizer(tokenizer);
    case '.txt':
      return vocabTextFromTokenizer(tokenizer);
    case '.tiktoken':
      return ranksFromTokenizer(tokenizer);
    default:
      return `${JSON.stringify(tokenizer.toJSON(), null, 2)}\n`;
  }
}

/**
 * Trains a tokenizer on text files, for example `trainFromFiles(BytePairTokenizer, ['a.txt'], { vocabSize: 4000 })`.
 * @throws {Error} naming the file that is missing, empty or not UTF-8
 */
export async function trainFromFiles<Options, Trained extends Tokenizer>(
  algorithm: { train(texts: Iterable<string>, options: Options): Trained },
  paths: readonly string[],
  options: Options,
): Promise<Trained> {
  const texts: string[] = [];
  for (const path of paths) {
    const text = await readText(path, 'expected a text file');
    if (text === '') throw new Error(`${path} is empty; expected text to learn from.`);
    texts.push(text);
  }
  return algorithm.train(texts, options);
}

/** The first of FOLDER_NAMES that exists in the folder. If none does, tokenizer.json, so that the error of reading it names that file. */
async function fileInFolder(folder: string): Promise<string> {
  const names = await readdir(folder);
  return join(folder, FOLDER_NAMES.find((name) => names.includes(name)) ?? FILE_NAME);
}

async function loadVocabAndMerges(folder: string): Promise<Tokenizer> {
  const file = join(folder, VOCABULARY);
  const vocab = await readText(file, `expected the vocabulary that belongs to ${MERGES}`);
  const merges = await readText(join(folder, MERGES), `expected the merges that belong to ${VOCABULARY}`);
  let json: unknown;
  try {
    json = JSON.parse(vocab);
  } catch (error) {
    throw new Error(`${file} is not valid JSON; expected the vocabulary that belongs to ${MERGES}.`, { cause: error });
  }
  const addedTokens = (await loadTokenizerConfig(folder))?.addedTokens;
  const tokenizer = tokenizerFromVocabAndMerges(json, merges, { addedTokens });
  for (const { content, id } of addedTokens ?? []) {
    const own = tokenizer.tokenToId(content);
    if (own !== id) throw new Error(`${join(folder, CONFIG)}: added_tokens_decoder gives ${JSON.stringify(content)} the id ${id}; expected ${own}, the next one behind ${file}. Save the tokenizer as ${FILE_NAME}, which may have any ids.`);
  }
  return tokenizer;
}

async function readText(file: string, expected: string): Promise<string> {
  const bytes = await readBytes(file, expected);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Error(`${file} is not valid UTF-8; save it as UTF-8 first.`, { cause: error });
  }
}

async function readBytes(file: string, expected: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new Error(`Cannot read ${file}: ${reasonOf(error)}; ${expected}.`, { cause: error });
  }
}

/** Whether the path is a folder. False also if nothing is there; reading it then reports the error. */
async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
