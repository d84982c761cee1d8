// Chapter 5: are things nearer to the ones than to the others? WEAT (Caliskan et al. 2017) on the trained words, or on vectors that the visitor brings.
import { associationTest, type AssociationResult, type WordSpace } from '@kk/embeddings';
import { defineJob, type Tools } from '../job.js';
import { broughtVectors, type VectorFile, type VectorFileProblem } from '../read-vectors.js';
import type { WordTexts } from '../word-texts.js';
import { trainedWords } from '../word-training.js';

export interface WordBiasInput {
  texts: WordTexts;
  /** Vectors from a file instead of the trained ones. */
  file: VectorFile | null;
  /** Two groups of things, such as toys, and two of persons. */
  targets: readonly [readonly string[], readonly string[]];
  attributes: readonly [readonly string[], readonly string[]];
}

export interface WordBias {
  result: AssociationResult | null;
  /** The groups as they were measured: without words that are not known. */
  targets: readonly [readonly string[], readonly string[]];
  attributes: readonly [readonly string[], readonly string[]];
  unknown: readonly string[];
  /** How many words are in the set, and how many numbers each has. */
  words: number;
  width: number;
  epochs: number;
  problem: VectorFileProblem | null;
}

export default defineJob(async function* (input: WordBiasInput, tools): AsyncGenerator<WordBias, WordBias> {
  const source = await spaceOf(tools, input);
  let outcome: WordBias;
  if ('problem' in source) outcome = { result: null, targets: [[], []], attributes: [[], []], unknown: [], words: 0, width: 0, epochs: 0, problem: source.problem };
  else {
    const { space, epochs } = source;
    const isKnown = (word: string): boolean => space.vectors.vector(word) !== undefined;
    const groups = [...input.targets, ...input.attributes].map((words) => [...new Set(words)]);
    const [x, first, a, b] = groups.map((words) => words.filter(isKnown));
    const y = first!.filter((word) => !x!.includes(word)); // a target counts once
    const isComplete = [x!, y, a!, b!].every((words) => words.length > 0) && x!.length + y.length > 2;
    outcome = {
      result: isComplete ? associationTest(space, { targets: [x!, y], attributes: [a!, b!] }) : null,
      targets: [x!, y], attributes: [a!, b!], unknown: [...new Set(groups.flat())].filter((word) => !isKnown(word)),
      words: space.vectors.words.length, width: space.vectors.width, epochs, problem: null,
    };
  }
  yield outcome;
  return outcome;
});

async function spaceOf(tools: Tools, { texts, file }: WordBiasInput): Promise<{ space: WordSpace; epochs: number } | { problem: VectorFileProblem }> {
  if (file) {
    const brought = await broughtVectors(tools, file);
    return 'problem' in brought ? brought : { space: brought.space, epochs: 0 };
  }
  const { space, options } = await trainedWords(tools, texts);
  return { space, epochs: options.epochs! };
}
