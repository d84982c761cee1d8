import { evaluateAnswers, labelExample, SupervisedTuning, TuningRows } from '@kk/finetune';
import { GPT } from '@kk/gpt';
import { init } from '@kk/nn-core';
import { BytePairTokenizer, chatMLTemplate, chatMLTokens, encodeChat, withSpecialTokens } from '@kk/tokenizer';

const colours = { 'the sky': 'blue', grass: 'green', snow: 'white', coal: 'black', 'a lemon': 'yellow', blood: 'red', 'a carrot': 'orange', 'a mouse': 'grey', chocolate: 'brown', 'a plum': 'purple' };
const chats = Object.entries(colours).map(([thing, colour]) => [{ role: 'user', content: `What colour is ${thing}?` }, { role: 'assistant', content: `It is ${colour}.` }]);
const question = { role: 'user', content: 'What colour is snow?' };

// A model of your own (one from a folder: see below); its tokenizer gets the marks of a conversation.
const tokenizer = withSpecialTokens(BytePairTokenizer.train([JSON.stringify(chats)], { vocabSize: 320 }), chatMLTokens);
const { vocabSize } = tokenizer;
const model = new GPT(await init('wasm', { threads: 1 }), { vocabSize, contextLength: 48, layers: 2, heads: 2, width: 64 });

async function ask() {
  const prompt = await encodeChat(tokenizer, [question], { template: chatMLTemplate, addGenerationPrompt: true });
  const { answers } = await evaluateAnswers(model, [{ kind: 'colour', text: 'snow', prompt }], { decode: (ids) => tokenizer.decode(ids), stopTokens: [...tokenizer.specialTokens.values()], maxTokens: 12 });
  return JSON.stringify(answers[0]?.text);
}

const before = await ask();
const examples = await Promise.all(chats.map((messages) => labelExample(tokenizer, { messages }))); // only the answers are learned
const tuning = new SupervisedTuning(model, new TuningRows(examples, { contextLength: 48, vocabSize }), { epochs: 40, training: { batchSize: 5, learningRate: 5e-3 } });
for await (const event of tuning.run()) if (event.type === 'step' && event.report.step % 20 === 0) console.log(`step ${event.report.step}: loss ${event.report.loss.toFixed(2)}`);
console.log(`What colour is snow? before: ${before}, after: ${await ask()}`);
