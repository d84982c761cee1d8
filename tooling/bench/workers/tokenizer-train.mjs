// Our byte-pair training as a program: reads a text file, learns, and writes a tokenizer.json. argv: text file, number of tokens, file to write.
import { readFileSync, writeFileSync } from 'node:fs';
import { BytePairTokenizer } from '@kk/tokenizer';
import { report } from '../lib/measure.mjs';

const [input, vocabSize, output] = process.argv.slice(2);
const text = readFileSync(input, 'utf8');
const started = performance.now();
const tokenizer = BytePairTokenizer.train(text, { vocabSize: Number(vocabSize) });
const milliseconds = performance.now() - started;
writeFileSync(output, JSON.stringify(tokenizer.toJSON()));
report({ milliseconds, vocabSize: tokenizer.vocabSize });
