// The code behind the figures that compare tuning runs: the package calls with the current settings, and what they print. A test runs it.
import type { StoryLanguage } from '../../languages/stories.js';
import { modelFolder } from '../../figures/model-folder.js';
import type { MovedWeights } from '../../lab/jobs/moved-weights.js';
import type { PretrainingPace } from '../../lab/jobs/pretraining-pace.js';
import type { Tuning } from '../../lab/jobs/tuning.js';
import { BATCH_SIZE, FIRST_REPLAYED, LAST_LAYERS, LORA_RANK, modelOf, storiesToReplay, type TuningRecipe } from '../../lab/tuning/recipe.js';
import type { Look } from '../../lab/tuning/look.js';
import { HELD_OUT } from './comparisons.js';
import type { LineSet } from './settings.js';
import { linesSource, type Code } from './tune-code.js';

const imported = (names: Readonly<Record<string, readonly string[]>>): string[] => Object.entries(names).map(([from, list]) => `import { ${list.join(', ')} } from '${from}';`);

/** Needed for lines of a bundled set. */
const styleImport = (style: LineSet): Record<string, string[]> => (style === 'own' ? {} : { '@kk/corpora/instructions': ['styleLines'] });

/** Loads the tokenizer, and says how lines are written. The recipe has those that are learned. */
const openingLines = ({ language, lines }: TuningRecipe, style: LineSet): string[] => [
  `const folder = '${modelFolder(modelOf(language))}';`,
  `const tokenizer = await loadTokenizer(folder);`,
  `const engine = await init('wasm');`,
  `const label = ({ prompt, completion }) => labelExample(tokenizer, { prompt: \`\\n\\n\${prompt}\\n\`, completion: \`\${completion}\\n\\n\` });`,
  style === 'own'
    ? `const lines = await Promise.all(${linesSource(lines)}.map(label));`
    : `const lines = await Promise.all(styleLines('${language}', '${style}').filter((_, i) => i % ${HELD_OUT} !== ${HELD_OUT - 1}).map(label)); // every ${HELD_OUT}th is held out`,
];

/** Stories in rows, cut where they are longer than the context. */
const storyLines = ({ language }: TuningRecipe): string[] => [
  `async function stories(first, count, options) {`,
  `  const all = Array.from({ length: count }, (_, i) => labelExample(tokenizer, { text: \`\\n\\n\${writeStory('${language}', first + i)}\\n\\n\` }));`,
  `  return new TuningRows(await Promise.all(all), { ...options, truncation: 'right' });`,
  `}`,
];

const sizesLine = `const sizes = { contextLength: model.config.contextLength, vocabSize: model.config.vocabSize };`;

const wayLines = ({ way, seed }: TuningRecipe): string[] =>
  way === 'lora' ? [`const adapter = addLora(model, { rank: ${LORA_RANK}, seed: ${seed} });`] : way === 'last' ? [`model.freeze();`, `model.unfreeze(${Array.from({ length: LAST_LAYERS }, (_, i) => `\`blocks.\${model.blocks.length - ${LAST_LAYERS - i}}\``).join(', ')}, 'finalNorm');`] : [];

const trainerLine = ({ steps, seed }: TuningRecipe, learningRate: string, data: string): string => `const trainer = new Trainer(model, ${data}, { learningRate: ${learningRate}, steps: ${steps}, batchSize: ${BATCH_SIZE}, seed: ${seed}, weightDecay: 0 });`;

/** Both losses at the run's newest look. */
export function forgettingCode({ recipe, looks }: Tuning, style: LineSet): Code {
  const { replay, seed, learningRate } = recipe;
  const { step, loss } = looks.at(-1)!;
  const source = [
    ...imported({ '@kk/corpora': ['writeStory'], ...styleImport(style), '@kk/finetune': ['labelExample', 'TuningRows'], '@kk/gpt': ['evaluateRows', 'Trainer'], ...(replay > 0 && { '@kk/gpt/data': ['MixedRows'] }), '@kk/gpt/node': ['loadModel'], '@kk/nn-core': ['init'], '@kk/tokenizer/node': ['loadTokenizer'] }),
    ``,
    ...openingLines(recipe, style),
    ...storyLines(recipe),
    ``,
    `const model = await loadModel(engine, folder);`,
    sizesLine,
    `const rows = new TuningRows(lines, { ...sizes, seed: ${seed} });`,
    ...(replay > 0 ? [`const repeated = await stories(${FIRST_REPLAYED}, ${storiesToReplay(recipe)}, { ...sizes, seed: ${seed} });`, `const data = new MixedRows([{ rows, weight: ${100 - replay} }, { rows: repeated, weight: ${replay} }], { seed: ${seed} });`] : []),
    trainerLine(recipe, `${learningRate}`, replay > 0 ? 'data' : 'rows'),
    `while (trainer.stepsDone < ${step}) await trainer.step();`,
    ``,
    `for (const measured of [rows, await stories(2 ** 31, 8, sizes)]) { // the lines, and stories that nobody learned from`,
    `  const { loss } = await evaluateRows(model, measured, { rows: measured.rowsPerEpoch, batchSize: 4 });`,
    `  console.log(loss.toFixed(3));`,
    `}`,
    `engine.dispose();`,
  ].join('\n');
  return { source, prints: [loss.lines, loss.stories].map((value) => value.toFixed(3)).join('\n') };
}

