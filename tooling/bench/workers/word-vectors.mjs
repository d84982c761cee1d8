// Our training of word vectors on the lines of a text, in a fresh process. argv: file, epochs, settings as JSON.
import { readFileSync } from 'node:fs';
import { readCorpus, WordVectorTrainer } from '@kk/embeddings';
import { report } from '../lib/measure.mjs';

const [file, epochs, settings] = process.argv.slice(2);
const { minCount, ...options } = JSON.parse(settings);
const corpus = await readCorpus(readFileSync(file, 'utf8').split('\n'), { minCount });
const trainer = new WordVectorTrainer(corpus, { ...options, epochs: Number(epochs) });
const started = process.cpuUsage();
for (const share of trainer.steps()) if (share === 1) break;
const { user, system } = process.cpuUsage(started);
report({ words: corpus.tokens.length, vocabulary: corpus.words.length, seconds: (user + system) / 1e6 / Number(epochs), loss: trainer.loss });
