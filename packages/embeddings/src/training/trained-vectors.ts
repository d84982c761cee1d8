// The result of training by prediction.
import { WordVectors } from '../word-vectors.js';
import type { Corpus } from './corpus.js';
import type { WordVectorSettings } from './options.js';
import type { PredictionTables } from './prediction-tables.js';

/** A copy of the vectors as they are now. */
export function trainedVectors({ words, counts }: Corpus, { width, subwords }: WordVectorSettings, tables: PredictionTables): WordVectors {
  const matrix = new Float32Array(words.length * width);
  words.forEach((_, word) => matrix.set(tables.vectorAt(word), word * width));
  if (subwords === undefined) return new WordVectors({ words, counts, width, matrix });
  const { present } = tables.subwords;
  const rows = new Float32Array(present.length * width);
  present.forEach((_, i) => rows.set(tables.inputRow(words.length + i), i * width));
  return new WordVectors({ words, counts, width, matrix, subwords: { ...subwords, present, matrix: rows } });
}
