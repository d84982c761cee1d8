// The code behind the figures of chapter 8: the exact package calls with the current settings. Tests run it and compare what it prints.
import { modelFolder } from '../../figures/model-folder.js';
import type { TextInput } from '../../figures/use-text.js';
import type { Level } from '../../lab/jobs/branches.js';
import type { StageView } from '../../lab/jobs/sampler-stages.js';
import type { VocabularyName } from '../../lab/jobs/vocabularies.js';
import { samplingOptions, type Sampling } from './sampling.js';

export interface Code {
  source: string;
  prints: string;
}

/** A long text of one's own is not written out. */
const shortened = (text: string): string => (text.length <= 300 ? quoted(text) : `${quoted(text.slice(0, 300))} /* and so on */`);
const quoted = (text: string): string => JSON.stringify(text);

/** Learns so many merges and cuts a sentence with them. */
export function mergesCode(text: TextInput, merges: number, sentence: string, count: number | undefined, ids: readonly number[]): Code {
  const own = 'own' in text;
  const source = [
    ...(own ? [] : [`import { writeStories } from '@kk/corpora';`]),
    `import { BytePairTokenizer } from '@kk/tokenizer';`,
    ``,
    own ? `const text = ${shortened(text.own)};` : `const text = writeStories('${text.stories}', { seed: 1, bytes: ${text.bytes} });`,
    `let count; // of the last merge`,
    `const tokenizer = BytePairTokenizer.train(text, { vocabSize: 256 + ${merges}, onMerge: (merge) => (count = merge.count) });`,
    `console.log(count);`,
    `console.log(tokenizer.encode(${quoted(sentence)}).join(' '));`,
  ].join('\n');
  return { source, prints: `${count}\n${ids.join(' ')}` };
}

const loaders: Record<VocabularyName, string> = { gpt2: 'loadGpt2', cl100k_base: 'loadCl100kBase', o200k_base: 'loadO200kBase' };

/** Counts the tokens of texts in several vocabularies. */
export function vocabulariesCode(cut: readonly { name: VocabularyName; counts: readonly number[] }[], texts: readonly string[]): Code {
  const source = [
    ...cut.map(({ name }) => `import { ${loaders[name]} } from '@kk/tokenizer/${name}';`),
    ``,
    `const texts = [${texts.map(shortened).join(', ')}];`,
    `for (const load of [${cut.map(({ name }) => loaders[name]).join(', ')}]) {`,
    `  const tokenizer = await load();`,
    `  console.log(texts.map((text) => tokenizer.count(text)).join(' '));`,
    `}`,
  ].join('\n');
  return { source, prints: cut.map(({ counts }) => counts.join(' ')).join('\n') };
}

export interface Written {
  model: string;
  prompt: string;
  sampling: Sampling;
  seed: number;
}

/** Reads a shipped model, and encodes the text that is to be continued. */
function opening({ model, prompt }: Pick<Written, 'model' | 'prompt'>, fromSampler: string): string[] {
  return [
    `import { Decoder } from '@kk/gpt';`,
    `import { loadModel } from '@kk/gpt/node';`,
    `import { init } from '@kk/nn-core';`,
    `import { ${fromSampler} } from '@kk/sampler';`,
    `import { loadTokenizer } from '@kk/tokenizer/node';`,
    ``,
    `const folder = '${modelFolder(model)}';`,
    `const tokenizer = await loadTokenizer(folder);`,
    `const decoder = new Decoder(await loadModel(await init('wasm'), folder));`,
    `const prompt = tokenizer.encode(${quoted(`\n\n${prompt.trim()}`)}); // a story begins where another has ended, with an empty line`,
  ];
}

const optionsText = (sampling: Sampling): string => `{ ${Object.entries(samplingOptions(sampling)).map(([name, value]) => `${name}: ${value}`).join(', ')} }`.replace('{  }', '{}');

/** Explains every stage of the sampler, and draws a token. */
export function stagesCode(written: Written, stages: readonly StageView[], drawn: number | undefined): Code {
  const source = [
    ...opening(written, 'huggingFace, Sampler'),
    `const logits = await decoder.next(prompt);`,
    `const text = { ids: prompt, promptLength: prompt.length };`,
    `const sampler = new Sampler(huggingFace(${optionsText(written.sampling)}), { seed: ${written.seed} });`,
    `for (const { name, remaining, entropy } of sampler.explain(logits, text).stages) console.log(name, remaining, entropy.toFixed(2));`,
    `console.log(sampler.sample(logits, text));`,
  ].join('\n');
  const on = stages.filter(({ isOn }) => isOn).map(({ name, remaining, entropyBits }) => `${name} ${remaining} ${(entropyBits * Math.LN2).toFixed(2)}`);
  return { source, prints: [...on, drawn].join('\n') };
}

/** Continues the text; the tokens are printed as ids. */
export function continuationCode(written: Written, ids: readonly number[]): Code {
  const source = [
    ...opening(written, 'generate, huggingFace, Sampler'),
    `const sampler = new Sampler(huggingFace(${optionsText(written.sampling)}), { seed: ${written.seed} });`,
    `const written = [];`,
    `for await (const id of generate(decoder, prompt, { maxTokens: ${ids.length}, sampler })) written.push(id);`,
    `console.log(written.join(' '));`,
  ].join('\n');
  return { source, prints: ids.join(' ') };
}

/** Walks along a path and prints the most probable tokens at each of its places. */
export function branchesCode(written: Pick<Written, 'model' | 'prompt'>, levels: readonly Level[], width: number): Code {
  const source = [
    ...opening(written, 'explain'),
    `const path = [${levels.flatMap(({ chosen }) => chosen ?? []).join(', ')}];`,
    `for (const logits of await decoder.nextMany(prompt, path)) {`,
    `  const [{ tokens }] = explain(logits, [], { top: ${width} }).stages;`,
    `  console.log(tokens.map(({ id, probability }) => \`\${id}: \${probability.toFixed(3)}\`).join(', '));`,
    `}`,
  ].join('\n');
  return { source, prints: levels.map(({ options }) => options.slice(0, width).map(({ piece, probability }) => `${piece.id}: ${probability.toFixed(3)}`).join(', ')).join('\n') };
}
