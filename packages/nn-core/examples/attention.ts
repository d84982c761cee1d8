import { attention, attentionWeights, init, Random, rotaryEmbedding, rotaryTable } from '@kk/nn-core';

const engine = await init('wasm');
const random = new Random(1);
const [batch, time, heads, keyValueHeads, headSize] = [2, 6, 4, 2, 8];
const frequencies = Array.from({ length: headSize / 2 }, (_, pair) => 10_000 ** ((-2 * pair) / headSize)); // or rotaryFrequencies of @kk/attention
const table = rotaryTable(engine, { positions: time, frequencies }); // make it once and keep it
// What is turned comes first, then the table.
const query = rotaryEmbedding(engine.randomNormal([batch, time, heads * headSize], random), table, { headSize });
const key = rotaryEmbedding(engine.randomNormal([batch, time, keyValueHeads * headSize], random), table, { headSize });
const value = engine.randomNormal([batch, time, keyValueHeads * headSize], random);
const options = {
  heads,
  keyValueHeads, // each head of keys and values serves two heads of queries
  causal: true,
  window: 4, // a position sees itself and the three before it
  keyRanges: engine.tensor([0, 6, 0, 4], [batch, 2], 'int32'), // the second sequence has four real keys, then filler
  segments: engine.tensor([0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0], [batch, time], 'int32'), // the first one packs two examples
};
const y = attention(query, key, value, options);
const weights = await attentionWeights(query, key, options).data(); // (batch, heads, time, time)
for (const sequence of [0, 1]) {
  const last = weights.slice((sequence * heads * time + time - 1) * time).slice(0, time); // of head 0: how the last query looks at the keys
  console.log(`sequence ${sequence}: the last position sees ${Array.from(last.keys()).filter((j) => last[j]! > 0).join(', ')}`);
}
console.log(`output (${y.shape.join(', ')})`);
engine.dispose();
