// The code behind this chapter's figures, with the settings that are shown, and what it prints. A test runs it.
import { modelFolder } from '../../figures/model-folder.js';
import type { AttentionChanged } from '../../lab/jobs/attention-change.js';
import type { AttentionLooks } from '../../lab/jobs/attention-looks.js';
import type { ReadingHeads } from '../../lab/jobs/reading-heads.js';
import type { Row } from './rows.js';

export interface Code {
  source: string;
  prints: string;
}

/** What a figure looks into. */
export interface Looked {
  model: string;
  text: string;
  /** So many tokens are read of a text that is longer than the context. */
  last?: number;
}

/**
 * Reads a model's folder and cuts a text into ids; the code of a figure goes on from `model`, `tokenizer` and `ids`.
 * @param imports  what it takes from the packages, besides what it needs for this
 */
export function opening({ model, text, last }: Looked, imports: readonly string[]): string[] {
  return [
    ...[...imports, `import { loadModel } from '@kk/gpt/node';`, `import { init } from '@kk/nn-core';`, `import { loadTokenizer } from '@kk/tokenizer/node';`].sort((a, b) => (a.slice(a.indexOf("'")) < b.slice(b.indexOf("'")) ? -1 : 1)),
    ``,
    `const folder = '${modelFolder(model)}';`,
    `const tokenizer = await loadTokenizer(folder);`,
    `const model = await loadModel(await init('wasm'), folder);`,
    `const ids = tokenizer.encode(${JSON.stringify(`\n\n${text.trim()}`)})${last === undefined ? '' : `.slice(-${last})`}; // a story begins where another has ended, with an empty line`,
  ];
}

const lines = (...list: string[]): string => list.join('\n');
/** A token between quotation marks, so that a space or a line break in it is seen. */
const token = (text: string): string => JSON.stringify(text);
/** The text that was read, and how much of it. */
export const lookedAt = (model: string, text: string, { tokens, isCut }: { tokens: readonly unknown[]; isCut: boolean }): Looked => ({ model, text, ...(isCut && { last: tokens.length }) });

/**
 * Where one token looks most, and what is expected after it.
 * @param head  counted from 0; null for the mean of all heads
 */
export function looksCode(looked: Looked, { tokens, next }: AttentionLooks, row: Row, head: { layer: number; head: number } | null): Code {
  const { at } = row;
  const weights = head
    ? [`const { weights } = await inspection.head(${head.layer}, ${head.head}); // counted from 0; (time, time) row by row`, `const looks = [...weights.slice(${at} * ids.length, ${at + 1} * ids.length)];`]
    : [
        `const { weights, shape: [layers, heads, time] } = await inspection.patterns();`,
        `const looks = new Array(time).fill(0);`,
        `for (let head = 0; head < layers * heads; head++) {`,
        `  for (let key = 0; key < time; key++) looks[key] += weights[(head * time + ${at}) * time + key] / (layers * heads);`,
        `}`,
      ];
  const shown = row.strongest.slice(0, 5);
  return {
    source: lines(
      ...opening(looked, [`import { inspect } from '@kk/gpt/explain';`]),
      `const inspection = inspect(model, ids);`,
      ...weights,
      `const strongest = looks.map((share, key) => ({ share, key })).sort((a, b) => b.share - a.share || a.key - b.key).slice(0, ${shown.length});`,
      `for (const { share, key } of strongest) console.log(JSON.stringify(tokenizer.decode([ids[key]])), share.toFixed(3));`,
      `const { alternatives } = (await inspection.predictions({ alternatives: 3 }))[${at}];`,
      `for (const { id, probability } of alternatives) console.log(JSON.stringify(tokenizer.decode([id])), probability.toFixed(3));`,
    ),
    prints: lines(
      ...shown.map((place) => `${token(tokens[place]!.decoded)} ${row.weights[place]!.toFixed(3)}`),
      ...next[at]!.slice(0, 3).map(({ decoded, probability }) => `${token(decoded)} ${probability.toFixed(3)}`),
    ),
  };
}

/** The next token before and after a change. */
export function changeCode(looked: Looked, { rows, interventions }: AttentionChanged): Code {
  return {
    source: lines(
      ...opening(looked, [`import { inspect } from '@kk/gpt/explain';`]),
      `const track = [${rows.map(({ id }) => id).join(', ')}];`,
      `const expected = async (interventions) => (await inspect(model, ids, interventions).predictions({ track })).at(-1).tracked;`,
      `const before = await expected({});`,
      `const after = await expected(${written(interventions)});`,
      `for (const [i, id] of track.entries()) console.log(JSON.stringify(tokenizer.decode([id])), before[i].probability.toFixed(3), after[i].probability.toFixed(3));`,
    ),
    prints: lines(...rows.map(({ decoded, before, after }) => `${token(decoded)} ${before.toFixed(3)} ${after.toFixed(3)}`)),
  };
}

/** As it is written in code: `{ headsOff: [{ layer: 3, head: 1 }] }`. */
const written = (value: object): string => JSON.stringify(value).replace(/"(\w+)":/g, '$1: ').replaceAll('"', "'").replaceAll(',', ', ').replaceAll('{', '{ ').replaceAll('}', ' }');

/** How much of the last token's attention goes to one word, in every head. */
export function readingCode(looked: Looked, { word, shares }: ReadingHeads): Code {
  return {
    source: lines(
      ...opening(looked, [`import { inspect } from '@kk/gpt/explain';`]),
      `const word = [${word?.places.join(', ') ?? ''}]; // the places of the word's tokens`,
      `const { weights, shape: [layers, heads, time] } = await inspect(model, ids).patterns();`,
      `for (let layer = 0; layer < layers; layer++) {`,
      `  const shares = [];`,
      `  for (let head = 0; head < heads; head++) {`,
      `    const row = ((layer * heads + head) * time + time - 1) * time; // of the last token`,
      `    shares.push(word.reduce((sum, key) => sum + weights[row + key], 0).toFixed(3));`,
      `  }`,
      `  console.log(\`layer \${layer + 1}:\`, shares.join(' '));`,
      `}`,
    ),
    prints: lines(...shares.map((heads, layer) => `layer ${layer + 1}: ${heads.map((share) => share.toFixed(3)).join(' ')}`)),
  };
}
