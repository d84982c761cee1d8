// Measures one library on one text, in a fresh process. argv: library, encoding, text, seconds for the warm passes. Reports milliseconds:
// `load` until the first token, `cold` for the first pass over the text, `encode`, `count`, `decode` later.
import { checksumOf, measure, median, report } from '../lib/measure.mjs';
import { libraries } from '../lib/tokenizer-libraries.mjs';
import { benchText } from '../lib/tokenizer-texts.mjs';

const [name, encoding, textName, seconds] = process.argv.slice(2);
const text = benchText(textName);
const time = (work) => {
  const started = performance.now();
  const result = work();
  return [performance.now() - started, result];
};

const started = performance.now();
const library = await libraries[name].load(encoding);
library.encode('Hello');
const load = performance.now() - started;
const [cold, ids] = time(() => library.encode(text));
const settings = { warmup: 1, minimum: 3, seconds: Number(seconds) };
const encode = median(await measure(() => library.encode(text), settings));
const count = median(await measure(() => library.count(text), settings));
const decode = median(await measure(() => library.decode(ids), settings));

report({ bytes: Buffer.byteLength(text), tokens: ids.length, checksum: checksumOf(ids), returnsText: library.decode(ids) === text, load, cold, encode, count, decode });
