// Token embeddings of which an adapter trains some rows, such as those of new special tokens, and keeps all others.
import { OutputEmbedding, type TokenEmbedding } from '@kk/embeddings';
import { concatenate, embedding, matmul, Module, reshape, transpose, type Layer, type Tensor } from '@kk/nn-core';
import { MergedWeight } from './merged-weight.js';

/** The rows that one adapter puts in the place of those of a table. */
export class TokenRows extends Module {
  /** (tokens, width): the table's own rows at first. */
  readonly rows: Tensor;
  /** int32 (vocabSize): for each row of the new table, which of the old ones it is, or vocabSize + i for row i of `rows`. */
  readonly order: Tensor;
  isActive = true;
  isMerged = false;

  /** @param ids different ids of the table */
  constructor(
    table: Tensor,
    readonly ids: readonly number[],
  ) {
    super();
    const { engine } = table;
    const vocabSize = table.shape[0]!;
    const order = Int32Array.from({ length: vocabSize }, (_, id) => id);
    ids.forEach((id, i) => (order[id] = vocabSize + i));
    this.rows = engine.parameter(engine.scope(() => engine.noGradient(() => embedding(engine.tensor(ids, [ids.length], 'int32'), table))));
    this.order = engine.keep(engine.tensor(order, [vocabSize], 'int32'));
  }

  /** The table (vocabSize, width) with these rows. The gradient goes to the rows alone where the table is frozen. */
  in(table: Tensor): Tensor {
    return embedding(this.order, concatenate([table, this.rows], 0));
  }

  /** Logits (count, vocabSize) of x (count, width), in which those of these tokens are computed from their rows. */
  inLogits(logits: Tensor, x: Tensor): Tensor {
    return transpose(embedding(this.order, concatenate([transpose(logits), matmul(this.rows, x, { transposeB: true })], 0)));
  }
}

/** A table with the rows of its adapters; a tied output layer shares it with the token embeddings. */
export class TrainedTable {
  /** By the names of their adapters. */
  readonly adapters = new Map<string, TokenRows>();
  readonly vocabSize: number;
  readonly #merged: MergedWeight;

  /** @param table (vocabSize, width) */
  constructor(readonly table: Tensor) {
    this.vocabSize = table.shape[0]!;
    this.#merged = new MergedWeight(table);
  }

  /** The rows that count beside the table, in the order of their adapters. */
  active(): TokenRows[] {
    return [...this.adapters.values()].filter(({ isActive, isMerged }) => isActive && !isMerged);
  }

  applyMerged(): void {
    const merged = [...this.adapters.values()].filter(({ isMerged }) => isMerged);
    this.#merged.put(merged.length === 0 ? null : (original) => merged.reduce((table, rows) => rows.in(table), original));
  }

  settle(): void {
    this.#merged.settle();
  }
}

/** Takes the place of a `TokenEmbedding` or an `OutputEmbedding`. */
export class TrainedRowsLayer extends Module implements Layer {
  base: Layer;
  /** The same rows as in `trained`, where their names are found. */
  readonly adapters: Map<string, TokenRows>;
  readonly #trained: TrainedTable;
  readonly #isOutput: boolean;

  constructor(base: TokenEmbedding | OutputEmbedding, trained: TrainedTable) {
    super();
    this.base = base;
    this.adapters = trained.adapters;
    this.#trained = trained;
    this.#isOutput = base instanceof OutputEmbedding;
  }

  get trained(): TrainedTable {
    return this.#trained;
  }

  /** Ids to their rows; or, of an output layer, (..., width) to logits (..., vocabSize). */
  forward(x: Tensor): Tensor {
    const active = this.#trained.active();
    if (active.length === 0) return this.base.forward(x);
    if (this.#isOutput && !(this.base instanceof OutputEmbedding)) return this.#besideRounded(x, active);
    const table = active.reduce((current, rows) => rows.in(current), this.#trained.table);
    return this.#isOutput ? matmul(x, table, { transposeB: true }) : embedding(x, table);
  }

  /** After `quantizeModel` the output layer has int8 weights, and a table of its own is freed: the trained rows stay in float32. */
  #besideRounded(x: Tensor, active: readonly TokenRows[]): Tensor {
    const flat = reshape(x, [-1, x.shape.at(-1)!]);
    const logits = active.reduce((current, rows) => rows.inLogits(current, flat), reshape(this.base.forward(x), [-1, this.#trained.vocabSize]));
    return reshape(logits, [...x.shape.slice(0, -1), this.#trained.vocabSize]);
  }
}
