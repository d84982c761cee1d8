// The visitor's own models, kept in the browser as the files of a Hugging Face folder. Where the browser keeps nothing they last as
// long as the page; the worker, which has a memory of its own, then gets them by a message (`onUnkeptModel`).
import type { ChapterName } from '../chapters/names.js';
import type { ModelSize } from '../lab/model-size.js';
import { holdValue, keysOf, readValue, removeValue, writeValue } from './kept-values.js';

export const modelFileNames = ['config.json', 'tokenizer.json', 'model.safetensors'] as const;
export type ModelFileName = (typeof modelFileNames)[number];

/** What kind of model it is and its sizes, as they are shown. */
export interface ModelFacts extends ModelSize {
  layers: number;
  heads: number;
  width: number;
  contextLength: number;
  vocabSize: number;
}

export interface OwnModel {
  name: string;
  facts: ModelFacts;
  /** The chapter in which it was made; none if the visitor brought it. */
  chapter?: ChapterName;
  /** From what it was made there: the same text is the same model. */
  made?: string;
  files: Record<ModelFileName, Blob>;
}

const KEY = 'model:';
const listeners = new Set<(model: OwnModel) => void>();
const ofThisPage = new Map<string, OwnModel>();

/** Keeps a model under its name, all files or none. @returns whether it outlasts the page */
export async function keepModel(model: OwnModel): Promise<boolean> {
  const outlasts = await writeValue(KEY + model.name, model);
  if (!outlasts) {
    ofThisPage.set(model.name, model);
    for (const listener of listeners) listener(model);
  }
  return outlasts;
}

/** Holds a model as long as the page lasts, in the worker. */
export function holdModel(model: OwnModel): void {
  holdValue(KEY + model.name, model);
}

/** Calls `listener` with every model that the browser does not keep: those there are, and each that comes. */
export function onUnkeptModel(listener: (model: OwnModel) => void): () => void {
  for (const model of ofThisPage.values()) listener(model);
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export async function ownModels(): Promise<OwnModel[]> {
  const models = await Promise.all((await keysOf(KEY)).map((key) => readValue<OwnModel>(key)));
  return models.filter((model) => model !== undefined).sort((a, b) => a.name.localeCompare(b.name));
}

/** @throws Error that names the file when there is none */
export async function readOwnFile(name: string, file: ModelFileName): Promise<Uint8Array> {
  const blob = (await readValue<OwnModel>(KEY + name))?.files[file];
  if (!blob) throw new Error(`There is no ${file} of your model "${name}" in this browser; it may have been deleted.`);
  return new Uint8Array(await blob.arrayBuffer());
}

/**
 * Keeps a model under another name, which no model has. Where it is the chosen one it stays so.
 * @returns whether it outlasts the page; undefined when there is no such model any more
 */
export async function renameModel(from: string, to: string): Promise<boolean | undefined> {
  const model = await readValue<OwnModel>(KEY + from);
  if (!model) return undefined;
  const outlasts = await keepModel({ ...model, name: to });
  if ((await chosenModel()) === `own:${from}`) await chooseModel(`own:${to}`);
  await removeModel(from);
  return outlasts;
}

export async function removeModel(name: string): Promise<void> {
  ofThisPage.delete(name);
  await removeValue(KEY + name);
  if ((await readValue<string>(CHOSEN)) === `own:${name}`) await removeValue(CHOSEN);
}

const CHOSEN = 'chosen-model';

/** The model that the visitor chose for all chapters, for example `own:mine`; undefined: the one of the course. */
export function chosenModel(): Promise<string | undefined> {
  return readValue<string>(CHOSEN);
}

export async function chooseModel(name: string | undefined): Promise<void> {
  if (name === undefined) await removeValue(CHOSEN);
  else await writeValue(CHOSEN, name);
}

