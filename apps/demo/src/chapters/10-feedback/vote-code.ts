// The code behind the figure "votes": the exact package calls with the current votes, and what they print. A test runs it.
import { modelFolder } from '../../figures/model-folder.js';
import type { ShownPair } from '../../lab/jobs/vote-pairs.js';
import type { VoteTuning } from '../../lab/jobs/vote-tuning.js';
import { modelOf } from '../../lab/tuning/recipe.js';
import { BETA, decidedVotes, LEARNING_RATE, WARMUP_STEPS, type VoteRecipe } from '../../lab/votes/recipe.js';

/** Learns from the votes as far as the run did, and prints by how much each chosen answer's reward is now above the other's. */
export function voteCode(recipe: VoteRecipe, shown: readonly ShownPair[], run: Pick<VoteTuning, 'step' | 'margins'> | null): { source: string; prints: string } {
  const { language, votes, steps, seed } = recipe;
  const decided = shown.slice(0, votes.length).flatMap(({ ids: { prompt, a, b } }, i) => (votes[i] === 'a' ? [{ prompt, chosen: a, rejected: b }] : votes[i] === 'b' ? [{ prompt, chosen: b, rejected: a }] : []));
  const list = (ids: readonly number[]): string => `Int32Array.of(${ids.join(', ')})`;
  const count = decidedVotes(votes);
  const source = [
    `import { PreferenceRows, PreferenceTuning, scoreAnswers } from '@kk/finetune';`,
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
    `  training: { batchSize: ${count}, learningRate: ${LEARNING_RATE}, minimumLearningRate: ${LEARNING_RATE / 10}, steps: ${steps}, warmupSteps: ${Math.min(WARMUP_STEPS, steps)}, seed: ${seed} },`,
    `});`,
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
