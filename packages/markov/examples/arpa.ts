import { markovFromArpa, markovToArpa, readArpa, TextMarkov } from '@kk/markov';

const model = TextMarkov.train('the cat sat\nthe cat ran\nthe dog ran', { unit: 'whitespace', order: 1, smoothing: 'witten-bell', sentences: true });

// A line of an ARPA file has the base-10 logarithm of a probability, an n-gram, and that of a weight for backing off.
const arpa = markovToArpa(model);
console.log(arpa.trim().split('\n').slice(0, 9).join('\n'));

// The model that is read from it foresees texts as the first one does; it has no counts.
const copy = markovFromArpa(readArpa(arpa), { unit: 'whitespace' });
console.log(model.evaluate('the cat ran').perplexity.toFixed(3), copy.evaluate('the cat ran').perplexity.toFixed(3));
