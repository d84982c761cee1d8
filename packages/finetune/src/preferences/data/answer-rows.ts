// Prompts with their answers as rows of one length: what is read, and what is to be predicted from it.
export interface Answered {
  /** At least one id. */
  readonly prompt: ArrayLike<number>;
  readonly answer: ArrayLike<number>;
}

/** (rows, positions) each, row-major. */
export interface AnswerRows {
  /** The ids; behind an answer the padding, which no place before it sees. */
  readonly inputs: Int32Array;
  /** At each place the next id where it belongs to the answer, elsewhere -1. */
  readonly targets: Int32Array;
}

/** The places that a prompt with its answer takes: nothing is predicted from the last token. */
export const placesOf = ({ prompt, answer }: Answered): number => prompt.length + answer.length - 1;

/** @param positions of a row, at least the places of each */
export function answerRows(answered: readonly Answered[], positions: number, padding: number): AnswerRows {
  const inputs = new Int32Array(answered.length * positions).fill(padding);
  const targets = new Int32Array(answered.length * positions).fill(-1);
  for (const [row, one] of answered.entries()) {
    const [start, first] = [row * positions, one.prompt.length];
    const ids = [...Array.from(one.prompt), ...Array.from(one.answer)];
    inputs.set(ids.slice(0, -1), start);
    targets.set(ids.slice(first), start + first - 1);
  }
  return { inputs, targets };
}

/** (rows, positions): at each place the next id where it belongs to the prompt, elsewhere -1. A prompt's first token has nothing before it. */
export function promptTargets(prompts: readonly ArrayLike<number>[], positions: number): Int32Array {
  const targets = new Int32Array(prompts.length * positions).fill(-1);
  for (const [row, prompt] of prompts.entries()) targets.set(Array.from(prompt).slice(1), row * positions);
  return targets;
}
