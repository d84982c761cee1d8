// Loads a model for jobs: its weights into the engine, its tokenizer, and a decoder for each text.
import { Decoder, fromHuggingFaceConfig, fromSafetensors, shortenContext, type Transformer } from '@kk/gpt';
import type { Engine } from '@kk/nn-core';
import { tokenizerFromJSON, type Tokenizer } from '@kk/tokenizer';
import { filesOf } from '../models.js';

export interface ReadyModel {
  name: string;
  gpt: Transformer;
  tokenizer: Tokenizer;
  /** A decoder with a cache of its own, for one text at a time. */
  decoder(): Decoder;
  /** One decoder for all questions about texts: what a text shares with the last one is not computed again. It is the model's own. */
  sharedDecoder(): Decoder;
  /** Gives back the memory of the weights. */
  dispose(): void;
}

/** A page shows short texts, and the key-value cache of a model of today would not fit into its memory at the full context. */
export const MOST_POSITIONS = 1024;

export function readyModel(name: string, gpt: Transformer, tokenizer: Tokenizer): ReadyModel {
  let shared: Decoder | undefined;
  return {
    name,
    gpt,
    tokenizer,
    decoder: () => new Decoder(gpt),
    sharedDecoder: () => (shared ??= new Decoder(gpt)),
    dispose() {
      shared?.dispose();
      gpt.dispose();
    },
  };
}

/**
 * Loads the model of this name. Its files are read while the engine starts.
 * @param name  of a shipped model, or of one that the visitor made
 * @param onProgress  called with the share of the weights that has arrived, from 0 to 1
 * @throws Error when a file is missing or damaged; the message names it
 */
export async function loadModel(name: string, engine: Promise<Engine>, onProgress: (share: number) => void): Promise<ReadyModel> {
  const files = await filesOf(name);
  const decode = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes));
  const [config, tokenizer, weights] = await Promise.all([files.read('config.json'), files.read('tokenizer.json'), files.read('model.safetensors', onProgress)]);
  const gpt = fromSafetensors(await engine, shortenContext(fromHuggingFaceConfig(decode(config)), MOST_POSITIONS), weights);
  return readyModel(name, gpt, tokenizerFromJSON(decode(tokenizer) as never) as Tokenizer);
}
