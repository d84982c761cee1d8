// The visitor's own models, kept in the browser as the files of a Hugging Face folder. Where the browser keeps nothing they last as
// long as the page; the worker, which has a memory of its own, then gets them by a message (`onUnkeptModel`).
import { holdValue, keysOf, readValue, removeValue, writeValue, type Check } from './kept-values.js';
import { ownModelOf, type ModelFileName, type OwnModel } from './own-model.js';

export { modelFileNames, type ModelFacts, type ModelFileName, type OwnModel } from './own-model.js';

const KEY = 'model:';
/** The model of this name; undefined where there is none, or a damaged one: it is in no list, and one that is kept under its name takes its place. */
const readModel = (name: string): Promise<OwnModel | undefined> => readValue(KEY + name, (kept) => ownModelOf(kept, name));
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
  const models = await Promise.all((await keysOf(KEY)).map((key) => readModel(key.slice(KEY.length))));
  return models.filter((model) => model !== undefined).sort((a, b) => a.name.localeCompare(b.name));
}

/** @throws Error that names the file when there is none */
export async function readOwnFile(name: string, file: ModelFileName): Promise<Uint8Array> {
  const blob = (await readModel(name))?.files[file];
  if (!blob) throw new Error(`There is no ${file} of your model "${name}" in this browser; it may have been deleted.`);
  return new Uint8Array(await blob.arrayBuffer());
}

/**
 * Keeps a model under another name, which no model has. Where it is the chosen one it stays so.
 * @returns whether it outlasts the page; undefined when there is no such model any more
 */
export async function renameModel(from: string, to: string): Promise<boolean | undefined> {
  const model = await readModel(from);
  if (!model) return undefined;
  const outlasts = await keepModel({ ...model, name: to });
  if ((await chosenModel()) === `own:${from}`) await chooseModel(`own:${to}`);
  await removeModel(from);
  return outlasts;
}

export async function removeModel(name: string): Promise<void> {
  ofThisPage.delete(name);
  await removeValue(KEY + name);
  if ((await chosenModel()) === `own:${name}`) await removeValue(CHOSEN);
}

const CHOSEN = 'chosen-model';
const choiceOf: Check<string> = (kept) => (typeof kept === 'string' && /^own:./.test(kept) ? kept : undefined);

/** The model that the visitor chose for all chapters, for example `own:mine`; undefined: the one of the course. */
export function chosenModel(): Promise<string | undefined> {
  return readValue(CHOSEN, choiceOf);
}

export async function chooseModel(name: string | undefined): Promise<void> {
  if (name === undefined) await removeValue(CHOSEN);
  else await writeValue(CHOSEN, name);
}

