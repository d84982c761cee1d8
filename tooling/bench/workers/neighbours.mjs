// Our exact neighbours, and our loading of a text file, in a fresh process. argv: the file with all vectors, the file that is loaded, the number
// of questions, `simd` or `plain`.
import { WordSpace } from '@kk/embeddings';
import { readWordVectors } from '@kk/embeddings/node';
import { median, report } from '../lib/measure.mjs';

const [all, some, count, kernel] = process.argv.slice(2);
const processorSince = (start) => {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
};

const start = { time: performance.now(), processor: process.cpuUsage() };
await readWordVectors(some);
const loadSeconds = (performance.now() - start.time) / 1000;
const loadProcessorSeconds = processorSince(start.processor);

const vectors = await readWordVectors(all);
const prepared = performance.now();
const space = new WordSpace(vectors, { simd: kernel === 'simd' });
const preparation = performance.now() - prepared;
const questions = vectors.words.slice(1000, 1000 + Number(count));
const answers = questions.slice(0, 3).map((question) => space.neighbours(question).map(({ word }) => word));
const times = [];
const processor = process.cpuUsage();
for (const question of questions) {
  const started = performance.now();
  space.neighbours(question);
  times.push(performance.now() - started);
}
report({ middle: median(times), fastest: Math.min(...times), processor: (processorSince(processor) * 1000) / questions.length, preparation, loadSeconds, loadProcessorSeconds, answers });
