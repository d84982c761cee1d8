// The options of all verbs that read word vectors.
import type { VectorFormat } from '@kk/embeddings/node';
import { Option } from 'commander';
import type { Verb } from '../grammar/verb.js';
import { integer } from './parse.js';

export interface VectorsOptions {
  /** As the user typed it. */
  model: string;
  format?: VectorFormat;
  limit?: number;
}

const formats: readonly VectorFormat[] = ['safetensors', 'text', 'binary', 'glove', 'fasttext', 'projector'];

/** Adds the options to a verb; the file is its first bare argument. */
export const addVectors = (verb: Verb): Verb =>
  verb
    .option('--model <file>', 'the word vectors: .safetensors, .txt or .vec, .bin (word2vec or fastText), glove*.txt, vectors.tsv; .gz is unpacked')
    .addOption(new Option('--format <format>', 'the format, where the name does not say it').choices(formats))
    .addOption(new Option('--limit <n>', 'read only the first n words, which are the most frequent ones in most files, and of fastText only their n-grams').argParser(integer(1)))
    .argumentFor('model')
    .requires(['model']);