/** By how much each matrix has moved at the run's newest look. */
export function movesCode({ tuning: { recipe, looks }, matrices, end }: MovedWeights, style: LineSet): Code {
  const isLora = recipe.way === 'lora';
  const { step } = looks.at(-1)!;
  const source = [
    ...imported({ ...styleImport(style), '@kk/finetune': [...(isLora ? ['addLora'] : []), 'labelExample', 'TuningRows'], '@kk/gpt': ['Trainer'], '@kk/gpt/node': ['loadModel'], '@kk/nn-core': ['init'], '@kk/tokenizer/node': ['loadTokenizer'] }),
    ``,
    ...openingLines(recipe, style),
    `const model = await loadModel(engine, folder);`,
    `const matrices = [...model.namedParameters()].filter(([, { shape }]) => shape.length === 2);`,
    `const before = await Promise.all(matrices.map(async ([, matrix]) => Float32Array.from(await matrix.data())));`,
    sizesLine,
    ...wayLines(recipe),
    trainerLine(recipe, `${recipe.learningRate}`, `new TuningRows(lines, { ...sizes, seed: ${recipe.seed} })`),
    `while (trainer.stepsDone < ${step}) await trainer.step();${end ? ' // then the lines are learned' : ''}`,
    ...(isLora ? [`adapter.merge(); // adds the product of each pair to its matrix`] : []),
    ``,
    `const length = (numbers) => Math.sqrt(numbers.reduce((sum, value) => sum + value * value, 0));`,
    `for (const [i, [name, matrix]] of matrices.entries()) {`,
    `  const now = await matrix.data();`,
    `  console.log(name, (100 * length(before[i].map((value, at) => now[at] - value)) / length(before[i])).toFixed(0), '%');`,
    `}`,
    `engine.dispose();`,
  ].join('\n');
  return { source, prints: matrices.map(({ name, share }) => `${name}.weight ${(100 * share).toFixed(0)} %`).join('\n') };
}

/**
 * What each rate has made of the model after so many steps.
 * @param asked  the questions, and the most tokens of an answer
 */
export function tooHotCode(runs: readonly Tuning[], after: number, style: LineSet, asked: { prompts: readonly string[]; length: number }): Code {
  const [{ recipe }] = runs as [Tuning];
  const looks = runs.map((run): Look => run.looks.findLast(({ step }) => step <= after)!);
  const source = [
    ...imported({ '@kk/corpora': ['writeStory'], ...styleImport(style), '@kk/finetune': ['labelExample', 'TuningRows'], '@kk/gpt': ['Decoder', 'evaluateRows', 'Trainer'], '@kk/gpt/node': ['loadModel'], '@kk/nn-core': ['init'], '@kk/sampler': ['generate'], '@kk/tokenizer/node': ['loadTokenizer'] }),
    ``,
    ...openingLines(recipe, style),
    ...storyLines(recipe),
    `async function answer(model, prompt) {`,
    `  const decoder = new Decoder(model);`,
    `  const ids = [];`,
    `  for await (const id of generate(decoder, tokenizer.encode(\`\\n\\n\${prompt}\\n\`), { maxTokens: ${asked.length}, temperature: 0 })) {`,
    `    ids.push(id);`,
    `    if (tokenizer.decode(ids.slice(-2)).includes('\\n\\n')) break; // a blank line ends an answer`,
    `  }`,
    `  decoder.dispose();`,
    `  return tokenizer.decode(ids).replaceAll('\\uFFFD', '').trim(); // without parts of characters`,
    `}`,
    ``,
    `for (const [learningRate, after] of [${runs.map((run, i) => `[${run.recipe.learningRate}, ${looks[i]!.step}]`).join(', ')}]) {`,
    ...[
      `const model = await loadModel(engine, folder);`,
      sizesLine,
      trainerLine(recipe, 'learningRate', `new TuningRows(lines, { ...sizes, seed: ${recipe.seed} })`),
      `while (trainer.stepsDone < after) await trainer.step();`,
      `const fresh = await stories(2 ** 31, 8, sizes);`,
      `const { loss } = await evaluateRows(model, fresh, { rows: fresh.rowsPerEpoch, batchSize: 4 });`,
      `console.log(learningRate, loss.toFixed(2));`,
      `for (const prompt of ${JSON.stringify(asked.prompts)}) console.log(JSON.stringify(await answer(model, prompt)));`,
    ].map((line) => `  ${line}`),
    `}`,
    `engine.dispose();`,
  ].join('\n');
  return { source, prints: runs.flatMap((run, i) => [`${run.recipe.learningRate} ${looks[i]!.loss.stories.toFixed(2)}`, ...looks[i]!.answers.map(({ text }) => JSON.stringify(text))]).join('\n') };
}

/** What the recipe of the pretraining says, and what it computes; how long a step takes differs from one device to another. */
export function breadthCode(language: StoryLanguage, { tokens, stories, flopsPerToken }: PretrainingPace): Code {
  const source = [
    ...imported({ 'node:fs/promises': ['readFile'], '@kk/gpt': ['flopsPerToken'], '@kk/gpt/node': ['loadModel'], '@kk/nn-core': ['init'] }),
    ``,
    `const folder = '${modelFolder(modelOf(language))}';`,
    `const read = async (file) => JSON.parse(await readFile(\`\${folder}/\${file}\`, 'utf8'));`,
    `const { model, training, windows } = await read('recipe.json');`,
    `const { validation } = await read('card.json');`,
    `const tokens = training.steps * windows.batchSize * model.contextLength;`,
    `console.log(tokens, 'tokens');`,
    `console.log(Math.round(tokens / (validation.tokens / validation.stories)), 'stories');`,
    `const engine = await init('wasm');`,
    `const { config } = await loadModel(engine, folder);`,
    `console.log((flopsPerToken(config) * tokens).toPrecision(3), 'floating-point operations');`,
    `engine.dispose();`,
  ].join('\n');
  return { source, prints: `${tokens} tokens\n${stories} stories\n${(flopsPerToken * tokens).toPrecision(3)} floating-point operations` };
}
