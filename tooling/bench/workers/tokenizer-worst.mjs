// One library on one text without a place to cut. argv: library, encoding, worst case, number of characters.
// Reports milliseconds, once the library has encoded ordinary text: `worst`, and `ordinary` for as many bytes of ordinary text.
import { report } from '../lib/measure.mjs';
import { libraries } from '../lib/tokenizer-libraries.mjs';
import { benchText, worstCases } from '../lib/tokenizer-texts.mjs';

const [name, encoding, worstCase, size] = process.argv.slice(2);
const library = await libraries[name].load(encoding);
const brown = benchText('brown');
const text = worstCases[worstCase](Number(size));
const bytes = Buffer.byteLength(text);
library.encode(brown.slice(0, 1_000_000));
const time = (work) => {
  const started = performance.now();
  work();
  return performance.now() - started;
};
const ordinary = time(() => library.encode(brown.slice(1_000_000, 1_000_000 + Math.min(bytes, 4_000_000))));
const worst = time(() => library.encode(text));
report({ bytes, worst, ordinary });
