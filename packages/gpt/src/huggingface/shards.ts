// Reads weights in several files, as Hugging Face writes them for large models: model.safetensors.index.json says which tensor is in which file.
import { readSafetensors, type SafeTensor } from '@kk/nn-core';

/**
 * A name in the same folder, without control characters and halves of characters, which systems refuse in names. The index comes with the weights from anywhere:
 * it must not be able to name other files of the machine.
 */
const SHARD_NAME = /^[^/\\:\p{Cc}\p{Cs}]+\.safetensors$/u;

/**
 * All tensors of a sharded model, by name.
 * @param index the parsed model.safetensors.index.json: `{ "weight_map": { "transformer.wte.weight": "model-00001-of-00002.safetensors" } }`
 * @param read gives the bytes of a file that lies beside the index
 * @throws Error when the index is damaged, names a file outside its folder, or a tensor that its file does not hold; what `read` throws
 */
export async function readShards(index: unknown, read: (file: string) => Promise<Uint8Array>): Promise<Map<string, SafeTensor>> {
  const shards = new Map<string, Map<string, SafeTensor>>();
  const tensors = new Map<string, SafeTensor>();
  for (const [name, file] of filesOfTensors(index)) {
    let shard = shards.get(file);
    if (!shard) {
      shard = readSafetensors(await read(file)).tensors;
      shards.set(file, shard);
    }
    const tensor = shard.get(name);
    if (!tensor) throw new Error(`weight_map says that ${name} is in ${file}, which does not hold it: the files do not belong together.`);
    tensors.set(name, tensor);
  }
  return tensors;
}

/**
 * The names of the files that an index lists, each once.
 * @throws Error as `readShards`
 */
export const shardNames = (index: unknown): string[] => [...new Set(filesOfTensors(index).map(([, file]) => file))];

/** Of each tensor the name and the file. */
function filesOfTensors(index: unknown): [name: string, file: string][] {
  return Object.entries(weightMapOf(index)).map(([name, file]) => {
    if (typeof file === 'string' && SHARD_NAME.test(file)) return [name, file];
    throw new Error(`weight_map says that ${name} is in ${JSON.stringify(file)}; expected the name of a .safetensors file in the same folder.`);
  });
}

function weightMapOf(index: unknown): Record<string, unknown> {
  const map = index && typeof index === 'object' && 'weight_map' in index ? index.weight_map : undefined;
  if (!map || typeof map !== 'object' || Array.isArray(map)) throw new Error('The index of a sharded model must hold an object called weight_map.');
  return map as Record<string, unknown>;
}
