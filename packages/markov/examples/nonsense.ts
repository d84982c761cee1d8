import { MarkovModel, TextMarkov } from '@kk/markov';

const text = 'Es war einmal ein König, der hatte eine Tochter. Die Tochter hatte einen Wolf. Der Wolf hatte einen König.';

// Nonsense by words, from the last word alone.
const nonsense = TextMarkov.train(text, { unit: 'word', order: 1 });
console.log(nonsense.generate({ length: 12, seed: 33 }));

// What followed "hatte", and how often.
for (const { id, count } of nonsense.counted.counts(nonsense.encode('hatte'))) console.log(nonsense.tokens[id], count);

// The chain itself works on any token ids, and measures how well it foresees others.
const model = MarkovModel.train([0, 1, 0, 1, 0, 2], { order: 1, vocabSize: 3 });
console.log(model.crossEntropy([0, 1, 0, 2]).toFixed(4), 'nats per token');
