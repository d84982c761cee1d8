// How far each weight matrix of a model has moved in a tuning: its distance from where it was, in proportion to its size.
import type { Transformer } from '@kk/gpt';

export interface MovedMatrix {
  /** As the model names it, without `.weight`: `blocks.0.attention.projection`. */
  name: string;
  rows: number;
  columns: number;
  /** The length of the change divided by the length of the matrix, both as vectors (Frobenius norms); 0 where nothing moved. */
  share: number;
  /** The rank of the pair of narrow matrices beside it; 0 without one. */
  rank: number;
}

/** The matrices of a model, as they are now, by their names without `.weight`. */
export type Matrices = ReadonlyMap<string, { rows: number; columns: number; values: Float32Array }>;

/** Copies all matrices, without the vectors of biases and norms. */
export async function matricesOf(model: Transformer): Promise<Matrices> {
  const matrices = [...model.namedParameters()].filter(([name, { shape }]) => shape.length === 2 && name.endsWith('.weight'));
  return new Map(await Promise.all(matrices.map(async ([name, tensor]) => {
    const [rows, columns] = tensor.shape as [number, number];
    return [name.slice(0, -'.weight'.length), { rows, columns, values: Float32Array.from(await tensor.data()) }] as const;
  })));
}

/**
 * @param trained  what was trained, by its names: matrices themselves, or the two narrow ones of an adapter beside them
 * @param scale  what the product of the two narrow ones is multiplied with
 */
export function movedMatrices(before: Matrices, trained: ReadonlyMap<string, Float32Array>, scale: number): MovedMatrix[] {
  return [...before].map(([name, { rows, columns, values }]) => {
    const now = trained.get(`${name}.weight`);
    const [down, up] = ['down', 'up'].map((part) => [...trained].find(([own]) => own.startsWith(`${name}.adapters.`) && own.endsWith(`.${part}`))?.[1]);
    if (now) return { name, rows, columns, rank: 0, share: lengthOf(now.map((value, i) => value - values[i]!)) / lengthOf(values) };
    if (!down || !up) return { name, rows, columns, rank: 0, share: 0 };
    const rank = down.length / rows;
    return { name, rows, columns, rank, share: (scale * lengthOf(product(down, up, rank))) / lengthOf(values) };
  });
}

/** (rows, rank) times (rank, columns). */
function product(down: Float32Array, up: Float32Array, rank: number): Float32Array {
  const [rows, columns] = [down.length / rank, up.length / rank];
  const result = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let at = 0; at < rank; at++) {
      const factor = down[row * rank + at]!;
      for (let column = 0; column < columns; column++) result[row * columns + column]! += factor * up[at * columns + column]!;
    }
  }
  return result;
}

const lengthOf = (values: Float32Array): number => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
