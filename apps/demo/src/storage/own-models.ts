// The visitor's own models, kept in the browser as the files of a Hugging Face folder.
import { keysOf, readValue, removeValue, writeValue } from './kept-values.js';

export const modelFileNames = ['config.json', 'tokenizer.json', 'model.safetensors'] as const;

/** Keeps a model under a name, all files or none. @returns whether it outlasts the page */
export async function keepModel(name: string, files: Record<(typeof modelFileNames)[number], Uint8Array>): Promise<boolean> {
  return writeValue(`model:${name}`, files);
}

/** @throws Error that names the file when there is none */
export async function readOwnFile(name: string, file: (typeof modelFileNames)[number]): Promise<Uint8Array> {
  const files = await readValue<Record<string, Uint8Array>>(`model:${name}`);
  const bytes = files?.[file];
  if (!bytes) throw new Error(`There is no ${file} of your model "${name}" in this browser; it may have been deleted.`);
  return bytes;
}

export async function ownModelNames(): Promise<string[]> {
  return (await keysOf('model:')).map((key) => key.slice('model:'.length));
}

export function removeModel(name: string): Promise<void> {
  return removeValue(`model:${name}`);
}
