// The code behind the figure "sure": the questions to the shipped model, its answers, and how probable it found them. A test runs it.
import { modelFolder } from '../../figures/model-folder.js';
import { answersOf, MARKS } from '../../lab/answers/asked.js';
import type { SureAnswers, SureAnswersInput } from '../../lab/jobs/sure-answers.js';

export function sureCode({ language, prompts, length }: SureAnswersInput, { answers }: Pick<SureAnswers, 'answers'>): { source: string; prints: string } {
  const source = [
    `import { Decoder } from '@kk/gpt';`,
    `import { loadModel } from '@kk/gpt/node';`,
    `import { init } from '@kk/nn-core';`,
    `import { loadTokenizer } from '@kk/tokenizer/node';`,
    ``,
    `const folder = '${modelFolder(answersOf(language))}';`,
    `const tokenizer = await loadTokenizer(folder);`,
    `const engine = await init('wasm');`,
    `const decoder = new Decoder(await loadModel(engine, folder));`,
    `const mark = (name) => tokenizer.specialTokens.get(name);`,
    `for (const prompt of [`,
    ...prompts.map((prompt) => `  ${JSON.stringify(prompt)},`),
    `]) {`,
    `  const asked = [mark('${MARKS.user}'), ...tokenizer.encode(' ' + prompt), mark('${MARKS.assistant}')];`,
    `  const ids = [];`,
    `  let probability = 1;`,
    `  while (ids.length < ${length} && tokenizer.decode(ids.slice(-1)) !== '${MARKS.end}') {`,
    `    const logits = [...(await decoder.next([...asked, ...ids]))];`,
    `    const greatest = Math.max(...logits);`,
    `    probability /= logits.reduce((sum, logit) => sum + Math.exp(logit - greatest), 0);`,
    `    ids.push(logits.indexOf(greatest));`,
    `  }`,
    `  console.log(JSON.stringify(tokenizer.decode(ids, { skipSpecialTokens: true }).replaceAll('\\uFFFD', '').trim()), probability.toFixed(2));`,
    `}`,
    `engine.dispose();`,
  ].join('\n');
  return { source, prints: answers.map(({ text, probability }) => `${JSON.stringify(text)} ${probability.toFixed(2)}`).join('\n') };
}
