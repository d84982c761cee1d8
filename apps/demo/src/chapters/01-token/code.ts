// The code behind this chapter's figures, with the settings that are shown, and what it prints. A test runs it.
import { modelFolder } from '../../figures/model-folder.js';
import type { Contest } from '../../lab/jobs/contest.js';
import type { GuessWord } from '../../lab/jobs/guess-word.js';
import type { NextToken } from '../../lab/jobs/next-token.js';

export interface Code {
  source: string;
  prints: string;
}

/** Reads a model's folder; the rest of each code goes on from it. */
const opening = (model: string, fromSampler: string): string => `import { Decoder } from '@kk/gpt';
import { loadModel } from '@kk/gpt/node';
import { init } from '@kk/nn-core';
import { ${fromSampler} } from '@kk/sampler';
import { loadTokenizer } from '@kk/tokenizer/node';

const folder = '${modelFolder(model)}';
const tokenizer = await loadTokenizer(folder);
const decoder = new Decoder(await loadModel(await init('wasm'), folder));
`;
/** A story begins where another has ended, with an empty line. */
const context = (text: string): string => `const ids = [...tokenizer.encode(${JSON.stringify(`\n\n${text}`)})];\n`;
const lines = (...list: string[]): string => list.join('\n');

/** Of the guess, or of the favourite if there is none. */
export function guessCode(model: string, { text, words, guess }: GuessWord): Code {
  const word = guess ?? words[0]!;
  return {
    source: `${opening(model, 'softmax, surprise')}
${context(text)}let bits = 0;
for (const id of tokenizer.encode(${JSON.stringify(word.decoded)})) {
  const logits = await decoder.next(ids);
  bits += surprise(logits, id) / Math.LN2;
  console.log(tokenizer.decode([id]), softmax(logits)[id].toFixed(3));
  ids.push(id);
}
console.log(bits.toFixed(1), 'bits');
`,
    prints: lines(...word.pieces.map((piece) => `${piece.decoded} ${piece.probability.toFixed(3)}`), `${word.bits.toFixed(1)} bits`),
  };
}

export function dieCode(model: string, { text, rolls }: NextToken, seed: number): Code {
  const shown = rolls.slice(0, 5);
  return {
    source: `${opening(model, 'Random, sampleToken')}
${context(text)}const logits = await decoder.next(ids);
const random = new Random(${seed});
for (let roll = 0; roll < ${shown.length}; roll++) {
  const number = random.uniform();
  console.log(number.toFixed(4), tokenizer.decode([sampleToken(logits, { random: { uniform: () => number } })]));
}
`,
    prints: lines(...shown.map(({ number, decoded: token }) => `${number.toFixed(4)} ${token}`)),
  };
}

export function growthCode(model: string, { text, grown, grownText, top }: NextToken): Code {
  return {
    source: `${opening(model, 'softmax')}
${context(text)}ids.push(${grown.map(({ id }) => id).join(', ')});
console.log(tokenizer.decode(ids).trim());

const shares = softmax(await decoder.next(ids));
const best = [...shares.keys()].sort((a, b) => shares[b] - shares[a]).slice(0, ${top.length});
for (const id of best) console.log(id, tokenizer.decode([id]), shares[id].toFixed(3));
`,
    prints: lines((text + grownText).trim(), ...top.map((choice) => `${choice.id} ${choice.decoded} ${choice.probability.toFixed(3)}`)),
  };
}

export function contestCode(model: string, language: string, { order, trainingBytes, opening: text, rounds }: Contest, at: number): Code {
  const given = text + rounds.slice(0, at).map((round) => round.between + round.word).join('') + rounds[at]!.between.replace(/ $/, '');
  const { word, gpt, markov, between } = rounds[at]!;
  return {
    source: `import { writeStories } from '@kk/corpora';
import { MarkovModel } from '@kk/markov';
${opening(model, 'surprise')}
const stories = writeStories('${language}', { seed: 1, bytes: ${trainingBytes} });
const chain = MarkovModel.train(tokenizer.encode(stories), { order: ${order}, vocabSize: tokenizer.vocabSize });

${context(given)}let gpt = 0, markov = 0;
for (const id of tokenizer.encode(${JSON.stringify((between.endsWith(' ') ? ' ' : '') + word)})) {
  gpt += surprise(await decoder.next(ids), id) / Math.LN2;
  markov -= chain.logProbability(ids, id) / Math.LN2;
  ids.push(id);
}
console.log('GPT', gpt.toFixed(1), 'bits; Markov chain', markov.toFixed(1), 'bits');
`,
    prints: `GPT ${gpt.bits.toFixed(1)} bits; Markov chain ${markov.bits.toFixed(1)} bits`,
  };
}
