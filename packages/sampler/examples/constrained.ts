import { Random, generate, type NextTokenModel, Sampler, streamText } from '@kk/sampler';
import { constrain, jsonSchemaConstraint, TokenVocabulary } from '@kk/sampler/grammar';

// A tokenizer's tokens as bytes; here one per printable ASCII character, some longer ones, and one that ends the text.
const tokens = [...Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)), '{"', '": ', 'true', 'false', '<end>'];
const end = tokens.length - 1;
const bytes = tokens.map((token) => new TextEncoder().encode(token));
const vocabulary = new TokenVocabulary(bytes, { endTokens: [end] });

// A model that knows nothing, and a form that its text must have.
const random = new Random(7);
const model: NextTokenModel = { vocabSize: tokens.length, next: () => Float32Array.from(tokens, () => 5 * random.uniform()) };
const schema = { type: 'object', properties: { name: { type: 'string', pattern: '^[A-Z][a-z]{2,8}$' }, age: { type: 'integer', minimum: 0, maximum: 120 } }, required: ['name', 'age'] };
const sampler = new Sampler([constrain(jsonSchemaConstraint(schema, vocabulary))], { seed: 1 });

const ids = generate(model, [], { maxTokens: 100, sampler });
let text = '';
for await (const piece of streamText(ids, { tokenBytes: (id) => bytes[id] })) text += piece;
console.log(JSON.parse(text));
