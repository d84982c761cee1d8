// Writes and reads a TextMarkov as bytes, as JSON, or as an ARPA file. All input is checked.
import { checkOptions } from '@kk/options';
import { BackoffModel } from '../backoff-model.js';
import type { BackoffTable } from '../backoff-table.js';
import { NgramCounts } from '../counts/ngram-counts.js';
import { suffixLinks } from '../counts/trie.js';
import { parseSmoothing } from '../estimators/index.js';
import { checkVocabSize } from '../ids.js';
import { MarkovModel } from '../markov-model.js';
import { checkWeight, type KeptText } from '../sources.js';
import { type Beginning, Beginnings, beginningsIn, firstIds } from '../text/beginnings.js';
import { CodecCoder, END, START, type TextCoder, type TokenCodec, UNKNOWN, UnitCoder } from '../text/coder.js';
import { TextMarkov } from '../text/text-markov.js';
import type { TextMarkovParts } from '../text/text-training.js';
import type { UnitName } from '../text/units.js';
import type { ArpaModel } from './arpa-read.js';
import { arpaLines, readToken } from './arpa-write.js';
import { checkCounts, checkProbabilities, checkTrie } from './check.js';
import { type NumberArray, packArrays, unpackArrays } from './container.js';

const FORMAT = 'kk-markov';
const HIGHEST_ORDER = 12;

export interface WriteOptions {
  /** Whether to write the texts as well, for provenance and remove(). Default true if they were kept. */
  texts?: boolean;
}

export interface ReadOptions {
  /** The tokenizer, for a model whose unit is one: files do not contain it. */
  tokenizer?: TokenCodec;
}

interface Description {
  format: typeof FORMAT;
  kind: 'counts' | 'probabilities';
  unit: UnitName | 'tokenizer';
  sentences: boolean;
  unknowns: boolean;
  minCount: number;
  order: number;
  vocabSize: number;
  smoothing?: string;
  floor?: 'uniform' | 'none';
  startToken: number;
  unknownToken: number;
  /** Without a tokenizer: the token of each id. */
  tokens?: readonly string[];
  /** How the texts begin: ids and counts; see Beginnings. */
  beginnings?: readonly Beginning[];
  sources: { name: string; weight: number; length: number; text?: string }[];
}

/** The binary form: a header, then the arrays in their memory layout, with 8 bytes per n-gram and 4 per context. See container.ts. */
export function markovToBytes(markov: TextMarkov, options: WriteOptions = {}): Uint8Array<ArrayBuffer> {
  checkOptions<WriteOptions>('markovToBytes', options, { texts: true });
  return packArrays(describe(markov.parts, options), arraysOf(markov.parts.model));
}

/**
 * Reads a model from the bytes of markovToBytes(). Its arrays are views on the bytes, which must not be changed afterwards.
 *
 * @throws RangeError if the bytes are not such a file, or are inconsistent
 * @throws TypeError if the model needs a tokenizer and none is given
 */
export function markovFromBytes(bytes: Uint8Array, options: ReadOptions = {}): TextMarkov {
  checkOptions<ReadOptions>('markovFromBytes', options, { tokenizer: true });
  const { header, arrays } = unpackArrays(bytes);
  return assemble(header, arrays, options);
}

/** The model as a JSON object, for small models. */
export function markovToJSON(markov: TextMarkov, options: WriteOptions = {}): object {
  checkOptions<WriteOptions>('markovToJSON', options, { texts: true });
  const arrays = Object.fromEntries(Object.entries(arraysOf(markov.parts.model)).map(([name, values]) => [name, Array.from(values)]));
  return { ...describe(markov.parts, options), data: arrays };
}

/** Reads a model from a JSON object of markovToJSON(). @throws as markovFromBytes() */
export function markovFromJSON(json: unknown, options: ReadOptions = {}): TextMarkov {
  checkOptions<ReadOptions>('markovFromJSON', options, { tokenizer: true });
  const object = recordOf(json, 'the model');
  const arrays = new Map<string, NumberArray>();
  for (const [name, values] of Object.entries(recordOf(object.data, 'data'))) {
    if (!Array.isArray(values) || !values.every((value) => typeof value === 'number')) throw new RangeError(`data.${name} of the model is no list of numbers`);
    const isFloat = name === 'probabilities' || name === 'backoffs';
    if (!isFloat && !values.every((value) => Number.isInteger(value) && Math.abs(value) < 2 ** 31)) throw new RangeError(`data.${name} of the model is no list of integers`);
    arrays.set(name, isFloat ? Float64Array.from(values) : Int32Array.from(values));
  }
  return assemble(object, arrays, options);
}

/** The lines of an ARPA file. A model of a tokenizer has ids in place of tokens. @throws TypeError if the smoothing has no backoff form */
export function markovToArpaLines(markov: TextMarkov): Generator<string, void, undefined> {
  const { model, coder } = markov.parts;
  return arpaLines(model instanceof MarkovModel ? model.backoff : model, coder instanceof CodecCoder ? Array.from({ length: coder.vocabSize }, (_, id) => String(id)) : coder.tokens);
}

