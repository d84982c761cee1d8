import { BatchDecoder, GPT } from '@kk/gpt';
import { init } from '@kk/nn-core';

const engine = await init('wasm');
const model = new GPT(engine, { vocabSize: 50, contextLength: 32, layers: 2, heads: 2, width: 32 });
const decoder = new BatchDecoder(model, { sequences: 5 });
const first = decoder.add([1, 2, 3], { maxTokens: 8, seed: 1 }); // prompts of any lengths, each text with its own options and seed
const rollouts = decoder.addMany([4, 5, 6, 7], [2, 3, 4].map((seed) => ({ maxTokens: 5, temperature: 0.8, seed }))); // one prompt, computed once
for await (const { text, id, logProbability } of decoder.run()) {
  if (text === first && text.ids.length === 2) decoder.add([8], { maxTokens: 3, seed: 5 }); // joins while the others are being written
  if (rollouts.includes(text) && text.end) console.log(`a rollout ended with ${id} (${logProbability.toFixed(1)} nats): ${text.end}`);
}
console.log(`${first.ids.length} tokens, room for ${decoder.room} texts, ${decoder.cacheBytes} bytes of cache`);
engine.dispose();
