// The models of the course: what is shipped in `models/`, and what the visitor made or brought, which is kept in the browser.
import type { ModelSize } from './lab/model-size.js';
import type { StoryLanguage } from './languages/stories.js';
import { readOwnFile } from './storage/own-models.js';

/** The shipped models that write; `digits` is another, which draws, and `answers-de` and `answers-en` answer. Their folders are in `models/`, each with the recipe that makes it again. */
export const shippedModels = {
  'stories-de': { language: 'de', unit: 'token' },
  'stories-en': { language: 'en', unit: 'token' },
  'letters-de': { language: 'de', unit: 'character' },
  'letters-en': { language: 'en', unit: 'character' },
} as const satisfies Record<`stories-${StoryLanguage}`, Shipped> & Partial<Record<`letters-${StoryLanguage}`, Shipped>>;

type Shipped = Pick<ModelCard, 'language' | 'unit'>;

export type ShippedModel = keyof typeof shippedModels;

export const isShipped = (name: string): name is ShippedModel => name in shippedModels;

/** A model's files by name. */
export interface ModelFiles {
  /** @throws Error that names the file when it cannot be read */
  read(file: 'config.json' | 'tokenizer.json' | 'model.safetensors', onProgress?: (share: number) => void): Promise<Uint8Array>;
}

/** What is known of a shipped model: its card.json, which is made with it. */
export interface ModelCard {
  language: StoryLanguage;
  unit: 'token' | 'character';
  parameters: number;
  vocabSize: number;
  /** Of the files that a visitor loads. */
  bytes: number;
  /** Nats per token over fresh stories, beside the lowest that is possible. */
  validation: { stories: number; tokens: number; loss: number; floor: number; surprise: number };
}

const cards = import.meta.glob<ModelCard>('../models/{stories,letters}-*/card.json', { import: 'default', eager: true });

/** @returns undefined where there is no such model, as for one of the visitor's */
export const cardOf = (name: string): ModelCard | undefined => cards[`../models/${name}/card.json`];

/** What kind a model is and how large, as far as that is known without loading it: all that are shipped are GPTs. */
export const knownSize = (name: string): Partial<ModelSize> => (isShipped(name) ? { family: 'gpt', parameters: cardOf(name)?.parameters } : {});

const urls = import.meta.glob<string>(['../models/*/config.json', '../models/*/tokenizer.json', '../models/*/model.safetensors'], { query: '?url', import: 'default', eager: true });

/** The files of a shipped model, with `own:NAME` of one that the visitor keeps here, or with `site:/PATH` of a folder on this site. */
export async function filesOf(name: string): Promise<ModelFiles> {
  if (name.startsWith('own:')) return { read: (file) => readOwnFile(name.slice('own:'.length), file) };
  if (name.startsWith('site:/')) return { read: (file, onProgress) => download(`${pathOnSite(name.slice('site:'.length))}/${file}`, onProgress) };
  return {
    read(file, onProgress) {
      const url = urls[`../models/${name}/${file}`];
      if (!url) throw new Error(`There is no model "${name}" with a ${file}; there are ${Object.keys(shippedModels).join(', ')}.`);
      return download(url, onProgress);
    },
  };
}

/**
 * The path of a folder as addresses have it, without a slash at its end. What is typed is a path and nothing else: "?", "#" and "%" are characters of names.
 * @throws RangeError when it is on another site
 */
export function pathOnSite(folder: string, base = location.href): string {
  const url = new URL(folder.replace(/%(?![\da-f]{2})/gi, '%25').replaceAll('?', '%3F').replaceAll('#', '%23'), base);
  if (url.origin !== new URL(base).origin) throw new RangeError(`${folder} is on another site; only folders on this site can be read.`);
  return url.pathname.replace(/\/+$/, '');
}

/** A path as people read it, with spaces and umlauts. */
export function readablePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // it is no encoded one
  }
}

/** Reads a file of this site piece by piece. */
async function download(url: string, onProgress: (share: number) => void = () => {}): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok || !response.body) throw new Error(`${readablePath(url)} could not be loaded (status ${response.status}).`);
  const total = Number(response.headers.get('Content-Length') ?? 0);
  const pieces: Uint8Array[] = [];
  let received = 0;
  for (const reader = response.body.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
    received += value.length;
    if (total > 0) onProgress(Math.min(1, received / total));
  }
  const bytes = new Uint8Array(received);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
