import { encodePreferences, PreferenceRows, PreferenceTuning } from '@kk/finetune';
import { GPT, Trainer } from '@kk/gpt';
import { init } from '@kk/nn-core';
import { CharacterTokenizer } from '@kk/tokenizer';

// A model that answers in two ways, and people who like whole sentences better.
const names = ['Anna', 'Ben', 'Cleo', 'Dora', 'Emil', 'Fred', 'Gina', 'Hugo', 'Ida', 'Jon'];
const text = names.map((name) => `Who? ${name}: It is ${name}.\nWho? ${name}: ${name}.\n`).join('');
const tokenizer = CharacterTokenizer.train(text);
const sizes = { contextLength: 32, vocabSize: tokenizer.vocabSize };
const model = new GPT(await init('wasm', { threads: 1 }), { ...sizes, layers: 2, heads: 2, width: 32 });
const pretraining = new Trainer(model, Int32Array.from(tokenizer.encode(text.repeat(20))), { steps: 200, learningRate: 5e-3, batchSize: 8 });
while (!pretraining.isDone) await pretraining.step();

// In Node: readPreferenceFile(path) of @kk/finetune/node, one {"prompt", "chosen", "rejected"} a line.
const preferences = names.map((name, i) => ({ line: i + 1, preference: { prompt: `Who? ${name}:`, chosen: ` It is ${name}.\n`, rejected: ` ${name}.\n` } }));
const pairs = await encodePreferences(tokenizer, preferences);
const [heldOut, training] = [pairs.slice(0, 3), pairs.slice(3)];

const tuning = await PreferenceTuning.create(model, new PreferenceRows(training, sizes), {
  loss: { dpo: { beta: 0.1 } },
  trained: { lora: { rank: 4 } }, // the reference is the model with this adapter switched off
  heldOut: { pairs: new PreferenceRows(heldOut, sizes), answers: { prompts: heldOut.map(({ prompt }) => prompt), stopTokens: tokenizer.encode('\n'), maxTokens: 24 } },
  training: { steps: 40, batchSize: 4, learningRate: 2e-3 },
});
for await (const event of tuning.run({ lookEvery: 20 })) {
  if (event.type === 'look') console.log(`step ${event.step}: loss ${event.loss?.toFixed(2)}, right in ${(100 * event.accuracy!).toFixed(0)} %, ${event.kl?.toFixed(1)} nats from the reference`);
}