/** The ARPA file as one string. */
export function markovToArpa(markov: TextMarkov): string {
  return [...markovToArpaLines(markov)].join('');
}

/**
 * Creates a model from an ARPA file. It has probabilities, but neither counts nor sources.
 *
 * @param unit the unit of its tokens; default 'whitespace'. For other units, pictures of spaces (see arpaLines) become spaces again
 */
export function markovFromArpa({ model, tokens }: ArpaModel, options: { unit?: UnitName } = {}): TextMarkov {
  checkOptions<{ unit?: UnitName }>('markovFromArpa', options, { unit: true });
  const { unit = 'whitespace' } = options;
  const own = unit === 'whitespace' ? tokens : tokens.map(readToken);
  const coder = new UnitCoder({ unit, sentences: own.includes(START) && own.includes(END), unknowns: own.includes(UNKNOWN) }, own);
  if (coder.vocabSize !== tokens.length) throw new RangeError('two tokens of the ARPA file are the same once pictures of spaces are spaces again; read it with the unit whitespace');
  return new TextMarkov({ model: new BackoffModel(model.table, coder.unknownToken), coder, texts: [], strings: [], beginnings: new Beginnings(model.order), minCount: 1, keepTexts: false });
}

function describe({ model, coder, texts, strings, beginnings, minCount }: TextMarkovParts, { texts: withTexts = true }: WriteOptions): Description {
  const options = coder instanceof UnitCoder ? coder.options : { unit: 'tokenizer' as const, sentences: false, unknowns: false };
  return {
    format: FORMAT,
    kind: model instanceof MarkovModel ? 'counts' : 'probabilities',
    ...options,
    minCount,
    order: model.order,
    vocabSize: model.vocabSize,
    ...(model instanceof MarkovModel ? { smoothing: model.smoothing, floor: model.floor } : {}),
    startToken: model.startToken,
    unknownToken: model.unknownToken,
    ...(coder instanceof UnitCoder ? { tokens: coder.tokens } : {}),
    ...(beginnings.list.length > 0 ? { beginnings: beginnings.list } : {}),
    sources: texts.map(({ name, weight, length }, i) => ({ name, weight, length, ...(withTexts && strings[i] !== undefined ? { text: strings[i] } : {}) })),
  };
}

function arraysOf(model: MarkovModel | BackoffModel): Record<string, NumberArray> {
  if (model instanceof MarkovModel) {
    const { tokens, counts, firstChild } = model.ngrams.table;
    return { tokens, counts, firstChild };
  }
  const { tokens, firstChild, probabilities, backoffs, normalizers } = model.table;
  return { tokens, firstChild, probabilities, backoffs, ...(normalizers === undefined ? {} : { normalizers }) };
}

function assemble(header: Record<string, unknown>, arrays: Map<string, NumberArray>, { tokenizer }: ReadOptions): TextMarkov {
  if (header.format !== FORMAT) throw new RangeError(`the model has the format ${JSON.stringify(header.format)}: expected ${FORMAT}`);
  const order = integer(header.order, 'order', 0, HIGHEST_ORDER);
  const vocabSize = integer(header.vocabSize, 'vocabSize', 1, 2 ** 24);
  checkVocabSize(vocabSize);
  const startToken = integer(header.startToken, 'startToken', -1, vocabSize - 1);
  const unknownToken = integer(header.unknownToken, 'unknownToken', -1, vocabSize - 1);
  const coder = coderOf(header, tokenizer);
  if (coder.vocabSize !== vocabSize) throw new RangeError(`the model has a vocabulary of ${vocabSize}, but ${coder.vocabSize} tokens${tokenizer === undefined ? '' : ': is it the right tokenizer?'}`);
  if (coder.startToken !== startToken || coder.unknownToken !== unknownToken) throw new RangeError('the special tokens of the model are not those of its vocabulary; the file is damaged');
  const trie = { tokens: int32(arrays, 'tokens'), firstChild: int32(arrays, 'firstChild') };
  checkTrie(trie, vocabSize, order);
  const minCount = integer(header.minCount, 'minCount', 1, 2 ** 31);
  if (header.kind === 'probabilities') {
    const contexts = trie.firstChild.length - 1;
    const probabilities = float64(arrays, 'probabilities', trie.tokens.length);
    const backoffs = float64(arrays, 'backoffs', contexts);
    checkProbabilities(probabilities, backoffs);
    const table: BackoffTable = { ...trie, order, vocabSize, startToken, lower: 'shorter', probabilities, backoffs, suffixes: suffixLinks(trie, contexts) };
    return new TextMarkov({ model: new BackoffModel(table, unknownToken), coder, texts: [], strings: [], beginnings: new Beginnings(order), minCount, keepTexts: false });
  }
  if (header.kind !== 'counts') throw new RangeError(`the model is of the kind ${JSON.stringify(header.kind)}: expected counts or probabilities`);
  const counts = int32(arrays, 'counts');
  if (counts.length !== trie.tokens.length) throw new RangeError(`the model has ${counts.length} counts for ${trie.tokens.length} n-grams; the file is damaged`);
  checkCounts(trie, counts);
  const { texts, strings } = sourcesOf(header.sources, coder);
  const floor = header.floor === 'none' ? 'none' : 'uniform';
  const model = MarkovModel.fromCounts(new NgramCounts(order, vocabSize, { ...trie, counts }), texts, { smoothing: parseSmoothing(String(header.smoothing)), startToken, unknownToken, floor });
  const beginnings = header.beginnings === undefined && startToken < 0 ? beginningsOfOlderFile(model, coder) : beginningsOf(header.beginnings, order, vocabSize);
  return new TextMarkov({ model, coder, texts, strings, beginnings, minCount, keepTexts: strings.length > 0 && strings.every((text) => text !== undefined) });
}

