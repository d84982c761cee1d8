// The code behind the figures that learn from votes: the exact package calls with the current votes, or those that write a pair, and what they print. A test runs it.
import { modelFolder } from '../../figures/model-folder.js';
import type { ShownPair } from '../../lab/jobs/vote-pairs.js';
import type { RewardedLook, VoteTuning } from '../../lab/jobs/vote-tuning.js';
import { modelOf } from '../../lab/tuning/recipe.js';
import { seedOf } from '../../lab/votes/pairs.js';
import { BETA, decidedVotes, LEARNING_RATE, WARMUP_STEPS, type PairSource, type VoteRecipe } from '../../lab/votes/recipe.js';
import { LONGEST, SENTENCES } from '../../lab/votes/two-sentences.js';

interface Code {
  source: string;
  prints: string;
}

/** Loads the model and prepares its tuning on the decided pairs. */
function tuningLines({ language, votes, steps, seed, rate = LEARNING_RATE }: VoteRecipe, shown: readonly ShownPair[], alsoImported = ''): string[] {
  const decided = shown.slice(0, votes.length).flatMap(({ ids: { prompt, a, b } }, i) => (votes[i] === 'a' ? [{ prompt, chosen: a, rejected: b }] : votes[i] === 'b' ? [{ prompt, chosen: b, rejected: a }] : []));
  const list = (ids: readonly number[]): string => `Int32Array.of(${ids.join(', ')})`;
  return [
    `import { PreferenceRows, PreferenceTuning${alsoImported} } from '@kk/finetune';`,
    `import { loadModel } from '@kk/gpt/node';`,
    `import { init } from '@kk/nn-core';`,
    ``,
    `const folder = '${modelFolder(modelOf(language))}';`,
    `const engine = await init('wasm');`,
    `const model = await loadModel(engine, folder);`,
    `const reference = await loadModel(engine, folder); // the model as it was`,
    `// What was preferred, as tokens: the beginning of a story, and two ways to go on.`,
    `const pairs = [`,
    ...decided.map(({ prompt, chosen, rejected }) => `  { prompt: ${list(prompt)}, chosen: ${list(chosen)}, rejected: ${list(rejected)} },`),
    `];`,
    `const { contextLength, vocabSize } = model.config;`,
    `const tuning = await PreferenceTuning.create(model, new PreferenceRows(pairs, { contextLength, vocabSize, seed: ${seed} }), {`,
    `  loss: { dpo: { beta: ${BETA} } },`,
    `  reference,`,
    `  training: { batchSize: ${decidedVotes(votes)}, learningRate: ${rate}, minimumLearningRate: ${rate / 10}, steps: ${steps}, warmupSteps: ${Math.min(WARMUP_STEPS, steps)}, seed: ${seed} },`,
    `});`,
  ];
}

/** Learns from the votes as far as the run did, and prints by how much each chosen answer's reward is now above the other's. */
export function voteCode(recipe: VoteRecipe, shown: readonly ShownPair[], run: Pick<VoteTuning, 'step' | 'margins'> | null): Code {
  const { votes, steps } = recipe;
  const source = [
    ...tuningLines(recipe, shown, ', scoreAnswers'),
    `while (tuning.trainer.stepsDone < ${run?.step ?? steps}) await tuning.trainer.step();`,
    `for (const { prompt, chosen, rejected } of pairs) {`,
    `  const answers = [chosen, rejected].map((answer) => ({ prompt, answer }));`,
    `  const [now, before] = [await scoreAnswers(model, answers), await scoreAnswers(reference, answers)];`,
    `  console.log((${BETA} * (now[0] - before[0] - (now[1] - before[1]))).toFixed(1));`,
    `}`,
    `engine.dispose();`,
  ].join('\n');
  const signed = run?.margins?.voted.flatMap((margin, i) => (votes[i] === 'a' ? [margin] : votes[i] === 'b' ? [-margin] : [])) ?? [];
  return { source, prints: signed.map((margin) => margin.toFixed(1)).join('\n') };
}

/**
 * Learns from the votes until the run's newest look, and prints the reward at each look.
 * @param every  steps between two looks
 */
export function rewardCode(recipe: VoteRecipe, shown: readonly ShownPair[], looks: readonly Pick<RewardedLook, 'step' | 'reward'>[], every: number): Code {
  const source = [
    ...tuningLines(recipe, shown),
    `console.log(0, '0.0'); // before the first step it prefers neither`,
    `while (tuning.trainer.stepsDone < ${looks.at(-1)!.step}) {`,
    `  const { step, measures } = await tuning.trainer.step();`,
    `  if (step % ${every} === 0) console.log(step, measures.margin.toFixed(1));`,
    `}`,
    `engine.dispose();`,
  ].join('\n');
  return { source, prints: looks.map(({ step, reward }) => `${step} ${reward.toFixed(1)}`).join('\n') };
}

/** Writes pair i of a source, from 0, and prints both ways to go on. */
export function pairCode(source: PairSource, i: number, { ids: { prompt }, a, b }: ShownPair): Code {
  const code = [
    `import { BatchDecoder } from '@kk/gpt';`,
    `import { loadModel } from '@kk/gpt/node';`,
    `import { init } from '@kk/nn-core';`,
    `import { loadTokenizer } from '@kk/tokenizer/node';`,
    ``,
    `const folder = '${modelFolder(modelOf(source.language))}';`,
    `const engine = await init('wasm');`,
    `const model = await loadModel(engine, folder);`,
    `const tokenizer = await loadTokenizer(folder);`,
    `const prompt = Int32Array.of(${prompt.join(', ')}); // the beginning of a story, as tokens`,
    `// A sentence ends with one of these.`,
    `const ends = Array.from({ length: tokenizer.vocabSize }, (_, id) => id).filter((id) => /[.!?…]["“”«»]?\\s*$|\\n\\n/.test(tokenizer.decode([id])));`,
    `let answers = [[], []];`,
    `for (let sentence = 0; sentence < ${SENTENCES}; sentence++) {`,
    `  const decoder = new BatchDecoder(model, { sequences: 2, capacity: Math.min(model.config.contextLength, ${prompt.length + SENTENCES * LONGEST}) });`,
    `  const seeds = [${([0, 1] as const).map((side) => SENTENCES * seedOf(source, i, side)).join(', ')}];`,
    `  const texts = answers.map((answer, side) => decoder.add(Int32Array.from([...prompt, ...answer]), { maxTokens: ${LONGEST}, stopTokens: ends, temperature: 1, seed: seeds[side] + sentence }));`,
    `  while (texts.some(({ end }) => end === null)) await decoder.step();`,
    `  answers = answers.map((answer, side) => [...answer, ...texts[side].ids]);`,
    `  decoder.dispose();`,
    `}`,
    `for (const answer of answers) console.log(tokenizer.decode(answer).trim());`,
    `engine.dispose();`,
  ].join('\n');
  return { source: code, prints: `${a}\n${b}` };
}
