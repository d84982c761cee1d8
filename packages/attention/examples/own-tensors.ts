import { alibiSlopes, attentionMask, groupedQueryAttention } from '@kk/attention';
import { attention, init, Random } from '@kk/nn-core';

const engine = await init('wasm');
const random = new Random(1);
const [batch, time, heads, keyValueHeads, headSize] = [2, 6, 4, 2, 8];
// One row for each position, the heads side by side. Each head of keys and values serves two heads of queries: grouped-query attention.
const query = engine.randomNormal([batch, time, heads * headSize], random);
const key = engine.randomNormal([batch, time, keyValueHeads * headSize], random);
const value = engine.randomNormal([batch, time, keyValueHeads * headSize], random);
// Causal, but everyone sees the first two positions, in the second sequence the first three, which ends with two positions of padding.
const prefixLengths = [2, 3];
const keyRanges: [number, number][] = [[0, 6], [0, 4]];

// To read: one mask, which serves all layers, and plain operations.
const mask = attentionMask(engine, { queries: time, causal: true, prefixLengths, keyRanges, alibiSlopes: alibiSlopes(heads) });
const { output, attentionWeights } = groupedQueryAttention(query, key, value, { heads, keyValueHeads, mask });

// To compute: one operation, which stores no weights.
const fused = attention(query, key, value, {
  heads, keyValueHeads, causal: true,
  prefixLengths: engine.tensor(prefixLengths, [batch], 'int32'),
  keyRanges: engine.tensor(keyRanges.flat(), [batch, 2], 'int32'),
  alibiSlopes: engine.tensor(alibiSlopes(heads)),
});

const [readable, fast] = [await output.data(), await fused.data()];
const greatest = Math.max(...Array.from(readable, (x, i) => Math.abs(x - fast[i]!)));
console.log(`greatest difference of the two forms: ${greatest < 1e-5 ? 'below 0.00001' : greatest}`);
const firstRow = (await attentionWeights.data()).slice(0, time); // of sequence 0, head 0, query 0: itself and the prefix
console.log(`the first position sees ${Array.from(firstRow.keys()).filter((position) => firstRow[position]! > 0).join(' and ')}`);
engine.dispose();
