// Embedding tables and the loss: the kernels of the contract that read ids.
import { halves, matrix, vector, type Program } from './pass.js';
import { addUp } from './reductions.js';
import { rowLogSumExp } from './rows.js';

export const embedding: Program = (passes, [ids, table, y], [count, width, tableRows]) =>
  passes.run('embedding', y, [width, count], [halves(ids, count), matrix(table, tableRows, width)]);

export const embeddingGradient: Program = (passes, [ids, dy, dTable], [count, width, tableRows]) => {
  const [first, next] = [passes.scratch(tableRows), passes.scratch(count)];
  passes.run('firstUse', first, [tableRows], [halves(ids, count)], [count]);
  passes.run('nextUse', next, [count], [halves(ids, count)], [count]);
  passes.run('embeddingGradient', dTable, [width, tableRows], [vector(first, tableRows), vector(next, count), matrix(dy, count, width)]);
};

export const crossEntropy: Program = (passes, [logits, targets, loss, logSumExp, count], [rows, columns]) => {
  const [losses, counted, total] = [passes.scratch(rows), passes.scratch(rows), passes.scratch(1)];
  rowLogSumExp(passes, logits, logSumExp, rows, columns);
  passes.run('rowLoss', losses, [rows], [matrix(logits, rows, columns), halves(targets, rows), vector(logSumExp, rows)]);
  passes.run('isCounted', counted, [rows], [halves(targets, rows)]);
  addUp(passes, losses, total, 1, rows, 1);
  addUp(passes, counted, count, 1, rows, 1);
  passes.run('meanLoss', loss, [1], [vector(total, 1), vector(count, 1)]);
};

export const crossEntropyGradient: Program = (passes, [logits, targets, logSumExp, count, dLoss, dLogits], [rows, columns]) => {
  const views = [matrix(logits, rows, columns), halves(targets, rows), vector(logSumExp, rows), vector(count, 1), vector(dLoss, 1)];
  passes.run('crossEntropyGradient', dLogits, [columns, rows], views);
};
