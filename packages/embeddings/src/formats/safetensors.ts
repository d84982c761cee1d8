// Word vectors in a safetensors file: nothing is lost, words may contain anything but newlines, and every reader of safetensors gets the matrix.
//
// Tensors: `vectors`, float32 (words, width); `words`, bytes: the words in UTF-8, a newline between two; `counts`, float64 (words,), if known;
// `subwords`, float32 (buckets, width), and `subwords.present`, uint32 (buckets,), if there are. Metadata: `format`, and the settings of subwords.
import { checkOptions, readSafetensors, toFloat32, writeSafetensors, type SafeTensor, type TensorToWrite } from '@kk/nn-core';
import type { Subwords } from '../subwords.js';
import type { WordVectors } from '../word-vectors.js';
import { quote, VectorFileError } from './errors.js';
import type { ReadVectorsOptions } from './read-options.js';
import { RowCollector } from './row-collector.js';
import { checkCharacters } from './write-vectors.js';

const FORMAT = 'safetensors';
/** The metadata `format` of these files. */
const MARK = 'kk.word-vectors.1';

/** @throws RangeError when a word is empty, has a newline, or half of a character */
export function writeVectorsSafetensors({ words, counts, width, matrix, subwords }: WordVectors): Uint8Array {
  words.forEach(checkCharacters);
  const wrong = words.find((word) => word === '' || word.includes('\n'));
  if (wrong !== undefined) throw new RangeError(`The word ${JSON.stringify(wrong)} cannot be written: words are separated by newlines and not empty.`);
  const text = new TextEncoder().encode(words.join('\n'));
  const tensors: Record<string, TensorToWrite> = {
    vectors: { dtype: 'F32', shape: [words.length, width], data: matrix },
    words: { dtype: 'U8', shape: [text.length], data: text },
  };
  if (counts) tensors['counts'] = { dtype: 'F64', shape: [words.length], data: Float64Array.from(counts) };
  const metadata: Record<string, string> = { format: MARK };
  if (subwords) {
    const { minLength, maxLength, buckets, present, matrix: table } = subwords;
    tensors['subwords'] = { dtype: 'F32', shape: [table.length / width, width], data: table };
    if (present) tensors['subwords.present'] = { dtype: 'U32', shape: [present.length], data: present };
    Object.assign(metadata, { minLength: String(minLength), maxLength: String(maxLength), buckets: String(buckets) });
  }
  return writeSafetensors(tensors, metadata);
}

/**
 * Reads a file of `writeVectorsSafetensors`.
 * @param bytes the whole file
 * @throws SafetensorsError when it is no safetensors file; VectorFileError when it lacks the words or parts contradict each other
 */
export function readVectorsSafetensors(bytes: Uint8Array, options: Omit<ReadVectorsOptions, 'onProgress' | 'signal'> = {}): WordVectors {
  checkOptions<Omit<ReadVectorsOptions, 'onProgress' | 'signal'>>('readVectorsSafetensors', options, { limit: 'optional', only: 'optional', invalidText: 'optional' });
  const { tensors, metadata } = readSafetensors(bytes);
  if (metadata['format'] !== MARK) throw new VectorFileError(FORMAT, `the metadata "format" is ${quote(String(metadata['format']))}; expected "${MARK}", the mark of word vectors with their words`);
  const vectors = expectTensor(tensors, 'vectors', 'F32', 2);
  const [count, width] = vectors.shape;
  const rows = new RowCollector(FORMAT, width, options, count);
  const words = count === 0 ? [] : rows.decode(expectTensor(tensors, 'words', 'U8', 1).data, { byte: 0 }).split('\n');
  if (words.length !== count || new Set(words).size !== count) throw new VectorFileError(FORMAT, `there are ${words.length} words${words.length === count ? ', of which some are equal,' : ''} for ${count} vectors`);
  const counts = tensors.has('counts') ? float64(expectTensor(tensors, 'counts', 'F64', 1)) : undefined;
  if (counts && counts.length !== count) throw new VectorFileError(FORMAT, `there are ${counts.length} counts for ${count} words`);
  const keptCounts: number[] = [];
  for (const [place, word] of words.entries()) {
    if (rows.isFull) break;
    if (!rows.wants(word)) continue;
    const at = rows.keep(word);
    rows.floats.array.set(toFloat32({ ...vectors, shape: [width], data: vectors.data.subarray(place * width * 4, (place + 1) * width * 4) }), at);
    if (counts) keptCounts.push(counts[place]);
  }
  const subwords = readSubwords(tensors, metadata, width);
  return rows.finish({ ...(counts && { counts: keptCounts }), ...(subwords && { subwords }) });
}

function readSubwords(tensors: ReadonlyMap<string, SafeTensor>, metadata: Readonly<Record<string, string>>, width: number): Subwords | undefined {
  if (!tensors.has('subwords')) return undefined;
  const table = expectTensor(tensors, 'subwords', 'F32', 2);
  const [minLength, maxLength, buckets] = ['minLength', 'maxLength', 'buckets'].map((name) => {
    const value = Number(metadata[name] ?? NaN);
    if (!Number.isSafeInteger(value) || value < 1 || value >= 2 ** 32) throw new VectorFileError(FORMAT, `the metadata "${name}" is ${quote(String(metadata[name]))}; expected a whole number of 1 or more, since there are subwords`);
    return value;
  });
  const present = tensors.has('subwords.present') ? uint32(expectTensor(tensors, 'subwords.present', 'U32', 1)) : undefined;
  if (table.shape[1] !== width || table.shape[0] !== (present?.length ?? buckets)) throw new VectorFileError(FORMAT, `the subwords are ${table.shape.join(' x ')}; expected ${present?.length ?? buckets} x ${width}`);
  if (present?.some((bucket, i) => bucket >= buckets || (i > 0 && bucket <= present[i - 1]))) throw new VectorFileError(FORMAT, `"subwords.present" does not ascend below ${buckets}`);
  return { minLength, maxLength, buckets, matrix: toFloat32(table), ...(present && { present }) };
}

function expectTensor(tensors: ReadonlyMap<string, SafeTensor>, name: string, dtype: string, rank: number): SafeTensor {
  const tensor = tensors.get(name);
  if (tensor?.dtype === dtype && tensor.shape.length === rank) return tensor;
  throw new VectorFileError(FORMAT, `${tensor ? `the tensor "${name}" is ${tensor.dtype} with ${tensor.shape.length} dimensions` : `there is no tensor "${name}"`}; expected ${dtype} with ${rank}`);
}

/** A copy, since a view needs an alignment that a file's place in memory may not have. (The `slice` of Node's buffers would be a view.) */
const aligned = ({ data }: SafeTensor): ArrayBuffer => new Uint8Array(data).buffer;
const float64 = (tensor: SafeTensor): Float64Array => new Float64Array(aligned(tensor));
const uint32 = (tensor: SafeTensor): Uint32Array => new Uint32Array(aligned(tensor));
