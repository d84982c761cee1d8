// Loads a model for jobs: its weights into the engine, its tokenizer, and a decoder for each text.
import { Decoder, fromHuggingFaceConfig, fromSafetensors, type GPT } from '@kk/gpt';
import type { Engine } from '@kk/nn-core';
import { tokenizerFromJSON, type Tokenizer } from '@kk/tokenizer';
import { filesOf } from '../models.js';

export interface ReadyModel {
  name: string;
  gpt: GPT;
  tokenizer: Tokenizer;
  /** A decoder with a cache of its own, for one text at a time. */
  decoder(): Decoder;
}

const loaded = new Map<string, Promise<ReadyModel>>();

/**
 * The model of this name, loaded once. Its files are read while the engine starts.
 * @param name  of a shipped model, or of one that the visitor made
 * @param onProgress  called with the share of the weights that has arrived, from 0 to 1
 * @throws Error when a file is missing or damaged; the message names it
 */
export function loadModel(name: string, engine: Promise<Engine>, onProgress: (share: number) => void): Promise<ReadyModel> {
  let model = loaded.get(name);
  if (!model) {
    model = load(name, engine, onProgress);
    loaded.set(name, model);
    model.catch(() => loaded.delete(name)); // so that the next try reads the files again
  }
  return model;
}

async function load(name: string, engine: Promise<Engine>, onProgress: (share: number) => void): Promise<ReadyModel> {
  const files = await filesOf(name);
  const decode = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes));
  const [config, tokenizer, weights] = await Promise.all([files.read('config.json'), files.read('tokenizer.json'), files.read('model.safetensors', onProgress)]);
  const gpt = fromSafetensors(await engine, fromHuggingFaceConfig(decode(config) as never), weights);
  return { name, gpt, tokenizer: tokenizerFromJSON(decode(tokenizer) as never) as Tokenizer, decoder: () => new Decoder(gpt) };
}
