// Checks a model as Hugging Face folders hold it, by loading it and letting it write a little, and says which file is wrong with what.
// The checked model has three files: a vocabulary in two files and weights in several become one each.
import { Decoder, fromHuggingFaceConfig, fromSafetensors, fromTensors, readShards, shortenContext, toSafetensors, type Transformer, type TransformerConfig } from '@kk/gpt';
import type { Engine } from '@kk/nn-core';
import { generate } from '@kk/sampler';
import { tokenizerFromJSON, tokenizerFromVocabAndMerges, type Tokenizer } from '@kk/tokenizer';
import { sizeOf } from './model-size.js';
import { MOST_POSITIONS } from './ready-model.js';
import type { ModelFacts, ModelFileName } from '../storage/own-models.js';

/** What is wrong: with which file, and in the words of the packages. */
export interface ModelProblem {
  kind: 'missing' | 'pickle' | 'large' | 'json' | 'config' | 'tokenizer' | 'weights' | 'mismatch';
  file: string;
  detail: string;
}

export interface CheckedModel {
  files: Record<ModelFileName, Blob>;
  facts: ModelFacts;
  /** What it writes with seed 1. */
  sample: string;
}

/** A file of the folder by its name, or undefined if it has none. */
export type ReadFile = (name: string) => Promise<Blob | undefined>;

/** More does not fit into a page's memory twice. */
const LARGEST = 1_200_000_000;
const SAMPLE_TOKENS = 30;

class Wrong extends Error {
  readonly problem: ModelProblem;
  constructor(kind: ModelProblem['kind'], file: string, cause: unknown = '') {
    const detail = cause instanceof Error ? cause.message : String(cause);
    super(detail);
    this.problem = { kind, file, detail };
  }
}

export async function checkModel(read: ReadFile, engine: Engine, onProgress: (share: number) => Promise<void>): Promise<CheckedModel | { problem: ModelProblem }> {
  let gpt: Transformer | null = null;
  try {
    const configFile = await expected(read, 'config.json');
    const config = await asking('config', 'config.json', async () => fromHuggingFaceConfig(await json(configFile, 'config.json')));
    await onProgress(0.1);
    const { tokenizer, file: tokenizerFile, name } = await readTokenizer(read);
    if (tokenizer.vocabSize > config.vocabSize) throw new Wrong('mismatch', name, `${tokenizer.vocabSize} > ${config.vocabSize}`);
    await onProgress(0.3);
    const weights = await readWeights(read, engine, shortenContext(config, MOST_POSITIONS));
    gpt = weights.gpt;
    await onProgress(0.8);
    const sample = await asking('weights', weights.name, () => write(gpt!, tokenizer));
    const weightsFile = weights.file ?? new Blob([(await toSafetensors(gpt)) as Uint8Array<ArrayBuffer>]);
    const { layers, heads, width, contextLength, vocabSize } = config;
    return {
      files: { 'config.json': configFile, 'tokenizer.json': tokenizerFile, 'model.safetensors': weightsFile },
      facts: { ...sizeOf(config), layers, heads, width, contextLength, vocabSize },
      sample,
    };
  } catch (error) {
    if (error instanceof Wrong) return { problem: error.problem };
    throw error;
  } finally {
    gpt?.dispose();
  }
}

async function readTokenizer(read: ReadFile): Promise<{ tokenizer: Tokenizer; file: Blob; name: string }> {
  const whole = await read('tokenizer.json');
  if (whole) {
    const tokenizer = await asking('tokenizer', 'tokenizer.json', async () => tokenizerFromJSON((await json(whole, 'tokenizer.json')) as never) as Tokenizer);
    return { tokenizer, file: whole, name: 'tokenizer.json' };
  }
  const [vocab, merges] = [await read('vocab.json'), await read('merges.txt')];
  if (!vocab && !merges) throw new Wrong('missing', 'tokenizer.json');
  if (!vocab || !merges) throw new Wrong('missing', vocab ? 'merges.txt' : 'vocab.json');
  const tokenizer = await asking('tokenizer', 'vocab.json, merges.txt', async () => tokenizerFromVocabAndMerges(await json(vocab, 'vocab.json'), await merges.text()));
  return { tokenizer, file: new Blob([JSON.stringify(tokenizer.toJSON())]), name: 'vocab.json' };
}

/** `file` is the folder's own if its weights are in one. */
async function readWeights(read: ReadFile, engine: Engine, config: TransformerConfig): Promise<{ gpt: Transformer; file?: Blob; name: string }> {
  const name = 'model.safetensors';
  const whole = await read(name);
  if (whole) {
    if (whole.size > LARGEST) throw new Wrong('large', name);
    return { gpt: await asking('weights', name, async () => fromSafetensors(engine, config, await bytes(whole))), file: whole, name };
  }
  const index = await read(`${name}.index.json`);
  if (index) {
    const readShard = async (shard: string): Promise<Uint8Array> => bytes(await expected(read, shard));
    const parsed = await json(index, `${name}.index.json`);
    return { gpt: await asking('weights', `${name}.index.json`, async () => fromTensors(engine, config, await readShards(parsed, readShard))), name };
  }
  if (await read('pytorch_model.bin')) throw new Wrong('pickle', 'pytorch_model.bin');
  throw new Wrong('missing', name);
}

async function write(gpt: Transformer, tokenizer: Tokenizer): Promise<string> {
  const start = tokenizer.specialTokens.get('<|endoftext|>') ?? tokenizer.encode('\n')[0] ?? 0;
  const ids: number[] = [];
  for await (const id of generate(new Decoder(gpt), [start], { maxTokens: SAMPLE_TOKENS, seed: 1 })) ids.push(id);
  return tokenizer.decode(ids.filter((id) => id < tokenizer.vocabSize)).trim();
}

async function expected(read: ReadFile, name: string): Promise<Blob> {
  const file = await read(name);
  if (!file) throw new Wrong('missing', name);
  return file;
}

async function json(file: Blob, name: string): Promise<unknown> {
  try {
    return JSON.parse(await file.text());
  } catch (error) {
    throw new Wrong('json', name, error);
  }
}

const bytes = async (file: Blob): Promise<Uint8Array> => new Uint8Array(await file.arrayBuffer());

/** Runs `work`; what it throws is wrong with this file, except that memory ran out. */
async function asking<Value>(kind: ModelProblem['kind'], file: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Wrong || (error instanceof RangeError && /alloc|memory/i.test(error.message))) throw error;
    throw new Wrong(kind, file, error);
  }
}
