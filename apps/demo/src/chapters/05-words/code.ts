// The code of this chapter's figures: the exact calls of the packages with the current settings, and what they print.
import type { StoryLanguage } from '../../languages/stories.js';
import { AT_EACH_END } from '../../lab/axis-ends.js';
import type { WalkAnswer, WalkStep } from '../../lab/jobs/word-walk.js';
import { epochsFor, MIN_COUNT, SUBWORDS, trainingOptions } from '../../lab/word-settings.js';
import { mirrorPairs } from '../../lab/word-mirror.js';
import { FIRST_SEED, firstMine, firstTexts, SENTENCE_END, type WordTexts } from '../../lab/word-texts.js';

export interface Code {
  source: string;
  prints: string;
}

/** A longer own text is read from a file. */
const LONGEST_IN_CODE = 300;

export const literal = (value: unknown): string => JSON.stringify(value).replaceAll('","', '", "').replaceAll('":', '": ');

interface Training {
  texts: WordTexts;
  epochs: number;
}

/** Options as they are written in code: `{ width: 16, seed: 11 }`. */
export function optionsCode(options: object): string {
  const value = (part: unknown): string => (typeof part === 'object' && part !== null ? optionsCode(part) : JSON.stringify(part));
  return `{ ${Object.entries(options).map(([name, part]) => `${name}: ${value(part)}`).join(', ')} }`;
}

/**
 * The lines that every code begins with: the sentences, `vectors` and `space`.
 * @param names  what is imported of @kk/embeddings besides
 */
export function trainingLines({ texts: { language, mine, edits, own, seed, mirror }, epochs }: Training, names: readonly string[] = [], { subwords, withExcluded = true }: { subwords?: object; withExcluded?: boolean } = {}): string {
  const isShort = own.length <= LONGEST_IN_CODE;
  const embeddings = ['trainWordVectors', 'WordSpace', ...names].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
  const options = { minCount: MIN_COUNT, ...trainingOptions(seed, epochs), ...(subwords && { subwords }) };
  return [
    ...(own !== '' && !isShort ? ["import { readFileSync } from 'node:fs';"] : []),
    `import { ${withExcluded ? 'answerCount, ' : ''}courseSentences, ${withExcluded ? 'functionWords, ' : ''}sentenceWords } from '@kk/corpora/sentences';`,
    `import { ${embeddings.join(', ')} } from '@kk/embeddings';`,
    '',
    `const sentences = [...courseSentences('${language}')];`,
    ...edits.map(({ at, text }) => `sentences[${at}] = ${JSON.stringify(text)};`),
    ...(mine.length > 0 ? [`sentences.push(${mine.map((line) => JSON.stringify(line)).join(', ')});`] : []),
    ...(own !== '' ? [`sentences.push(...${isShort ? JSON.stringify(own) : "readFileSync('text.txt', 'utf8')"}.split(${String(SENTENCE_END)}));`] : []),
    ...(mirror ? mirrorLines(language) : []),
    `const vectors = await trainWordVectors(sentenceWords(sentences), ${optionsCode(options)});`,
    'const space = new WordSpace(vectors);',
    ...(withExcluded ? [`const exclude = vectors.words.filter((word, i) => functionWords.${language}.includes(word) || vectors.counts[i] < answerCount);`] : []),
    '',
  ].join('\n');
}

/** Each sentence once more with the persons exchanged. */
function mirrorLines(language: StoryLanguage): string[] {
  return [
    `const pairs = ${JSON.stringify(mirrorPairs[language])};`,
    'const capital = (word) => word[0].toUpperCase() + word.slice(1);',
    'const other = new Map(pairs.flatMap(([a, b]) => [[a, b], [b, a], [capital(a), capital(b)], [capital(b), capital(a)]]));',
    'const mirrored = sentences.map((sentence) => sentence.replace(/\\p{L}+/gu, (word) => other.get(word) ?? word));',
    'sentences.push(...mirrored.filter((sentence, i) => sentence !== sentences[i]));',
  ];
}

const rows = (found: readonly { word: string; similarity: number }[]): string => found.map(({ word, similarity }) => `${word} ${similarity.toFixed(2)}`).join('\n');
const printRows = (call: string): string => `for (const { word, similarity } of ${call}) console.log(word, similarity.toFixed(2));`;

