import { compareModels, CopyFinder, type Question } from '@kk/finetune';
import { GPT, Trainer } from '@kk/gpt';
import { init } from '@kk/nn-core';

const engine = await init('wasm', { threads: 1 }); // for a model this small
const letters = [...new Set('the cat sat on a mat. the dog ran to a log. who sat? who ran? a cow')].sort();
const encode = (text: string) => Int32Array.from(text, (letter) => letters.indexOf(letter));
const trained = async (text: string) => {
  const model = new GPT(engine, { vocabSize: letters.length, contextLength: 24, layers: 2, heads: 2, width: 32 });
  const trainer = new Trainer(model, encode(text.repeat(60)), { steps: 150, learningRate: 5e-3, warmupSteps: 10, batchSize: 8 });
  while (!trainer.isDone) await trainer.step();
  return model;
};
const [tales, questions] = ['the cat sat on a mat. the dog ran to a log. ', 'who sat? the cat. who ran? the dog. '];
const [base, tuned] = [await trained(tales), await trained(tales + questions)];

const ask = (text: string, answer: string): Question => ({ kind: 'who', text, prompt: encode(text), answers: [answer], hasRightForm: (given) => /^ the \w+$/.test(given) });
const comparison = await compareModels({
  base: { model: base }, // of an adapter: the same model twice, and activate: () => adapter.disable() here, adapter.enable() there
  tuned: { model: tuned },
  questions: [ask('who sat?', ' the cat'), ask('who ran?', ' the dog')],
  decode: (ids) => ids.map((id) => letters[id]).join(''),
  stopTokens: [letters.indexOf('.')],
  maxTokens: 16,
  baseText: encode(tales),
  copies: new CopyFinder(encode(tales), 6),
  pairs: [{ probe: 'who sits: cat, dog', first: encode('the cat sat'), second: encode('the dog sat') }],
});
const percent = (share: number | null) => `${(100 * (share ?? NaN)).toFixed(0)} %`;
for (const { name, answers, baseText, probes } of [comparison.base, comparison.tuned]) {
  console.log(`${name}: ${percent(answers.exact)} right, ${percent(answers.rightForm)} in the right form, ${percent(answers.endsByItself)} end; ${baseText?.loss.toFixed(2)} nats on tales, prefers the cat in ${percent(probes?.['who sits: cat, dog']?.firstPreferred ?? null)}`);
}
for (const { question, base: before, tuned: after } of comparison.answers) console.log(`${question} before: ${JSON.stringify(before.text)}, after: ${JSON.stringify(after.text)}`);
engine.dispose();
