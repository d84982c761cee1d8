// Saves and loads the tensors of a module by their names, as the bytes of a safetensors file.
import { checkOptions, type OptionNames } from '@kk/options';
import { formatShape } from '../core/shape.js';
import type { Tensor } from '../core/tensor.js';
import { readSafetensors, toNumbers, writeSafetensors, type TensorToWrite } from '../safetensors/index.js';
import { listNames } from './name-pattern.js';

export interface LoadOptions {
  /** Names that are missing or unexpected are an error; default true. Otherwise they are left as they are, and reported. */
  strict?: boolean;
}

const loadOptions: OptionNames<LoadOptions> = { strict: 'flag' };

export interface LoadReport {
  /** Tensors of the module that the file lacks; they keep their numbers. */
  readonly missing: readonly string[];
  /** Tensors of the file that the module has no place for. */
  readonly unexpected: readonly string[];
}

const STORED_AS = { float32: 'F32', float64: 'F64', int32: 'I32' } as const;

/** The bytes of a safetensors file with these tensors, each in its own element type. */
export async function saveTensors(tensors: ReadonlyMap<string, Tensor>): Promise<Uint8Array> {
  const stored = new Map<string, TensorToWrite>();
  for (const [name, tensor] of tensors) stored.set(name, { dtype: STORED_AS[tensor.dtype], shape: tensor.shape, data: await tensor.data() });
  return writeSafetensors(stored);
}

/**
 * Overwrites tensors with those of a safetensors file that have their names; any element type of numbers is converted.
 * Everything is checked before anything is overwritten.
 * @throws Error that lists names that are missing or unexpected (unless told otherwise), or shapes that differ; RangeError for a
 *   number that an int32 tensor cannot hold, or that a captured step could not look up
 */
export function loadTensors(tensors: ReadonlyMap<string, Tensor>, bytes: Uint8Array, options: LoadOptions = {}): LoadReport {
  checkOptions('load', options, loadOptions);
  const { strict = true } = options;
  const stored = readSafetensors(bytes).tensors;
  const missing = [...tensors.keys()].filter((name) => !stored.has(name));
  const unexpected = [...stored.keys()].filter((name) => !tensors.has(name));
  if (strict && missing.length + unexpected.length > 0) {
    throw new Error(
      `load: the file and the module do not hold the same tensors. Missing in the file: ${listNames(missing)}. Unexpected in it: ${listNames(unexpected)}. ` +
        'Build the module as it was when it was saved, or load what fits with { strict: false }.',
    );
  }
  const found = [...tensors].filter(([name]) => stored.has(name)).map(([name, tensor]) => ({ name, tensor, from: stored.get(name)! }));
  const different = found.filter(({ tensor, from }) => formatShape(from.shape) !== formatShape(tensor.shape));
  if (different.length > 0) {
    const list = listNames(different.map(({ name, tensor, from }) => `${name} is ${formatShape(from.shape)} instead of ${formatShape(tensor.shape)}`));
    throw new Error(`load: shapes in the file differ from those of the module: ${list}. Build the module with the sizes that it was saved with.`);
  }
  const values = found.map(({ name, tensor, from }) => {
    try {
      const numbers = toNumbers('load', from);
      tensor.checkContents(numbers);
      return { tensor, numbers };
    } catch (error) {
      (error as Error).message = `load: tensor ${name}: ${(error as Error).message}`;
      throw error;
    }
  });
  for (const { tensor, numbers } of values) tensor.set(numbers);
  return { missing, unexpected };
}
