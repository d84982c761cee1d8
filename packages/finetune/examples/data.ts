import { findDuplicates, labelExamples, readExamples, splitExamples, TuningRows, type NumberedExample } from '@kk/finetune';
import { BytePairTokenizer, chatMLTokens } from '@kk/tokenizer';

const story = 'Who lost the key? Anna lost the key. Where is it? It is in the garden. ';
const tokenizer = BytePairTokenizer.train(story.repeat(20), { vocabSize: 290, specialTokens: ['<|endoftext|>', ...chatMLTokens] });
const endOfText = tokenizer.tokenToId('<|endoftext|>');
const file = `{"text": "Anna lost the key."}
{"prompt": "Who lost the key?", "completion": " Anna"}
{"prompt": "who lost the key?", "completion": " anna"}
{"messages": [{"role": "user", "content": "Where is it?"}, {"role": "assistant", "content": "In the garden."}]}
`;

// In Node: readExampleFile(path) of @kk/finetune/node.
const read: NumberedExample[] = [];
for await (const one of readExamples([file])) read.push(one);
console.log(`equal examples: ${JSON.stringify(findDuplicates(read))}`);
const { training, heldOut } = splitExamples(read, { heldOut: 0.25 });
console.log(`${training.length} to learn from, ${heldOut.length} held out`);

// What is learned, by default: all of a text, the completion, and what the assistant says, each with its end.
const labelled = await labelExamples(tokenizer, training, { endOfText });
for (const { ids, learned } of labelled) console.log(JSON.stringify(tokenizer.decode(ids.filter((_, i) => learned[i]))));

// The rows that `new Trainer(model, rows)` of @kk/gpt trains on.
const rows = new TuningRows(labelled, { contextLength: 64, vocabSize: tokenizer.vocabSize, truncation: 'left' });
console.log(`${rows.counts.examples} examples, ${rows.counts.dropped} dropped, ${rows.counts.truncated} cut; ${rows.counts.targets} targets in ${rows.counts.rows} rows`);
