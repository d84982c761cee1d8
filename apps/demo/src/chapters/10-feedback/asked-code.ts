// The code behind the figure "three": one prompt to the two shipped models, and what they answer. A test runs it.
import { modelFolder } from '../../figures/model-folder.js';
import type { AskedModels, AskedModelsInput } from '../../lab/jobs/asked-models.js';
import { answersOf, MARKS } from '../../lab/answers/asked.js';
import { modelOf } from '../../lab/tuning/recipe.js';

export function askedCode({ language, prompt, temperature, seed, length }: Omit<AskedModelsInput, 'voted'>, answers: AskedModels): { source: string; prints: string } {
  const source = [
    `import { Decoder } from '@kk/gpt';`,
    `import { loadModel } from '@kk/gpt/node';`,
    `import { init } from '@kk/nn-core';`,
    `import { generate } from '@kk/sampler';`,
    `import { loadTokenizer } from '@kk/tokenizer/node';`,
    ``,
    `const prompt = ${JSON.stringify(prompt)};`,
    `const engine = await init('wasm');`,
    `// One goes on after a blank line; the other has learned to answer what stands between two special tokens.`,
    `for (const { folder, text, marks, end } of [`,
    `  { folder: '${modelFolder(modelOf(language))}', text: '\\n\\n' + prompt, marks: [], end: '\\n\\n' },`,
    `  { folder: '${modelFolder(answersOf(language))}', text: ' ' + prompt, marks: ['${MARKS.user}', '${MARKS.assistant}'], end: '${MARKS.end}' },`,
    `]) {`,
    `  const tokenizer = await loadTokenizer(folder);`,
    `  const decoder = new Decoder(await loadModel(engine, folder));`,
    `  const [before = [], behind = []] = marks.map((mark) => [tokenizer.specialTokens.get(mark)]);`,
    `  const asked = [...before, ...tokenizer.encode(text), ...behind];`,
    `  const ids = [];`,
    `  for await (const id of generate(decoder, asked, { maxTokens: ${length}, temperature: ${temperature}, seed: ${seed} })) {`,
    `    ids.push(id);`,
    `    if (tokenizer.decode(ids.slice(-2)).includes(end)) break;`,
    `  }`,
    `  console.log(JSON.stringify(tokenizer.decode(ids, { skipSpecialTokens: true }).replaceAll('\\uFFFD', '').trim()));`,
    `}`,
    `engine.dispose();`,
  ].join('\n');
  return { source, prints: answers.filter(({ name }) => name !== 'preferred').map(({ text }) => JSON.stringify(text)).join('\n') };
}
