// A LoRA adapter in a model: switched on and off, merged and unmerged, and taken away again. `addLora` makes it.
import type { Transformer } from '@kk/gpt';
import { QuantizedLinear, type Module, type Tensor } from '@kk/nn-core';
import type { LoraLinear } from './lora-linear.js';
import type { LowRankWeights } from './low-rank-weights.js';
import type { TokenRows, TrainedRowsLayer } from './trained-rows.js';

/** What all layers of an adapter share. */
export interface AdapterSettings {
  readonly rank: number;
  readonly alpha: number;
  readonly rsLora: boolean;
  readonly dropout: number;
  /** Ids of tokens whose rows are trained too. */
  readonly trainableTokens: readonly number[];
}

/** A layer of the model that holds adapters, and what this adapter has there. */
export interface AdaptedLayer<L extends Module = LoraLinear, W = LowRankWeights> {
  readonly layer: L;
  readonly weights: W;
}

export class Adapter<M extends Transformer = Transformer> {
  #isRemoved = false;
  readonly #onRemove: () => void;

  /** Use `addLora` or `fromPeft`. */
  constructor(
    readonly model: M,
    readonly name: string,
    readonly settings: AdapterSettings,
    /** By the names of the layers whose places they take: `blocks.0.attention.projection`. */
    readonly layers: ReadonlyMap<string, AdaptedLayer>,
    /** Of `tokens`, and of `outputEmbedding`, where rows of tokens are trained. */
    readonly tables: ReadonlyMap<string, AdaptedLayer<TrainedRowsLayer, TokenRows>>,
    onRemove: () => void,
  ) {
    this.#onRemove = onRemove;
  }

  /** The adapter's own parameters: `blocks.0.attention.projection.down` and `.up`, `tokens.rows`. The names stay the same wherever it is. */
  namedParameters(): Map<string, Tensor> {
    const found = new Map<string, Tensor>();
    for (const [name, { weights }] of this.layers) found.set(`${name}.down`, weights.down).set(`${name}.up`, weights.up);
    const known = new Set<TokenRows>(); // a tied output layer has those of the token embeddings
    for (const [name, { weights }] of this.tables) {
      if (!known.has(weights)) found.set(`${name}.rows`, weights.rows);
      known.add(weights);
    }
    return found;
  }

  parameters(): Tensor[] {
    return [...this.namedParameters().values()];
  }

  parameterCount(): number {
    return this.parameters().reduce((count, { size }) => count + size, 0);
  }

  /** Whether the model computes with the adapter now, merged or not. */
  get isActive(): boolean {
    return !this.#isRemoved && this.#parts[0]!.isActive;
  }

  get isMerged(): boolean {
    return !this.#isRemoved && this.#parts[0]!.isMerged;
  }

  get isRemoved(): boolean {
    return this.#isRemoved;
  }

  /** Switches the adapter on. Several that are on add up. Captured training steps go on as they were captured. */
  enable(): this {
    return this.#switch(true);
  }

  /**
   * Switches the adapter off: the model computes what it would without it, to the bit.
   * @throws Error when it is merged or removed
   */
  disable(): this {
    return this.#switch(false);
  }

  /** What is computed with the adapter switched off; it is then as it was before, whatever happens. */
  without<T>(compute: () => T): T {
    const wasActive = this.isActive;
    this.disable();
    try {
      return compute();
    } finally {
      if (wasActive) this.enable();
    }
  }

  /**
   * Adds the adapter to the weights, so that it costs no time any more. Logits stay the same but for rounding. Train it unmerged.
   * @throws Error when it is switched off, merged or removed, or layers have int8 weights
   */
  merge(): this {
    this.#requirePresent('merge');
    if (this.isMerged) throw new Error(`merge: the adapter ${this.name} is merged already: call unmerge() first.`);
    if (!this.isActive) throw new Error(`merge: the adapter ${this.name} is switched off: call enable() first, for a merged adapter counts always.`);
    const rounded = [...this.layers].find(([, { layer }]) => layer.base instanceof QuantizedLinear)?.[0];
    if (rounded !== undefined) throw new Error(`merge: ${rounded} has int8 weights, to which nothing can be added: merge first, then call quantizeModel().`);
    return this.#setMerged(true);
  }

  /**
   * Takes the adapter out of the weights. They get back their own numbers, to the bit, from a copy that `merge` kept.
   * @throws Error when it is not merged, or was removed, or layers have int8 weights since
   */
  unmerge(): this {
    this.#requirePresent('unmerge');
    if (!this.isMerged) throw new Error(`unmerge: the adapter ${this.name} is not merged: call merge() first.`);
    const rounded = [...this.layers].find(([, { layer }]) => layer.base instanceof QuantizedLinear)?.[0];
    if (rounded !== undefined) throw new Error(`unmerge: ${rounded} has int8 weights now, which were rounded with the adapter in them: load the model again.`);
    return this.#setMerged(false);
  }

  /**
   * Takes the adapter away and frees it; the model is what it was before, to the bit. Without other adapters its layers are the old ones
   * again, and what `addLora` froze is trainable again. Save the adapter first where it is still wanted.
   * @throws Error when it was removed
   */
  remove(): void {
    this.#requirePresent('remove');
    if (this.isMerged) this.unmerge();
    this.#leave();
  }

  /**
   * Makes the merged weights the model's own, and takes the adapter away: the model can then be saved as any other.
   * @throws Error when other adapters are in the model, or as `merge` does
   */
  mergeAndRemove(): M {
    this.#requirePresent('mergeAndRemove');
    const others = [...this.layers.values(), ...this.tables.values()].some(({ layer }) => layer.adapters.size > 1);
    if (others) throw new Error(`mergeAndRemove: other adapters share layers with ${this.name}: remove them first, or their own numbers could not be told from it.`);
    if (!this.isMerged) this.merge();
    for (const { layer } of this.layers.values()) layer.settle();
    for (const { layer } of this.tables.values()) layer.trained.settle();
    this.#leave();
    return this.model;
  }

  get #parts(): (LowRankWeights | TokenRows)[] {
    return [...this.layers.values(), ...this.tables.values()].map(({ weights }) => weights);
  }

  #switch(isActive: boolean): this {
    this.#requirePresent(isActive ? 'enable' : 'disable');
    if (this.isMerged && !isActive) throw new Error(`disable: the adapter ${this.name} is merged into the weights: call unmerge() first.`);
    for (const part of this.#parts) part.isActive = isActive;
    return this;
  }

  #setMerged(isMerged: boolean): this {
    for (const part of this.#parts) part.isMerged = isMerged;
    for (const { layer } of this.layers.values()) layer.applyMerged();
    for (const { layer } of this.tables.values()) layer.trained.applyMerged();
    return this;
  }

  /** Takes the layers out of the model that hold no other adapter, and frees what is this adapter's. */
  #leave(): void {
    for (const [name, { layer }] of [...this.layers, ...this.tables]) {
      layer.adapters.delete(this.name);
      if (layer.adapters.size === 0) this.model.replace(name, layer.base);
    }
    for (const { weights } of [...this.layers.values(), ...this.tables.values()]) weights.dispose();
    this.#isRemoved = true;
    this.#onRemove();
  }

  #requirePresent(what: string): void {
    if (this.#isRemoved) throw new Error(`${what}: the adapter ${this.name} was removed from its model: add or load it again.`);
  }
}
