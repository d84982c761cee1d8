// Measures one library with one tokenizer.json, in a fresh process. argv: library, file, seconds for the warm passes. Reports milliseconds:
// `load` until the first token, `cold` for the first pass over the text, `next` for a pass over another text of the kind, `encode` for
// later passes over the first.
import { checksumOf, measure, median, report } from '../lib/measure.mjs';
import { fileLibraries } from '../lib/tokenizer-files.mjs';
import { benchText } from '../lib/tokenizer-texts.mjs';

/** The slowest library would take a minute for all of Brown. */
const CHARACTERS = 500_000;

const [name, file, seconds] = process.argv.slice(2);
const brown = benchText('brown');
const text = brown.slice(0, CHARACTERS);
const nextText = brown.slice(CHARACTERS, 2 * CHARACTERS);
const started = performance.now();
const library = await fileLibraries[name].load(file);
await library.encode('Hello');
const loaded = performance.now();
const ids = await library.encode(text);
const cold = performance.now() - loaded;
const [next] = await measure(() => library.encode(nextText), { warmup: 0, minimum: 1, seconds: 0 });
const encode = median(await measure(() => library.encode(text), { warmup: 0, minimum: 1, seconds: Number(seconds) }));
report({ bytes: Buffer.byteLength(text), tokens: ids.length, checksum: checksumOf(ids), load: loaded - started, cold, next, encode });
