import { KeyValueCache, MultiHeadAttention, RotaryPositions } from '@kk/attention';
import { init, Random } from '@kk/nn-core';

const engine = await init('wasm');
const random = new Random(1);
const rotary = new RotaryPositions(engine, { headSize: 4, contextLength: 16 });
const layer = new MultiHeadAttention(engine, { width: 8, heads: 2, causal: true, rotary }, random);
const cache = new KeyValueCache(engine, { layers: 1, sequences: 3, capacity: 16, width: 8, rotary });

const step = (parts: Parameters<KeyValueCache['places']>[0]) => {
  const places = cache.places(parts);
  const y = layer.forwardCached(engine.randomNormal([1, places.rows, 8], random), cache.layers[0]!, places);
  for (const { sequence, count } of parts) sequence.advance(count); // when all layers have run
  return y.shape;
};
const [long, short] = [cache.add(), cache.add()];
console.log(step([{ sequence: long, count: 9 }, { sequence: short, count: 2 }])); // 11 rows, run after run
const copy = long.fork(); // both go on from the same nine positions
short.truncate(1);
copy.evict(3, { keep: 4 }); // for rotary positions alone
console.log(step([{ sequence: short, count: 1 }, { sequence: copy, count: 1 }, { sequence: long, count: 1 }]));
console.log([long, short, copy].map(({ length, isApproximate }) => `${length}${isApproximate ? ', approximately' : ''}`).join('; '));
console.log(`${cache.bytes} bytes, room for ${cache.room} more`);
engine.dispose();
