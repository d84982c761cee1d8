// Measures our byte-pair training, in a fresh process. argv: text, number of tokens.
import { report } from '../lib/measure.mjs';
import { benchText } from '../lib/tokenizer-texts.mjs';
import { BytePairTokenizer } from '@kk/tokenizer';

const [textName, vocabSize] = process.argv.slice(2);
const text = benchText(textName);
const started = performance.now();
const tokenizer = BytePairTokenizer.train(text, { vocabSize: Number(vocabSize) });
report({ milliseconds: performance.now() - started, bytes: Buffer.byteLength(text), vocabSize: tokenizer.vocabSize });
