// Tiny models whose distributions are written down, for tests of decoding.
import { Random, type ManyPositionsModel, type NextTokenModel } from '../../src/index.js';

/** Logits that depend on the last `order` tokens, drawn once from a seed. */
export function tableModel(vocabSize: number, seed: number, order = 1, spread = 4): NextTokenModel {
  const random = new Random(seed);
  const rows = new Map<string, Float32Array>();
  return {
    vocabSize,
    next(context) {
      const key = Array.from(context).slice(-order).join();
      let row = rows.get(key);
      if (row === undefined) {
        row = Float32Array.from({ length: vocabSize }, () => random.uniform() * spread);
        rows.set(key, row);
      }
      return row.slice();
    },
  };
}

/** The model of `probabilities`, by the continuation written so far as text: { '': [...], '1': [...], '1,2': [...] }. */
export function writtenModel(probabilities: Readonly<Record<string, readonly number[]>>): NextTokenModel & { calls: number } {
  const vocabSize = probabilities[''].length;
  return {
    vocabSize,
    calls: 0,
    next(context) {
      this.calls++;
      const row = probabilities[Array.from(context).join()] ?? new Array<number>(vocabSize).fill(1 / vocabSize);
      return Float32Array.from(row, Math.log);
    },
  };
}

/** The same model, able to look at many positions, answering later. */
export function withManyPositions(model: NextTokenModel): ManyPositionsModel & { passes: number } {
  return {
    vocabSize: model.vocabSize,
    passes: 0,
    next: (context) => model.next(context),
    async nextMany(context, further) {
      this.passes++;
      const rows: Float32Array[] = [];
      for (let i = 0; i <= further.length; i++) rows.push((await model.next([...Array.from(context), ...Array.from(further).slice(0, i)])).slice());
      return rows;
    },
  };
}
