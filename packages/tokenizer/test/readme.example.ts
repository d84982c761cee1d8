import { BytePairTokenizer, StreamDecoder, tokenizerFromJSON } from '@kk/tokenizer';

const story = 'Once upon a time there was a fox. The fox was clever. "Good day", said the fox. '.repeat(20);
const tokenizer = BytePairTokenizer.train(story, { vocabSize: 300, specialTokens: ['<|endoftext|>'] });

const ids = tokenizer.encode('The clever fox 🦊');
console.log(ids.map((id) => tokenizer.idToToken(id)));
console.log(tokenizer.decode(ids));

const decoder = new StreamDecoder(tokenizer);
console.log(ids.map((id) => decoder.push(id))); // the emoji comes with its last byte

const copy = tokenizerFromJSON(JSON.parse(JSON.stringify(tokenizer))); // a Hugging Face tokenizer.json
console.log(copy.encodeWithDetails('a fox').offsets); // where each token stands
