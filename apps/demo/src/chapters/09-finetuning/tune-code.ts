// The code behind the figures "tune" and "talk": the exact package calls with the current settings. Tests run it and compare what it prints.
import { modelFolder } from '../../figures/model-folder.js';
import type { Writing } from '../../lab/tuning/answer.js';
import { BATCH_SIZE, FIRST_REPLAYED, LAST_LAYERS, LORA_RANK, modelOf, storiesToReplay, type TuningLine, type TuningRecipe } from '../../lab/tuning/recipe.js';
import type { LineSet } from './settings.js';

export interface Code {
  source: string;
  prints: string;
}

/** Which model answers: what a recipe has made after so many steps, or one by its name. */
export type Answering = { recipe: TuningRecipe; style: LineSet; after: number } | { model: string };

const quoted = (text: string): string => JSON.stringify(text);

/** Lines as they stand in a program. */
export const linesSource = (lines: readonly TuningLine[]): string => `[\n${lines.map(({ prompt, completion }) => `  { prompt: ${quoted(prompt.trim())}, completion: ${quoted(completion.trim())} },`).join('\n')}\n]`;

/** Tunes the model as far as that, and lets it answer. */
export function tuneCode(who: Answering, questions: readonly string[], { temperature, length, seed }: Writing & { seed: number }, answers: readonly string[]): Code {
  const recipe = 'recipe' in who && who.after > 0 ? who.recipe : undefined;
  const source = [
    ...(recipe && recipe.replay > 0 ? [`import { writeStory } from '@kk/corpora';`] : []),
    ...(recipe && !isOwn(who) ? [`import { styleLines } from '@kk/corpora/instructions';`] : []),
    ...(recipe ? [`import { ${recipe.way === 'lora' ? 'addLora, ' : ''}labelExample, TuningRows } from '@kk/finetune';`] : []),
    `import { Decoder${recipe ? ', Trainer' : ''} } from '@kk/gpt';`,
    ...(recipe && recipe.replay > 0 ? [`import { MixedRows } from '@kk/gpt/data';`] : []),
    `import { loadModel } from '@kk/gpt/node';`,
    `import { init } from '@kk/nn-core';`,
    `import { generate } from '@kk/sampler';`,
    `import { loadTokenizer } from '@kk/tokenizer/node';`,
    ``,
    `const folder = '${modelFolder('recipe' in who ? modelOf(who.recipe.language) : who.model)}';`,
    `const engine = await init('wasm');`,
    `const tokenizer = await loadTokenizer(folder);`,
    `const model = await loadModel(engine, folder);`,
    ``,
    ...(recipe && 'recipe' in who ? training(recipe, who) : []),
    `for (const question of [${questions.map(quoted).join(', ')}]) {`,
    `  const answer = [];`,
    `  for await (const id of generate(new Decoder(model), tokenizer.encode(\`\\n\\n\${question}\\n\`), { maxTokens: ${length}, temperature: ${temperature}, seed: ${seed} })) {`,
    `    answer.push(id);`,
    `    if (tokenizer.decode(answer.slice(-2)).includes('\\n\\n')) break; // a blank line ends the answer`,
    `  }`,
    `  console.log(tokenizer.decode(answer).replaceAll('\\uFFFD', '').trim()); // without parts of characters`,
    `}`,
    `engine.dispose();`,
  ].join('\n');
  return { source, prints: answers.join('\n') };
}

const isOwn = (who: Answering): boolean => 'style' in who && who.style === 'own';

function training(recipe: TuningRecipe, who: Answering & { style: LineSet; after: number }): string[] {
  const { language, lines, way, replay, learningRate, steps, seed } = recipe;
  const ways = {
    full: [],
    lora: [`addLora(model, { rank: ${LORA_RANK}, seed: ${seed} });`],
    last: [`model.freeze();`, `for (let layer = model.blocks.length - ${LAST_LAYERS}; layer < model.blocks.length; layer++) model.unfreeze(\`blocks.\${layer}\`);`, `model.unfreeze('finalNorm');`],
  };
  return [
    isOwn(who) ? `const lines = ${linesSource(lines)};` : `const lines = styleLines('${language}', '${who.style}');`,
    `const examples = await Promise.all(lines.map(({ prompt, completion }) => labelExample(tokenizer, { prompt: \`\\n\\n\${prompt}\\n\`, completion: \`\${completion}\\n\\n\` })));`,
    `const sizes = { contextLength: model.config.contextLength, vocabSize: model.config.vocabSize, seed: ${seed} };`,
    `const rows = new TuningRows(examples, sizes);`,
    ...(replay > 0 ? [
      `const stories = await Promise.all(Array.from({ length: ${storiesToReplay(recipe)} }, (_, i) => labelExample(tokenizer, { text: \`\\n\\n\${writeStory('${language}', ${FIRST_REPLAYED} + i)}\\n\\n\` })));`,
      `const all = new MixedRows([{ rows, weight: ${100 - replay} }, { rows: new TuningRows(stories, { ...sizes, truncation: 'right' }), weight: ${replay} }], { seed: ${seed} });`,
    ] : []),
    ...ways[way],
    `const trainer = new Trainer(model, ${replay > 0 ? 'all' : 'rows'}, { steps: ${steps}, learningRate: ${learningRate}, batchSize: ${BATCH_SIZE}, weightDecay: 0, seed: ${seed} });`,
    `while (trainer.stepsDone < ${who.after}) await trainer.step();`,
    ``,
  ];
}
