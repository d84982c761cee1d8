// One library with one tokenizer.json, in a process that has done nothing else. argv: library, file, seconds for the warm passes.
// Reports milliseconds: `load` until the first token, `cold` for the first pass over the text, `encode` for later ones.
import { checksumOf, measure, median, report } from '../lib/measure.mjs';
import { fileLibraries } from '../lib/tokenizer-files.mjs';
import { benchText } from '../lib/tokenizer-texts.mjs';

/** The slowest takes a minute for all of Brown. */
const CHARACTERS = 500_000;

const [name, file, seconds] = process.argv.slice(2);
const text = benchText('brown').slice(0, CHARACTERS);
const started = performance.now();
const library = await fileLibraries[name].load(file);
await library.encode('Hello');
const loaded = performance.now();
const ids = await library.encode(text);
const cold = performance.now() - loaded;
const encode = median(await measure(() => library.encode(text), { warmup: 0, minimum: 1, seconds: Number(seconds) }));
report({ bytes: Buffer.byteLength(text), tokens: ids.length, checksum: checksumOf(ids), load: loaded - started, cold, encode });
