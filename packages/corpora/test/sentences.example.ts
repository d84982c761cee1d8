import { courseSentences, sentenceWords, vectorQuestions, wordKinds, wordPairs } from '@kk/corpora/sentences';

const sentences = courseSentences('en');
const words = sentenceWords(sentences); // one list per sentence, for the training of word vectors
console.log(sentences.length, words.flat().length, words[0]?.join(' '));

const [question] = vectorQuestions('en');
if (question?.kind === 'neighbour') console.log(`nearest to ${question.word}: one of ${question.amongst.join(', ')}?`);
console.log(vectorQuestions('en').filter(({ kind }) => kind === 'analogy').length, wordKinds.de.days[0], wordPairs.de[0]?.join(' - '));
