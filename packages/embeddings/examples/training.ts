import { cosineSimilarity, readCorpus, responsibleSentencesInSteps, runSteps, WordVectorTrainer } from '@kk/embeddings';

const sentences = [
  'the cat eats meat', 'the dog eats meat', 'the cat sleeps in the house', 'the dog sleeps in the house',
  'the train leaves the station', 'the bus leaves the station', 'the train is late today', 'the bus is late today',
];
const options = { width: 16, window: 2, epochs: 200, subsample: 0 };

const corpus = await readCorpus(sentences, { minCount: 1 });
const vectors = await runSteps(new WordVectorTrainer(corpus, options).steps());
for (const other of ['dog', 'bus']) {
  console.log(`cat and ${other}:`, cosineSimilarity(vectors.vector('cat')!, vectors.vector(other)!).toFixed(2));
}

// Which sentences did this?
const { sentences: responsible } = await runSteps(responsibleSentencesInSteps(corpus, options, ['cat', 'dog']));
for (const { sentence, contribution } of responsible) console.log(contribution.toFixed(2), sentences[sentence]);
