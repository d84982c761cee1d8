// Chapter 5: reads a file of word vectors that the visitor brings, in the worker. Of a large one only the first words are kept, which are the most frequent.
import { readFastTextBinary, readGlove, readVectorsSafetensors, readWord2vecBinary, readWord2vecText, VectorFileError, WordSpace, type WordVectors } from '@kk/embeddings';
import type { Tools } from './job.js';
import { failureOf } from './run.js';

export interface VectorFile {
  file: File;
  /** Distinguishes files that were brought one after the other. */
  id: number;
  /** So many words are kept at most. */
  limit: number;
}

/** Why a file cannot be read; `line` from 1, `byte` from 0. */
export interface VectorFileProblem {
  message: string;
  line?: number;
  byte?: number;
  /** It could be read, but there is no word in it. */
  isEmpty?: true;
}

export type BroughtVectors = { vectors: WordVectors; space: WordSpace } | { problem: VectorFileProblem };

/** The first four bytes of fastText's binary files. */
const FASTTEXT_MARK = 793712314;

export function broughtVectors(tools: Tools, { file, id, limit }: VectorFile): Promise<BroughtVectors> {
  return tools.keep(`vectors ${id} ${limit}`, async () => {
    try {
      const vectors = await read(tools, file, limit);
      if (vectors.words.length === 0) return { problem: { message: `${file.name}: no words`, isEmpty: true } };
      return { vectors, space: new WordSpace(vectors) };
    } catch (error) {
      const { kind, message } = failureOf(error);
      if (kind === 'memory') throw error;
      const { line, byte }: { line?: number | undefined; byte?: number | undefined } = error instanceof VectorFileError ? error : {};
      return { problem: { message, ...(line !== undefined && { line }), ...(byte !== undefined && { byte }) } };
    }
  });
}

async function read(tools: Tools, file: File, limit: number): Promise<WordVectors> {
  const name = file.name.toLowerCase().replace(/\.gz$/, '');
  const isPacked = file.name.toLowerCase().endsWith('.gz');
  const options = { limit, invalidText: 'replace' as const, onProgress: (bytes: number) => tools.preparing('vectors', isPacked ? 0 : Math.min(1, bytes / Math.max(1, file.size))) };
  const stream = (): ReadableStream<Uint8Array> => (isPacked ? file.stream().pipeThrough(new DecompressionStream('gzip') as ReadableWritablePair<Uint8Array, BufferSource> as never) : file.stream());
  if (name.endsWith('.safetensors')) return readVectorsSafetensors(new Uint8Array(await new Response(stream()).arrayBuffer()), { limit });
  if (name.endsWith('.bin')) {
    const head = new DataView(await new Response(isPacked ? (await firstBytes(stream())) as Uint8Array<ArrayBuffer> : file.slice(0, 4)).arrayBuffer());
    return head.byteLength >= 4 && head.getInt32(0, true) === FASTTEXT_MARK ? readFastTextBinary(stream(), options) : readWord2vecBinary(stream(), options);
  }
  return name.startsWith('glove') ? readGlove(stream(), options) : readWord2vecText(stream(), options);
}

async function firstBytes(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const reader = stream.getReader();
  const { value } = await reader.read();
  void reader.cancel();
  return value?.slice(0, 4) ?? new Uint8Array(0);
}
