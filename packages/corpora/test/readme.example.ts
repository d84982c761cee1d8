import { entropyPerToken, inspectStory, storyEntropy, writeStories, writeStory } from '@kk/corpora';

console.log(`${writeStory('de', 7).slice(0, 55)} ...`);

const training = writeStories('de', { seed: 1, bytes: 2_500_000 });
const validation = writeStories('de', { seed: 2, count: 300 });
console.log(training.length, validation.length);

const { natsPerCharacter, bitsPerByte } = storyEntropy('de');
console.log(`no model can have a lower loss than ${natsPerCharacter.toFixed(4)} nats per character, ${bitsPerByte.toFixed(4)} bits per byte`);
console.log(`with a tokenizer that makes 0.25 tokens of a character: ${entropyPerToken('de', 0.25).toFixed(3)} nats per token`);

for (const { name, chosen, probability } of inspectStory('de', 7).choices.slice(0, 5)) console.log(name, chosen, probability.toFixed(3));