function coderOf(header: Record<string, unknown>, tokenizer?: TokenCodec): TextCoder {
  if (header.unit === 'tokenizer') {
    if (tokenizer === undefined) throw new TypeError('this model was trained on the ids of a tokenizer, which its file does not hold: give it as the option tokenizer');
    return new CodecCoder(tokenizer);
  }
  const { tokens } = header;
  if (!Array.isArray(tokens) || !tokens.every((token) => typeof token === 'string' && token !== '')) throw new RangeError('the vocabulary of the model is no list of tokens; the file is damaged');
  if (new Set(tokens).size !== tokens.length) throw new RangeError('the vocabulary of the model has a token twice; the file is damaged');
  return new UnitCoder({ unit: String(header.unit) as UnitName, sentences: header.sentences === true, unknowns: header.unknowns === true }, tokens as string[]);
}

function sourcesOf(value: unknown, coder: TextCoder): { texts: KeptText[]; strings: (string | undefined)[] } {
  const texts: KeptText[] = [];
  const strings: (string | undefined)[] = [];
  for (const entry of Array.isArray(value) ? (value as unknown[]) : []) {
    const { name, weight, length, text } = recordOf(entry, 'a source');
    if (typeof name !== 'string' || (text !== undefined && typeof text !== 'string')) throw new RangeError('a source of the model has no name, or a text that is none; the file is damaged');
    checkWeight(weight as number);
    // The ids of a text are computed on first use.
    let ids: Int32Array | undefined;
    const kept = text === undefined ? {} : {
      ids: () => (ids ??= coder.encode(text)),
      *idsInSteps() {
        return (ids ??= yield* coder.encodeInSteps(text));
      },
    };
    texts.push({ name, weight: weight as number, length: integer(length, 'length', 0, 2 ** 31), ...kept });
    strings.push(text);
  }
  return { texts, strings };
}

function beginningsOf(value: unknown, order: number, vocabSize: number): Beginnings {
  const list = (Array.isArray(value) ? (value as unknown[]) : []).map((entry): Beginning => {
    const { ids, count } = recordOf(entry, 'a beginning');
    if (!Array.isArray(ids) || ids.length > order) throw new RangeError(`a beginning of the model is no list of at most ${order} ids; the file is damaged`);
    return { ids: ids.map((id) => integer(id, 'an id of a beginning', 0, vocabSize - 1)), count: integer(count, 'the count of a beginning', 1, 2 ** 31 - 1) };
  });
  return new Beginnings(order).with(list);
}

/** Files of earlier versions do not tell how the texts begin; their counts do. */
function beginningsOfOlderFile({ ngrams }: MarkovModel, coder: TextCoder): Beginnings {
  const list = beginningsIn(ngrams, ngrams.order).map(({ ids, count }) => ({ ids: firstIds(ids, ids.length, (id) => coder.isBlank(id)), count }));
  return new Beginnings(ngrams.order).with(list);
}

function recordOf(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new RangeError(`${what} is no JSON object: expected what markovToJSON() gives`);
  return value as Record<string, unknown>;
}

function integer(value: unknown, name: string, lowest: number, highest: number): number {
  if (Number.isInteger(value) && (value as number) >= lowest && (value as number) <= highest) return value as number;
  throw new RangeError(`${name} of the model is ${JSON.stringify(value)}: expected an integer from ${lowest} to ${highest}`);
}

function int32(arrays: Map<string, NumberArray>, name: string): Int32Array {
  const values = arrays.get(name);
  if (values instanceof Int32Array) return values;
  throw new RangeError(`the model has no array ${name} of integers; the file is damaged`);
}

function float64(arrays: Map<string, NumberArray>, name: string, length: number): Float64Array {
  const values = arrays.get(name);
  if (values instanceof Float64Array && values.length === length) return values;
  throw new RangeError(`the model has no array ${name} of ${length} numbers; the file is damaged`);
}
