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
  /** Two groups of things, such as toys, and two of persons: those at the left and at the right. */
  targets: readonly [readonly string[], readonly string[]];
  attributes: readonly [readonly string[], readonly string[]];
}

export interface WordBias {
  /** Of both sides, so that the order of the groups makes no difference. An association above 0 is to the right. */
  result: AssociationResult | null;
  /** The groups as they were measured: without words that are not known. */
  targets: readonly [readonly string[], readonly string[]];
  attributes: readonly [readonly string[], readonly string[]];
  unknown: readonly string[];
  /** Things of both groups; they count in the first. */
  twice: readonly string[];
  /** What was measured: a file, or the sentences, mirrored or not. */
  source: { file: string; limit: number } | { isMirrored: boolean };
  /** How many words are in the set, and how many numbers each has. */
  words: number;
  width: number;
  epochs: number;
  problem: VectorFileProblem | null;
}

export default defineJob(async function* (input: WordBiasInput, tools): AsyncGenerator<WordBias, WordBias> {
  const found = await spaceOf(tools, input);
  const source = input.file ? { file: input.file.file.name, limit: input.file.limit } : { isMirrored: input.texts.mirror === true };
  let outcome: WordBias;
  if ('problem' in found) outcome = { result: null, targets: [[], []], attributes: [[], []], unknown: [], twice: [], source, words: 0, width: 0, epochs: 0, problem: found.problem };
  else {
    const { space, epochs } = found;
    // A vector of zeros has no direction, so nothing is near to it.
    const isKnown = (word: string): boolean => space.vectors.vector(word)?.some((value) => value !== 0) ?? false;
    const groups = [...input.targets, ...input.attributes].map((words) => [...new Set(words)]);
    const [x, first, a, b] = groups.map((words) => words.filter(isKnown));
    const y = first!.filter((word) => !x!.includes(word)); // a target counts once
    const isComplete = [x!, y, a!, b!].every((words) => words.length > 0) && x!.length + y.length > 2;
    outcome = {
      result: isComplete ? associationTest(space, { targets: [x!, y], attributes: [b!, a!] }, { sides: 2 }) : null,
      targets: [x!, y], attributes: [a!, b!], unknown: [...new Set(groups.flat())].filter((word) => !isKnown(word)),
      twice: first!.filter((word) => x!.includes(word)), source,
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
