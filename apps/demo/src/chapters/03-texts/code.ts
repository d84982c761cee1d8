// The code behind the figures of this chapter: the exact package calls with the current settings, and what they print.
import { modelFolder } from '../../figures/model-folder.js';
import type { StoryLanguage } from '../../languages/stories.js';
import type { EntropyAtOrder, Entropies } from '../../lab/jobs/entropy.js';
import type { Passage } from '../../lab/jobs/passages.js';
import type { Scores } from '../../lab/jobs/scores.js';
import type { Zipf } from '../../lab/jobs/zipf.js';
import { LETTERS, realSeed, TRAINING, type KindsInput } from '../../lab/kinds/names.js';
import type { Measured } from '../../lab/kinds/measure.js';

interface Code {
  source: string;
  prints: string;
}

/** The line that makes the real text. */
function realLine({ language, seed, length, own }: KindsInput, measured: number): string {
  const cut = own !== undefined && measured < length ? `.slice(0, ${measured})` : '';
  return `const text = writeStories('${language}', { seed: ${realSeed(seed)}, characters: ${length} })${cut};`;
}

export function betCode(language: StoryLanguage, { seed, round }: { seed: number; round: number }, passages: readonly Passage[]): Code {
  const real = passages.find(({ kind }) => kind === 'real')?.text ?? '';
  return {
    source: `import { writeStory } from '@kk/corpora';

const story = writeStory('${language}', ${realSeed((seed * 1009 + round * 10) % 2 ** 30)});
console.log(story.slice(0, ${real.length}));`,
    prints: real,
  };
}

export function zipfCode(input: KindsInput, { length, kinds }: Measured<Zipf>): Code | undefined {
  const real = kinds.real?.value;
  if (!real) return undefined;
  return {
    source: `import { writeStories } from '@kk/corpora';
import { zipfFit } from '@kk/corpora/stats';

${realLine(input, length)}
const { tokens, types, exponent, frequencies } = zipfFit(text);
console.log(tokens, types, exponent.toFixed(2), frequencies[0]);`,
    prints: [real.tokens, real.types, real.exponent.toFixed(2), real.line[0]?.count].join(' '),
  };
}

export function entropyCode(input: KindsInput, { length, kinds, floor }: Entropies): Code | undefined {
  const real: readonly EntropyAtOrder[] | undefined = kinds.real?.value;
  if (!real) return undefined;
  return {
    source: `import { storyEntropy, writeStories } from '@kk/corpora';
import { entropyByOrder } from '@kk/corpora/stats';

${realLine(input, length)}
const { orders } = entropyByOrder(text, { maxOrder: ${real.length} });
console.log(orders.map((order) => order.conditionalCorrected.toFixed(2)).join(' '));
console.log((storyEntropy('${input.language}').natsPerCharacter / Math.LN2).toFixed(3));`,
    prints: `${real.map(({ bits }) => bits.toFixed(2)).join(' ')}\n${floor.toFixed(3)}`,
  };
}

export function scoresCode(input: KindsInput, { length, kinds }: Measured<Scores>): Code | undefined {
  const real = kinds.real?.value;
  if (!real) return undefined;
  return {
    source: `import { writeStories } from '@kk/corpora';
import { closedPairs, verbAgreement, verbatimCopies } from '@kk/corpora/stats';

${realLine(input, length)}
const reference = writeStories('${input.language}', { seed: ${TRAINING.seed}, bytes: ${TRAINING.bytes} });
const { agreeing, pairs } = verbAgreement(text, { language: '${input.language}' });
const { closed, opened, unopened } = closedPairs(text);
const { longest } = verbatimCopies(text, { reference });
console.log(agreeing, pairs);
console.log(closed, opened + unopened);
console.log(longest.length, longest.text);`,
    prints: `${real.near.hits + real.far.hits} ${real.near.cases + real.far.cases}\n${real.quotes.hits} ${real.quotes.cases}\n${real.longestCopy.words} ${real.longestCopy.text}`,
  };
}

/** Reads the shown passage. A GPT is loaded from its folder, a chain is trained. */
export function lensCode({ language, reader, text, model }: { language: StoryLanguage; reader: 'gpt' | 'markov'; text: string; model: string }, meanBits: number): Code {
  const quoted = JSON.stringify(text);
  const source =
    reader === 'markov'
      ? `import { writeStories } from '@kk/corpora';
import { TextMarkov } from '@kk/markov';
import { surprise } from '@kk/sampler';

const text = ${quoted};
const training = writeStories('${language}', { seed: ${TRAINING.seed}, bytes: ${TRAINING.bytes} });
const reader = TextMarkov.train(training, { unit: 'character', order: ${LETTERS}, smoothing: 'witten-bell', unknowns: true });
const before = reader.encode('\\n\\n');
const ids = [...before, ...reader.encode(text)];
let nats = 0;
for (let at = before.length; at < ids.length; at++) {
  const logits = await reader.model.next(ids.slice(Math.max(0, at - ${LETTERS}), at));
  nats += surprise(logits, ids[at]);
}
console.log((nats / Math.LN2 / [...text].length).toFixed(2), 'bits per character');`
      : `import { Decoder } from '@kk/gpt';
import { loadModel } from '@kk/gpt/node';
import { init } from '@kk/nn-core';
import { surprise } from '@kk/sampler';
import { loadTokenizer } from '@kk/tokenizer/node';

const folder = '${modelFolder(model)}';
const tokenizer = await loadTokenizer(\`\${folder}/tokenizer.json\`);
const model = await loadModel(await init('wasm'), folder);
const decoder = new Decoder(model);
const text = ${quoted};
const before = tokenizer.encode('\\n\\n');
const ids = [...before, ...tokenizer.encode(text)];
let nats = 0;
for (let at = before.length; at < ids.length; at++) {
  nats += surprise(await decoder.next(ids.slice(0, at)), ids[at]);
}
console.log((nats / Math.LN2 / [...text].length).toFixed(2), 'bits per character');`;
  return { source, prints: `${meanBits.toFixed(2)} bits per character` };
}
