import { writeStory } from '@kk/corpora';
import { closedPairs, entropyByOrder, measureAll, typeTokenRatio, verbAgreement, zipfFit } from '@kk/corpora/stats';

const story = writeStory('de', 7);
console.log(typeTokenRatio(story, { window: 50 }).movingAverage.toFixed(2));
for (const { order, conditionalCorrected, onceShare } of entropyByOrder(story, { maxOrder: 3 }).orders) {
  console.log(`${conditionalCorrected.toFixed(2)} bits for a letter after ${order - 1}`, onceShare > 0.5 ? '(too few letters to tell)' : '');
}
console.log(verbAgreement('Er waren müde. Wir sind wach.', { language: 'de' }).share);

// Several measures in one pass over a text that need not fit into memory: here 200 stories, elsewhere the chunks of a file or a download.
function* chunks(): Generator<string> {
  for (let seed = 0; seed < 200; seed++) yield `${writeStory('de', seed)}\n\n`;
}
const { zipf, pairs } = await measureAll(chunks(), { zipf: zipfFit.accumulator(), pairs: closedPairs.accumulator() });
console.log(zipf.exponent.toFixed(2), pairs.share);
