// The code behind the figure that learns to add: the exact package calls of one lesson as far as it has come, and the shares of right sums before and after. A test runs it.
import type { SumsState } from '../../lab/jobs/sums.js';
import { GROUP, LESSON, MORE, RATES, START, TESTED } from '../../lab/sums/recipe.js';

interface Sizes {
  readonly start: number;
  readonly steps: number;
  readonly tested: number;
}
const usual: Sizes = { start: START.steps, steps: LESSON.steps, tested: TESTED };

/** The lesson until the run's newest look. */
export function lessonCode({ recipe: { lesson, seed }, rounds, looks }: Pick<SumsState, 'recipe' | 'rounds' | 'looks'>, { start, steps, tested }: Sizes = usual): { source: string; prints: string } {
  const teaches = lesson === 'solved';
  const { step } = looks.at(-1)!;
  const source = [
    `import { writeArithmetic } from '@kk/corpora/arithmetic';`,
    `import { exactReward, ${teaches ? '' : 'GroupTuning, '}rewardAll, rollouts, TuningRows } from '@kk/finetune';`,
    `import { GPT, Trainer } from '@kk/gpt';`,
    `import { init${lesson === 'coin' ? ', Random' : ''} } from '@kk/nn-core';`,
    `import { CharacterTokenizer } from '@kk/tokenizer';`,
    ``,
    `const tokenizer = CharacterTokenizer.train('0123456789+=\\n');`,
    `const end = tokenizer.encode('\\n')[0];`,
    `const config = { vocabSize: tokenizer.vocabSize, contextLength: 12, layers: 2, heads: 4, width: 96 };`,
    `const engine = await init('wasm');`,
    `const model = new GPT(engine, config, { seed: ${seed} });`,
    ``,
    `// Sums whose digits are written from the ones on.`,
    `const exercises = (seed, count, part) => writeArithmetic('en', { seed, count, part, forms: ['reversed-sum'], operands: [10, 99] });`,
    `const prompts = (sums) => sums.map(({ prompt }) => Int32Array.from(tokenizer.encode(prompt)));`,
    `const decode = (ids) => tokenizer.decode(ids);`,
    `const isRight = exactReward((prompt) => {`,
    `  const [a, b] = prompt.split(/[+=]/).map(Number);`,
    `  return [...String(a + b)].reverse().join('');`,
    `});`,
    `const answering = { stopTokens: [end], maxTokens: 4 };`,
    `async function test() {`,
    `  const answers = await rollouts(model, prompts(exercises(5, ${tested}, 'test')), { ...answering, groupSize: 1, seed: 5 });`,
    `  const rewards = await rewardAll(isRight, answers, decode);`,
    `  console.log((rewards.filter((reward) => reward === 1).length / ${tested}).toFixed(3));`,
    `}`,
    ``,
    `// Solved sums: what is learned stands behind the prompt.`,
    `async function teach(sums, { seed, steps, until = steps, learningRate }) {`,
    `  const rows = new TuningRows(sums.map(({ prompt, answer }) => {`,
    `    const ids = Int32Array.from(tokenizer.encode(\`\${prompt}\${answer}\\n\`));`,
    `    return { ids, learned: Uint8Array.from(ids, (_, i) => Number(i >= tokenizer.encode(prompt).length)) };`,
    `  }), { contextLength: 12, vocabSize: config.vocabSize, seed, padding: end });`,
    `  const trainer = new Trainer(model, rows, { steps, batchSize: ${LESSON.sums}, learningRate, minimumLearningRate: learningRate / 100, warmupSteps: Math.min(50, Math.floor(steps / 5)), weightDecay: 0, seed });`,
    `  while (trainer.stepsDone < until) await trainer.step();`,
    `}`,
    `await teach(exercises(${seed}, 20000, 'training'), { seed: ${seed}, steps: ${start}, learningRate: ${START.learningRate} });`,
    ...(rounds > 0 ? [`for (let round = 1; round <= ${rounds}; round++) await teach(exercises(${seed} + 1000 * round, 20000, 'training'), { seed: ${seed} + round, steps: ${MORE.steps}, learningRate: ${MORE.learningRate} });`] : []),
    `await test();`,
    ``,
    ...(teaches
      ? [`await teach(exercises(${seed + 1}, ${LESSON.sums * steps}, 'training'), { seed: ${seed}, steps: ${steps},${step < steps ? ` until: ${step},` : ''} learningRate: ${RATES[lesson]} });`]
      : [
          ...(lesson === 'coin' ? [`const random = new Random(${seed});`] : []),
          `const tuning = await GroupTuning.create(model, prompts(exercises(${seed + 1}, ${LESSON.sums * steps}, 'training')), {`,
          `  ...answering, decode, groupSize: ${GROUP},`,
          `  reward: ${lesson === 'right' ? 'isRight' : '() => Number(random.uniform() < 0.5)'},`,
          `  training: { seed: ${seed}, steps: ${steps}, batchSize: ${LESSON.sums}, learningRate: ${RATES[lesson]}, minimumLearningRate: ${RATES[lesson] / 10}, warmupSteps: ${Math.min(20, Math.floor(steps / 5))} },`,
          `});`,
          `while (tuning.trainer.stepsDone < ${step}) await tuning.trainer.step();`,
        ]),
    `await test();`,
    `engine.dispose();`,
  ].join('\n');
  return { source, prints: [looks[0]!, looks.at(-1)!].map(({ right }) => right.toFixed(3)).join('\n') };
}
