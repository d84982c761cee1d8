import { attentionEntropy, inspectHeads, meanAttentionDistance, splitHeads } from '@kk/attention';
import { init, Random } from '@kk/nn-core';

const engine = await init('wasm');
const random = new Random(1);
const [time, heads, headSize] = [6, 2, 4];
// Queries, keys and values of any model: here random ones, one row for each position, the heads side by side.
const [query, key, value] = Array.from({ length: 3 }, () => splitHeads(engine.randomNormal([1, time, heads * headSize], random), heads));
const { weights, scores, headOutputs } = inspectHeads(query!, key!, value!);
const patterns = { weights: await weights.data(), shape: weights.shape };
attentionEntropy(patterns)[0]!.forEach((entropy, head) => {
  console.log(`head ${head}: entropy ${entropy.toFixed(2)} nats, looks ${meanAttentionDistance(patterns)[0]![head]!.toFixed(1)} positions back`);
});

const lastRow = async (interventions = {}) => {
  const { weights } = inspectHeads(query!, key!, value!, interventions);
  return Array.from((await weights.data()).slice((time - 1) * time, time * time), (weight) => weight.toFixed(2)).join(' ');
};
console.log(`the last position looks in head 0: ${await lastRow()}`);
console.log(`with its link to position 2 cut:   ${await lastRow({ linksCut: [{ head: 0, query: time - 1, key: 2 }] })}`);
console.log(`scores (${scores.shape.join(', ')}), outputs of the heads (${headOutputs.shape.join(', ')})`);
engine.dispose();
