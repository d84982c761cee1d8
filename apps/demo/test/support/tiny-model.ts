// A tiny model with untrained weights and a tokenizer for stories: what jobs compute with it can be checked without the shipped models.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeStories } from '@kk/corpora';
import { createTransformer, type TransformerConfig } from '@kk/gpt';
import { loadModel, saveModel } from '@kk/gpt/node';
import { init } from '@kk/nn-core';
import { BytePairTokenizer, CharacterTokenizer } from '@kk/tokenizer';
import type { StoryLanguage } from '../../src/languages/stories.js';
import type { Tools } from '../../src/lab/job.js';
import { readyModel, type ReadyModel } from '../../src/lab/ready-model.js';

export interface TinyModel {
  model: ReadyModel;
  /** A folder with the model's files, as they ship. */
  folder: string;
  dispose(): Promise<void>;
}

/**
 * @param name  as jobs ask for it
 * @param unit  of what it reads and writes
 * @param backend  `wasm` where a job trains
 * @param isLlama  whether it is built like Llama instead of GPT-2
 */
export async function tinyModel(name: string, language: StoryLanguage, { parent = tmpdir(), unit = 'token', isLlama = false, backend = 'cpu' }: { parent?: string; unit?: 'token' | 'character'; isLlama?: boolean; backend?: 'cpu' | 'wasm' } = {}): Promise<TinyModel> {
  const engine = await (backend === 'wasm' ? init('wasm', { threads: 1 }) : init('cpu'));
  const stories = writeStories(language, { seed: 1, count: 60 });
  const tokenizer = unit === 'token' ? BytePairTokenizer.train(stories, { vocabSize: 600 }) : CharacterTokenizer.train(stories, { unknownToken: '<unk>' });
  const folder = await mkdtemp(join(parent, 'tiny-model-'));
  const sizes = { vocabSize: tokenizer.vocabSize, contextLength: 96, layers: 2, heads: 2, width: 32 };
  const config: TransformerConfig = isLlama ? { ...sizes, family: 'llama', feedForwardWidth: 64 } : sizes;
  await saveModel(folder, createTransformer(engine, config, { seed: 5 }), { tokenizer: tokenizer.toJSON() });
  const gpt = await loadModel(engine, folder);
  return {
    model: readyModel(name, gpt, tokenizer),
    folder,
    async dispose() {
      engine.dispose();
      await rm(folder, { recursive: true });
    },
  };
}

/** The tools of a job that works with this model alone. */
export function toolsOf({ model }: TinyModel): Tools {
  const kept = new Map<string, unknown>();
  return {
    engine: () => Promise.resolve(model.gpt.engine),
    model: () => Promise.resolve(model),
    async keep<Value>(key: string, make: () => Value | Promise<Value>): Promise<Value> {
      if (!kept.has(key)) kept.set(key, await make());
      return kept.get(key) as Value;
    },
    preparing: () => {},
    breathe: () => Promise.resolve(),
  };
}
