// A part of a model: parameters, and other modules inside it, found by the names of its fields.
import { Tensor } from '../core/tensor.js';

export abstract class Module {
  /** False outside training: dropout then passes everything through. */
  training = false;

  /**
   * Every parameter with its name, in the order of the fields: `blocks.0.attention.weight`.
   * A tensor that is used twice (tied weights) appears once, under its first name.
   */
  namedParameters(): Map<string, Tensor> {
    const found = new Map<string, Tensor>();
    const seen = new Set<Tensor>();
    this.#visit('', (name, value) => {
      if (value instanceof Tensor && value.requiresGradient && value.isLeaf && !seen.has(value)) {
        seen.add(value);
        found.set(name, value);
      }
    });
    return found;
  }

  parameters(): Tensor[] {
    return [...this.namedParameters().values()];
  }

  /** The number of trainable numbers. */
  parameterCount(): number {
    return this.parameters().reduce((count, parameter) => count + parameter.size, 0);
  }

  /** Switches training on or off, here and in every module inside. */
  setTraining(training: boolean): this {
    this.training = training;
    this.#visit('', (_, value) => {
      if (value instanceof Module) value.training = training;
    });
    return this;
  }

  /** Frees all parameters and their gradients. */
  dispose(): void {
    for (const parameter of this.parameters()) {
      parameter.gradient?.dispose();
      parameter.dispose();
    }
  }

  #visit(prefix: string, see: (name: string, value: Tensor | Module) => void): void {
    const walk = (name: string, value: unknown): void => {
      if (value instanceof Tensor) see(name, value);
      else if (value instanceof Module) {
        see(name, value);
        value.#visit(`${name}.`, see);
      } else if (Array.isArray(value)) value.forEach((item, i) => walk(`${name}.${i}`, item));
    };
    for (const [field, value] of Object.entries(this)) walk(prefix + field, value);
  }
}
