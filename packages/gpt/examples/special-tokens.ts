import { Decoder, GPT, resizeVocabulary, Trainer } from '@kk/gpt';
import { init } from '@kk/nn-core';
import { generate } from '@kk/sampler';
import { BytePairTokenizer, withSpecialTokens } from '@kk/tokenizer';

const engine = await init('wasm');
const story = 'the cat sat on the mat. the dog sat on the log. '.repeat(40);
const plain = BytePairTokenizer.train(story, { vocabSize: 270 });
const model = new GPT(engine, { vocabSize: plain.vocabSize, contextLength: 32, layers: 2, heads: 2, width: 32 });
const pretraining = new Trainer(model, Int32Array.from(plain.encode(story)), { batchSize: 4, steps: 40, learningRate: 5e-3 });
while (!pretraining.isDone) await pretraining.step();
pretraining.dispose(); // its optimizer belongs to the tables of the old size

// The tokenizer gets the tokens, then the model a row for each.
const tokenizer = withSpecialTokens(plain, ['<|user|>', '<|answer|>']);
await resizeVocabulary(model, tokenizer.vocabSize);

// Train on, with texts that use the new tokens.
const encode = (text: string) => Int32Array.from(tokenizer.encode(text, { allowedSpecial: 'all' }));
const chats = encode('<|user|>who sat on the mat?<|answer|>the cat.<|user|>who sat on the log?<|answer|>the dog.'.repeat(20));
const tuning = new Trainer(model, chats, { batchSize: 4, steps: 100, learningRate: 1e-2 });
while (!tuning.isDone) await tuning.step();
const answer: number[] = [];
for await (const id of generate(new Decoder(model), encode('<|user|>who sat on the log?<|answer|>'), { maxTokens: 20, temperature: 0 })) {
  if (id === tokenizer.specialTokens.get('<|user|>')) break; // the next question
  answer.push(id);
}
console.log(`${plain.vocabSize} tokens became ${model.config.vocabSize}; the answer: ${tokenizer.decode(answer)}`);
engine.dispose();
