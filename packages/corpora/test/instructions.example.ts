import { hasRightForm, instructions, notSaid, writeInstructions } from '@kk/corpora/instructions';

const training = writeInstructions('en', { seed: 1, count: 2000 });
const test = writeInstructions('en', { seed: 1, count: 200, part: 'test' }); // other stories, and half of the wordings are new
for (const { prompt, completion } of training.slice(0, 1)) console.log(`${prompt}\n=> ${completion}`);

const lines = training.map(({ messages }) => JSON.stringify({ messages })).join('\n'); // JSON Lines, as tuning tools read them
console.log(lines.split('\n').length, test.filter(({ isNewWording }) => isNewWording).length);

for (const { prompt, answer } of instructions('de', { seed: 3, kinds: ['lost'], unanswerable: 1, sentences: [2, 3] })) {
  console.log(prompt, answer === notSaid('de'), hasRightForm('de', 'lost', 'Den Ball.'));
  break; // the generator has no end
}
