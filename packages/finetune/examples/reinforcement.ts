import { GroupTuning } from '@kk/finetune';
import { GPT, Trainer } from '@kk/gpt';
import { init } from '@kk/nn-core';
import { CharacterTokenizer } from '@kk/tokenizer';

// A model that answers in two ways, each as often.
const names = ['Anna', 'Ben', 'Cleo', 'Dora', 'Emil', 'Fred', 'Gina', 'Hugo', 'Ida', 'Jon'];
const text = names.map((name) => `Who? ${name}: It is ${name}.\nWho? ${name}: ${name}.\n`).join('');
const tokenizer = CharacterTokenizer.train(text);
const model = new GPT(await init('wasm', { threads: 1 }), { vocabSize: tokenizer.vocabSize, contextLength: 32, layers: 2, heads: 2, width: 32 });
const pretraining = new Trainer(model, Int32Array.from(tokenizer.encode(text.repeat(20))), { steps: 200, learningRate: 5e-3, batchSize: 8 });
while (!pretraining.isDone) await pretraining.step();

const prompts = names.map((name) => tokenizer.encode(`Who? ${name}:`));
const tuning = await GroupTuning.create(model, prompts.slice(3), {
  reward: (_prompt, answer) => (/^ It is .*\.$/.test(answer) ? 1 : 0), // any function of two texts
  decode: (ids) => tokenizer.decode(ids),
  stopTokens: tokenizer.encode('\n'),
  maxTokens: 16,
  groupSize: 8,
  trained: { lora: { rank: 4 } }, // the KL divergence is measured from the model with this adapter switched off
  maximumKl: 5,
  heldOut: { prompts: Array.from({ length: 30 }, (_, i) => prompts[i % 3]!) },
  training: { steps: 20, batchSize: 7, learningRate: 1e-2 },
});
for await (const event of tuning.run({ lookEvery: 10 })) {
  if (event.type === 'look') console.log(`step ${event.step}: ${(100 * event.reward!).toFixed(0)} % whole sentences, ${event.kl!.toFixed(1)} nats from the reference`);
}