/** The map is that of the chapter's beginning; a later training is turned onto it. */
export function mapCode({ word, place, neighbours, ...training }: Training & { word: string; /** Where the word is on the map. */ place: { x: number; y: number }; neighbours: readonly { word: string; similarity: number }[] }): Code {
  const { language } = training.texts;
  const isFirst = JSON.stringify(training.texts) === JSON.stringify(firstTexts(language));
  const first = isFirst ? 'space' : 'first';
  const shown = `const words = [...new Set([...Object.values(wordKinds.${language}).flat(), ...wordPairs.${language}.flat()])].filter((word) => vectors.place(word) !== undefined);
const rows = (of) => words.flatMap((word) => [...of.direction(word)]);
`;
  const turned = isFirst ? '' : `
// The training that the chapter begins with has the map. This one is turned onto it.
const firstSentences = [...courseSentences('${language}'), ${firstMine[language].map((line) => JSON.stringify(line)).join(', ')}];
const first = new WordSpace(await trainWordVectors(sentenceWords(firstSentences), ${optionsCode({ minCount: MIN_COUNT, ...trainingOptions(FIRST_SEED, epochsFor(0)) })}));
const turn = new Alignment(rows(space), rows(first), vectors.width, { shift: false });
`;
  const direction = `space.direction(${JSON.stringify(word)})`;
  const source = `${trainingLines(training, isFirst ? ['PrincipalComponents'] : ['Alignment', 'PrincipalComponents']).replace('sentenceWords }', 'sentenceWords, wordKinds, wordPairs }')}
${shown}${turned}const map = new PrincipalComponents(rows(${first}), vectors.width);
const [x, y] = map.project(${isFirst ? direction : `turn.apply(${direction})`});
console.log(x.toFixed(2), y.toFixed(2));
${printRows(`space.neighbours(${JSON.stringify(word)}, { count: ${Math.max(1, neighbours.length)}, exclude })`)}`;
  return { source, prints: `${place.x.toFixed(2)} ${place.y.toFixed(2)}\n${rows(neighbours)}` };
}

export function walkCode({ steps, answers, ...training }: Training & { steps: readonly WalkStep[]; answers: readonly WalkAnswer[] }): Code {
  const list = (sign: 1 | -1): string => literal(steps.filter((step) => step.sign === sign).map(({ word }) => word));
  return { source: `${trainingLines(training, ['analogy'])}\n${printRows(`analogy(space, { positive: ${list(1)}, negative: ${list(-1)} }, { count: ${answers.length}, exclude })`)}`, prints: rows(answers) };
}

export function oddCode({ words, ranked, ...training }: Training & { words: readonly string[]; ranked: readonly { word: string; similarity: number }[] }): Code {
  return { source: `${trainingLines(training, ['oddOneOut'], { withExcluded: false })}\n${printRows(`oddOneOut(space, ${literal(words)})`)}`, prints: rows(ranked) };
}

export function axisCode({ from, to, rows: shown, ...training }: Training & { from: readonly string[]; to: readonly string[]; rows: readonly { word: string; position: number }[] }): Code {
  const source = `${trainingLines(training, ['NamedAxis'])}
const axis = new NamedAxis(space, { from: ${literal(from)}, to: ${literal(to)} });
const out = new Set([...exclude, ...${literal([...from, ...to])}]);
const sorted = axis.sort(vectors.words.filter((word) => !out.has(word)));
for (const { word, position } of [...sorted.slice(0, ${AT_EACH_END}), ...sorted.slice(-${AT_EACH_END})]) console.log(word, position.toFixed(2));`;
  return { source, prints: shown.map(({ word, position }) => `${word} ${position.toFixed(2)}`).join('\n') };
}

interface BiasCode extends Training {
  /** The file that the vectors are from, if they are not trained. */
  file: { name: string; limit: number } | null;
  targets: readonly (readonly string[])[];
  /** Those at the left and at the right. */
  attributes: readonly [readonly string[], readonly string[]];
  result: { effectSize: number; pValue: number; associations: readonly { word: string; association: number }[] };
}

export function biasCode({ file, targets, attributes, result, ...training }: BiasCode): Code {
  const lines = file
    ? `import { associationTest, WordSpace } from '@kk/embeddings';
import { readWordVectors } from '@kk/embeddings/node';

const space = new WordSpace(await readWordVectors(${JSON.stringify(file.name)}, { limit: ${file.limit}, invalidText: 'replace' }));
`
    : trainingLines(training, ['associationTest'], { withExcluded: false });
  const source = `${lines}
const { effectSize, pValue, associations } = associationTest(space, {
  targets: [${targets.map(literal).join(', ')}],
  attributes: [${[...attributes].reverse().map(literal).join(', ')}],
}, { sides: 2 });
for (const { word, association } of associations) console.log(word, association.toFixed(2));
console.log(Math.abs(effectSize).toFixed(2), pValue.toFixed(3));`;
  return { source, prints: `${result.associations.map(({ word, association }) => `${word} ${association.toFixed(2)}`).join('\n')}\n${Math.abs(result.effectSize).toFixed(2)} ${result.pValue.toFixed(3)}` };
}

export function piecesCode({ word, neighbours, ...training }: Training & { word: string; neighbours: readonly { word: string; similarity: number }[] }): Code {
  const call = `space.neighbours(vectors.vector(${JSON.stringify(word)}), { count: ${neighbours.length}, exclude: [...exclude, ${JSON.stringify(word)}] })`;
  return { source: `${trainingLines(training, [], { subwords: SUBWORDS })}\n${printRows(call)}`, prints: rows(neighbours) };
}
