import { causalMask, scaledDotProductAttention } from '@kk/attention';
import { init } from '@kk/nn-core';

const engine = await init('wasm');
const words = engine.tensor([1, 0, 0, 1, 1, 1], [1, 3, 2]); // three words, two numbers each
const { output, attentionWeights } = scaledDotProductAttention(words, words, words, { mask: causalMask(engine, 3) });
const looks = Array.from((await attentionWeights.data()).slice(6), (share) => `${(100 * share).toFixed(0)} %`); // of the third word
console.log(`word 3 looks at word 1 by ${looks[0]}, at itself by ${looks[2]}`);
console.log('what it takes away:', Array.from((await output.data()).slice(4), (x) => x.toFixed(2)));
engine.dispose();
