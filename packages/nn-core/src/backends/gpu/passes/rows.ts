// Issues the passes of softmax, its logarithm and normalisations, row by row: first what each row needs once, then each number.
import type { Storage } from '../../backend.js';
import { cube, matrix, vector, type Passes, type Program } from './pass.js';
import { addUp } from './reductions.js';

/** Longer rows are cut into parts, so that a vocabulary of fifty thousand does not hang on one invocation a row. */
const LONGEST_ROW = 1024;
const PARTS = 64;

/** maximum (rows) of x (rows, columns), and sum (rows) of e^(x - maximum): what every softmax needs */
export function softmaxParts(passes: Passes, x: Storage, maximum: Storage, sum: Storage, rows: number, columns: number): void {
  const view = matrix(x, rows, columns);
  if (columns <= LONGEST_ROW) {
    passes.run('max', maximum, [rows], [cube(x, rows, columns, 1)], [columns, 1]);
    passes.run('rowSumExp', sum, [rows], [view, vector(maximum, rows)], [columns]);
    return;
  }
  const parts = passes.scratch(rows * PARTS);
  passes.run('partMaximum', parts, [PARTS, rows], [view], [columns, PARTS]);
  passes.run('max', maximum, [rows], [cube(parts, rows, PARTS, 1)], [PARTS, 1]);
  passes.run('partSumExp', parts, [PARTS, rows], [view, vector(maximum, rows)], [columns, PARTS]);
  addUp(passes, parts, sum, rows, PARTS, 1);
}

const fromParts =
  (shader: 'softmax' | 'logSoftmax'): Program =>
  (passes, [x, y], [rows, columns]) => {
    const [maximum, sum] = [passes.scratch(rows), passes.scratch(rows)];
    softmaxParts(passes, x, maximum, sum, rows, columns);
    passes.run(shader, y, [columns, rows], [matrix(x, rows, columns), vector(maximum, rows), vector(sum, rows)]);
  };

export const softmax = fromParts('softmax');
export const logSoftmax = fromParts('logSoftmax');

export const softmaxGradient: Program = (passes, [y, dy, dx], [rows, columns]) => {
  const size = rows * columns;
  const terms = passes.scratch(size);
  const total = passes.scratch(rows);
  passes.run('multiply', terms, [size], [vector(y, size), vector(dy, size)]);
  addUp(passes, terms, total, rows, columns, 1);
  passes.run('softmaxGradient', dx, [columns, rows], [matrix(y, rows, columns), matrix(dy, rows, columns), vector(total, rows)]);
};

export const logSoftmaxGradient: Program = (passes, [y, dy, dx], [rows, columns]) => {
  const total = passes.scratch(rows);
  addUp(passes, dy, total, rows, columns, 1);
  passes.run('logSoftmaxGradient', dx, [columns, rows], [matrix(y, rows, columns), matrix(dy, rows, columns), vector(total, rows)]);
};

export const layerNorm: Program = (passes, [x, weight, bias, y, mean, inverse], [rows, columns, epsilon]) => {
  const view = matrix(x, rows, columns);
  passes.run('rowMean', mean, [rows], [view], [columns]);
  passes.run('inverseDeviation', inverse, [rows], [view, vector(mean, rows)], [columns, epsilon]);
  passes.run('layerNorm', y, [columns, rows], [view, vector(weight, columns), vector(bias, columns), vector(mean, rows), vector(inverse, rows)]);
};

export const layerNormGradient: Program = (passes, [x, weight, mean, inverse, dy, dx], [rows, columns]) => {
  const [meanH, meanHN] = [passes.scratch(rows), passes.scratch(rows)];
  const [xView, dyView] = [matrix(x, rows, columns), matrix(dy, rows, columns)];
  const [weights, means, inverses] = [vector(weight, columns), vector(mean, rows), vector(inverse, rows)];
  passes.run('layerNormMeanH', meanH, [rows], [weights, dyView], [columns]);
  passes.run('layerNormMeanHN', meanHN, [rows], [xView, weights, means, inverses, dyView], [columns]);
  passes.run('layerNormGradient', dx, [columns, rows], [xView, weights, means, inverses, dyView, vector(meanH, rows), vector(meanHN, rows)]);
};

export const layerNormParameterGradient: Program = (passes, [x, mean, inverse, dy, dWeight, dBias], [rows, columns]) => {
  const terms = passes.scratch(rows * columns);
  passes.run('layerNormWeightTerms', terms, [columns, rows], [matrix(x, rows, columns), vector(mean, rows), vector(inverse, rows), matrix(dy, rows, columns)]);
  addUp(passes, terms, dWeight, 1, rows, columns);
  addUp(passes, dy, dBias, 1, rows, columns);
};

export const rmsNorm: Program = (passes, [x, weight, y, inverse], [rows, columns, epsilon]) => {
  const view = matrix(x, rows, columns);
  passes.run('inverseRms', inverse, [rows], [view], [columns, epsilon]);
  passes.run('rmsNorm', y, [columns, rows], [view, vector(weight, columns), vector(inverse, rows)]);
};

export const rmsNormGradient: Program = (passes, [x, weight, inverse, dy, dx], [rows, columns]) => {
  const meanHN = passes.scratch(rows);
  const [xView, dyView, weights, inverses] = [matrix(x, rows, columns), matrix(dy, rows, columns), vector(weight, columns), vector(inverse, rows)];
  passes.run('rmsNormMeanHN', meanHN, [rows], [xView, weights, inverses, dyView], [columns]);
  passes.run('rmsNormGradient', dx, [columns, rows], [xView, weights, inverses, dyView, vector(meanHN, rows)]);
};

export const rmsNormParameterGradient: Program = (passes, [x, inverse, dy, dWeight], [rows, columns]) => {
  const terms = passes.scratch(rows * columns);
  passes.run('rmsNormWeightTerms', terms, [columns, rows], [matrix(x, rows, columns), vector(inverse, rows), matrix(dy, rows, columns)]);
  addUp(passes, terms, dWeight, 1, rows, columns);
};
