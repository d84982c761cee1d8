// The code behind the figures of chapter 8: the exact package calls with the current settings. Tests run it and compare what it prints.
import type { TextInput } from '../../figures/use-text.js';
import type { VocabularyName } from '../../lab/jobs/vocabularies.js';

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
