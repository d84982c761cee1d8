import { Decoder, evaluate, GPT, Trainer } from '@kk/gpt';
import { init } from '@kk/nn-core';
import { generate } from '@kk/sampler';

const engine = await init('wasm');
const text = 'the cat sat on the mat. the dog sat on the log. '.repeat(40);
const letters = [...new Set(text)].sort();
const ids = Int32Array.from(text, (letter) => letters.indexOf(letter));
const model = new GPT(engine, { vocabSize: letters.length, contextLength: 16, layers: 2, heads: 2, width: 32 });
const trainer = new Trainer(model, ids, { steps: 150, learningRate: 5e-3, warmupSteps: 10 });
while (!trainer.isDone) await trainer.step();
const { loss } = await evaluate(model, ids);
let written = '';
for await (const id of generate(new Decoder(model), ids.slice(0, 8), { maxTokens: 40, temperature: 0.5, seed: 1 })) written += letters[id];
console.log(`loss ${loss.toFixed(2)} nats per letter: ${written}`);
engine.dispose();
