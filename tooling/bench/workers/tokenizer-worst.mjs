// Measures one library on one text without a place to cut. argv: library, encoding, worst case, number of characters. Reports milliseconds
// and tokens of `worst` and of `ordinary`, which is the same number of bytes of ordinary text. Before, the library has encoded ordinary
// text and another text of the kind.
import { report } from '../lib/measure.mjs';
import { libraries } from '../lib/tokenizer-libraries.mjs';
import { benchText, worstCases } from '../lib/tokenizer-texts.mjs';

const [name, encoding, worstCase, size] = process.argv.slice(2);
if (!Object.hasOwn(worstCases, worstCase)) throw new RangeError(`There is no worst case '${worstCase}'; choose among ${Object.keys(worstCases).join(', ')}.`);
const library = await libraries[name].load(encoding);
const brown = benchText('brown');
const text = worstCases[worstCase](Number(size));
const bytes = Buffer.byteLength(text);
library.encode(brown.slice(0, 1_000_000));
// Warms up with as much worst-case text as ordinary text: an engine compiles what runs often, and the two kinds of text run different code.
library.encode(worstCases[worstCase](Number(size), 2));
const time = (text) => {
  const started = performance.now();
  const tokens = library.encode(text).length;
  return { milliseconds: performance.now() - started, tokens };
};
const ordinary = time(brown.slice(1_000_000, 1_000_000 + Math.min(bytes, 4_000_000)));
report({ bytes, ordinary, worst: time(text) });
