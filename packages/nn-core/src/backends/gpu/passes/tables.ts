// Issues the passes of the kernels that read ids: embedding tables and the loss.
import { cube, halves, matrix, vector, type Program } from './pass.js';
import { addUp } from './reductions.js';
import { softmaxParts } from './rows.js';

export const embedding: Program = (passes, [ids, table, y], [count, width, tableRows]) =>
  passes.run('embedding', y, [width, count], [halves(ids, count), matrix(table, tableRows, width)], [tableRows, NaN]);

export const embeddingGradient: Program = (passes, [ids, dy, dTable], [count, width, tableRows]) => {
  const [first, next] = [passes.scratch(tableRows), passes.scratch(count)];
  passes.run('firstUse', first, [tableRows], [halves(ids, count)], [count]);
  passes.run('nextUse', next, [count], [halves(ids, count)], [count]);
  passes.run('embeddingGradient', dTable, [width, tableRows], [vector(first, tableRows), vector(next, count), matrix(dy, count, width)]);
};

export const crossEntropy: Program = (passes, [logits, targets, losses, maximum, sum], [rows, columns]) => {
  softmaxParts(passes, logits, maximum, sum, rows, columns);
  const views = [matrix(logits, rows, columns), halves(targets, rows), vector(maximum, rows), vector(sum, rows)];
  passes.run('crossEntropy', losses, [rows], views, [columns, NaN]);
};

export const crossEntropyGradient: Program = (passes, [logits, targets, maximum, sum, dLosses, weight, dLogits], [rows, columns, stride]) => {
  const perRow = [vector(maximum, rows), vector(sum, rows), vector(dLosses, stride === 0 ? 1 : rows)];
  const views = [matrix(logits, rows, columns), halves(targets, rows), ...perRow, vector(weight, 1)];
  passes.run('crossEntropyGradient', dLogits, [columns, rows], views, [columns, stride, Number(weight !== passes.none), NaN]);
};

export const meanOverTargets: Program = (passes, [losses, targets, total, mean, weight], [size]) => {
  const sum = passes.scratch(1);
  let divisor = total;
  if (total === passes.none) countTargets(passes, [targets, (divisor = passes.scratch(1))], [size]);
  passes.run('targetWeight', weight, [1], [vector(divisor, 1)]);
  addUp(passes, losses, sum, 1, size, 1);
  passes.run('multiply', mean, [1], [vector(sum, 1), vector(weight, 1)]);
};

export const countTargets: Program = (passes, [targets, count], [size]) => {
  const counted = passes.scratch(size);
  passes.run('isCounted', counted, [size], [halves(targets, size)]);
  addUp(passes, counted, count, 1, size, 1);
};

export const gather: Program = (passes, [x, index, y], [outer, length, inner, count]) => {
  const size = outer * count * inner;
  passes.run('gather', y, [size], [cube(x, outer, length, inner), halves(index, size)], [length, inner, count, NaN]);
};

export const gatherGradient: Program = (passes, [index, dy, dx], [outer, length, inner, count]) => {
  const views = [cube(index, outer, count, 2 * inner), cube(dy, outer, count, inner)];
  passes.run('gatherGradient', dx, [outer * length * inner], views, [length, inner, count]);
};
