import { PrincipalComponents, WordVectors } from '@kk/embeddings';
import { readWordVectors, writeWordVectors } from '@kk/embeddings/node';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = await mkdtemp(join(tmpdir(), 'vectors-'));
const own = new WordVectors({ words: ['north', 'east', 'south'], width: 3, matrix: Float32Array.of(0, 1, 0, 1, 0, 0.1, 0, -1, 0) });
await writeWordVectors(join(folder, 'own.safetensors'), own); // or .txt, .vec, .bin, vectors.tsv, glove.txt

const vectors = await readWordVectors(join(folder, 'own.safetensors'), { limit: 100_000 }); // the first, most frequent words
const map = new PrincipalComponents(vectors.matrix, vectors.width).project(vectors.matrix);
vectors.words.forEach((word, i) => console.log(word, map[2 * i]!.toFixed(2), map[2 * i + 1]!.toFixed(2)));
