import { Decoder, evaluate, fromHuggingFaceConfig, fromSafetensors, Llama, toHuggingFaceConfig, toSafetensors, Trainer } from '@kk/gpt';
import { init } from '@kk/nn-core';
import { generate } from '@kk/sampler';

const engine = await init('wasm');
const text = 'the cat sat on the mat. the dog sat on the log. '.repeat(40);
const letters = [...new Set(text)].sort();
const ids = Int32Array.from(text, (letter) => letters.indexOf(letter));
const model = new Llama(engine, {
  family: 'mistral', // or 'llama', 'qwen2'
  vocabSize: letters.length,
  contextLength: 32,
  layers: 2,
  heads: 4,
  keyValueHeads: 2, // each serves two heads of queries
  width: 32,
  feedForwardWidth: 64,
  window: 16, // a position sees itself and the 15 before it
});
const trainer = new Trainer(model, ids, { steps: 150, learningRate: 5e-3, warmupSteps: 10 });
while (!trainer.isDone) await trainer.step();
console.log(`loss ${(await evaluate(model, ids)).loss.toFixed(2)} nats per letter`);

// The two files of a MistralForCausalLM, as transformers and llama.cpp read them, and back.
const [config, weights] = [toHuggingFaceConfig(model.config), await toSafetensors(model)];
const again = fromSafetensors(engine, fromHuggingFaceConfig(config), weights);
let written = '';
for await (const id of generate(new Decoder(again), ids.slice(0, 8), { maxTokens: 40, temperature: 0.5, seed: 1 })) written += letters[id];
console.log(config.architectures, written);
engine.dispose();
