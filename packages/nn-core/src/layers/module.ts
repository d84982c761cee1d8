// Declares a part of a model: tensors, and other modules inside it, are found by the names of its fields.
import { checkOptions, describe, type OptionNames } from '@kk/options';
import { expectFlag } from '../core/expect.js';
import { Tensor } from '../core/tensor.js';
import type { Layer } from './layer.js';
import { placesIn, type Place } from './module-tree.js';
import { listNames, matchesNameOrOwner, type NamePattern } from './name-pattern.js';
import { loadTensors, saveTensors, type LoadOptions, type LoadReport } from './saved-tensors.js';

interface DisposeOptions {
  /** A module whose tensors stay, such as the model in which this layer was replaced. */
  except?: Module;
}

const disposeOptions: OptionNames<DisposeOptions> = { except: 'optional' };

/**
 * Tensors and modules are found in public fields, and in arrays, Maps and plain objects there; not in `#private` fields and
 * not in Sets. Names are the way to them: `blocks.0.attention.projection.weight`. What is held by several fields (tied
 * weights, a shared layer, a cycle) appears once, under its first name.
 */
export abstract class Module {
  /** False outside training: dropout then passes everything through. */
  training = false;

  /**
   * Every tensor: parameters, trainable or frozen, and others that belong to the module, such as int8 weights.
   * @throws Error when two tensors have the same name, as with a field `a` that holds `b`, and a field called `a.b`; TypeError when
   *   the key of a Map that holds one is no text and no number
   */
  namedTensors(): Map<string, Tensor> {
    const found = new Map<string, Tensor>();
    for (const { name, value, isRepeated } of this.#places()) {
      if (!(value instanceof Tensor) || isRepeated) continue;
      if (found.has(name)) throw new Error(`Two tensors of this module are called ${name}: rename one of the fields.`);
      found.set(name, value);
    }
    return found;
  }

  /** Every parameter, trainable or frozen. */
  namedParameters(): Map<string, Tensor> {
    return new Map([...this.namedTensors()].filter(([, tensor]) => tensor.isParameter));
  }

  /** Every module inside this one. */
  namedModules(): Map<string, Module> {
    const found = new Map<string, Module>();
    for (const { name, value, isRepeated } of this.#places()) if (value instanceof Module && !isRepeated) found.set(name, value);
    return found;
  }

  /** All parameters, the frozen ones too: what the model is made of. */
  parameters(): Tensor[] {
    return [...this.namedParameters().values()];
  }

  /** The parameters that are not frozen: what an optimizer changes. */
  trainableParameters(): Tensor[] {
    return this.parameters().filter((parameter) => parameter.requiresGradient);
  }

  /** How many numbers all parameters hold, the frozen ones too. */
  parameterCount(): number {
    return this.parameters().reduce((count, parameter) => count + parameter.size, 0);
  }

  /**
   * Freezes parameters: no gradient is computed for them, and what depends on frozen ones alone is not put on the tape.
   * Freeze before an optimizer is made and before a step is captured.
   * @param pattern which ones, by their names or by those of the modules that they are inside of; all by default
   * @returns their names
   * @throws RangeError when there are none, TypeError when the pattern is empty or none
   */
  freeze(pattern: NamePattern = /^/): string[] {
    return this.#select('freeze', pattern, (parameter) => {
      parameter.requiresGradient = false;
      parameter.gradient?.dispose();
      parameter.gradient = null;
    });
  }

  /** Undoes `freeze`, with patterns as there. */
  unfreeze(pattern: NamePattern = /^/): string[] {
    return this.#select('unfreeze', pattern, (parameter) => {
      parameter.requiresGradient = true;
    });
  }

  /**
   * Puts another layer where the module called `name` is; where that module is shared, in all its places. It may hold the old
   * one, as a layer that adds something to it does.
   * @returns the old module, which is not freed
   * @throws RangeError when there is none of this name
   */
  replace(name: string, layer: Layer): Module {
    const places = [...this.#places()];
    const old = places.find((place) => place.name === name && place.value instanceof Module)?.value;
    if (!(old instanceof Module)) throw new RangeError(`replace: there is no module called ${name}; there are ${listNames(this.namedModules().keys())}.`);
    if (typeof (layer as Partial<Layer> | null | undefined)?.forward !== 'function') throw new TypeError(`replace: what shall take the place of ${name} has no forward(x): give a layer.`);
    for (const place of places) if (place.value === old) place.put(layer);
    if (layer instanceof Module) layer.setTraining(old.training);
    return old;
  }

  /** Switches training on or off, here and in every module inside. */
  setTraining(training: boolean): this {
    expectFlag('setTraining', 'training', training);
    this.training = training;
    for (const module of this.namedModules().values()) module.training = training;
    return this;
  }

  /** All tensors by name, as the bytes of a safetensors file. */
  save(): Promise<Uint8Array> {
    return saveTensors(this.namedTensors());
  }

  /**
   * Overwrites the module's tensors with those that `save` wrote, by name. Everything is checked before anything is overwritten.
   * @throws Error that lists what is missing, unexpected (unless `strict` is false) or of another shape; SafetensorsError when
   * the bytes are damaged
   */
  load(bytes: Uint8Array, options: LoadOptions = {}): LoadReport {
    return loadTensors(this.namedTensors(), bytes, options);
  }

  /**
   * Frees all tensors of the module, frozen parameters included, and their gradients.
   * @throws TypeError for an unknown option
   */
  dispose(options: DisposeOptions = {}): void {
    checkOptions('dispose', options, disposeOptions);
    const kept = new Set(options.except?.namedTensors().values());
    for (const tensor of this.namedTensors().values()) {
      if (kept.has(tensor)) continue;
      tensor.gradient?.dispose();
      tensor.gradient = null;
      tensor.dispose();
    }
  }

  #places(): Generator<Place> {
    return placesIn(this, (value) => value instanceof Module);
  }

  #select(what: string, pattern: NamePattern, change: (parameter: Tensor) => void): string[] {
    const parameters = this.namedParameters();
    if (pattern === '' || (typeof pattern !== 'string' && !(pattern instanceof RegExp))) {
      throw new TypeError(`${what}: the pattern is ${pattern === '' ? 'empty' : describe(pattern)}; expected the name of a parameter or a module, such as ${listNames(parameters.keys())}.`);
    }
    const chosen = [...parameters].filter(([name]) => matchesNameOrOwner(pattern, name));
    if (chosen.length === 0) throw new RangeError(`${what}: no parameter matches ${String(pattern)}; their names are ${listNames(parameters.keys())}.`);
    for (const [, parameter] of chosen) change(parameter);
    return chosen.map(([name]) => name);
  }
}
