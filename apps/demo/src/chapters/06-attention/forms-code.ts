// The code behind the figures "attention forms" and "through the layers", and what it prints.
import type { AttentionReading } from '../../lab/jobs/attention-reading.js';
import type { LayerLens } from '../../lab/jobs/layer-lens.js';
import { BATCH, CONTEXT, DIGITS, LEARNING_RATE, modelSizes, SIGN, steps, WARMUP_STEPS, type TaskName } from '../../lab/forms/tasks.js';
import { opening, type Code } from './code.js';

/** The right answer to `digits`. */
const answerCode: Record<TaskName, string> = { copy: 'digits', reverse: 'digits.toReversed()', sort: 'digits.toSorted()' };

const percent = (share: number): string => (100 * share).toFixed(0);

/** Trains so far, lets the model write, and prints in each row where the head looks. */
export function formsCode(input: { task: TaskName; seed: number; digits: readonly number[]; step: number }, reading: AttentionReading | null): Code {
  const { task, seed, digits, step } = input;
  const training = step === 0 ? [] : [
    `const task = {`,
    `  batch(step) {`,
    `    const random = new Random({ seed: ${seed}, stream: step + 1 });`,
    `    const inputs = [], targets = [];`,
    `    for (let row = 0; row < ${BATCH}; row++) {`,
    `      const digits = Array.from({ length: ${DIGITS} }, () => random.integer(10));`,
    `      const answer = ${answerCode[task]};`,
    `      inputs.push(...digits, ${SIGN}, ...answer.slice(0, -1)); // ${SIGN} is the sign between them`,
    `      targets.push(...digits.map(() => -1), ...answer); // while it reads, nothing is to be learned`,
    `    }`,
    `    return { inputs: { values: Int32Array.from(inputs), shape: [${BATCH}, ${CONTEXT}] }, targets: { values: Int32Array.from(targets), shape: [${BATCH}, ${CONTEXT}] } };`,
    `  },`,
    `  loss: ({ inputs, targets }) => model.loss(inputs, targets),`,
    `};`,
    `const trainer = new TaskTrainer(model, task, { steps: ${steps[task]}, learningRate: ${LEARNING_RATE}, warmupSteps: ${WARMUP_STEPS}, weightDecay: 0 });`,
    `while (trainer.stepsDone < ${step}) await trainer.step();`,
    ``,
  ];
  const source = [
    `import { Decoder, GPT${step > 0 ? ', TaskTrainer' : ''} } from '@kk/gpt';`,
    `import { inspect } from '@kk/gpt/explain';`,
    `import { init${step > 0 ? ', Random' : ''} } from '@kk/nn-core';`,
    `import { generate } from '@kk/sampler';`,
    ``,
    `const engine = await init('wasm');`,
    `const model = new GPT(engine, { ${Object.entries(modelSizes).map(([name, value]) => `${name}: ${value}`).join(', ')} }, { seed: ${seed} });`,
    ...training,
    `const prompt = [${digits.join(', ')}, ${SIGN}];`,
    `const written = [];`,
    `for await (const id of generate(new Decoder(model), prompt, { maxTokens: ${DIGITS}, temperature: 0 })) written.push(id);`,
    `const { weights } = await inspect(model, [...prompt, ...written.slice(0, -1)]).head(0, 0);`,
    `written.forEach((id, i) => {`,
    `  const looks = weights.slice(${CONTEXT} * (${DIGITS} + i), ${CONTEXT} * (${DIGITS} + i) + ${DIGITS}); // at the ${DIGITS} digits that it was given`,
    `  console.log(id, Array.from(looks, (share) => (100 * share).toFixed(0)).join(' '));`,
    `});`,
    `engine.dispose();`,
  ].join('\n');
  const rows = reading?.written.map((id, i) => `${id} ${Array.from(reading.weights[i]!.subarray(0, DIGITS), percent).join(' ')}`) ?? [];
  return { source, prints: rows.join('\n') };
}

/** The favourite after each block at one place of the text. */
export function layersCode(input: { model: string; text: string }, place: number, lens: LayerLens): Code {
  const { answers } = lens.places[place]!;
  const source = [
    ...opening({ ...input, last: lens.last }, [`import { inspect, logitLens } from '@kk/gpt/explain';`]),
    `const lens = await logitLens(inspect(model, ids), { alternatives: 1 });`,
    `const place = ids.length - ${lens.places.length - place}; // counted from 0`,
    `for (const [blocks, places] of lens.entries()) {`,
    `  const [{ id, probability }] = places[place].alternatives;`,
    `  console.log(blocks, JSON.stringify(tokenizer.decode([id])), probability.toFixed(3));`,
    `}`,
  ].join('\n');
  return { source, prints: answers.map(({ favourite, probability }, blocks) => `${blocks} ${JSON.stringify(favourite.decoded)} ${probability.toFixed(3)}`).join('\n') };
}
