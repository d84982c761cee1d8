import { TextMarkov } from '@kk/markov';

const text = 'The old wolf sees the cat. The cat sleeps late today! The dog barks at the old woman. Does the woman see the dog? The wolf does not bark today.';
const model = TextMarkov.train(text, { unit: 'word', order: 1 });

// Whole sentences of which no passage in the text has more than 60 % of the units: words and punctuation marks.
for (const seed of [1, 2, 3]) {
  const sentence = model.sentence({ seed, maxCharacters: 40, maxCopied: 0.6 });
  const { longest } = model.copies(sentence, { minimumRun: 2 });
  console.log(sentence, `(longest copy: ${longest?.length} of ${model.encode(sentence).length} units)`);
}
