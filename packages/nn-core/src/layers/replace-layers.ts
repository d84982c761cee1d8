// Replaces many layers of a model at once, found by name.
import type { Layer } from './layer.js';
import { Module } from './module.js';
import { listNames, matchesName, type NamePattern } from './name-pattern.js';

/**
 * Replaces the layers whose names match. All new layers are made first: when one cannot be made, the model stays as it was.
 * @param pattern see `NamePattern`, such as `blocks.*.attention.projection`
 * @param make gives the new layer, perhaps later, or undefined to leave the old one in its place
 * @returns the old layers by name; they are not freed: `layer.dispose({ except: model })` frees what the model no longer uses
 * @throws RangeError when no name matches; what `make` throws
 */
export async function replaceLayers(
  model: Module,
  pattern: NamePattern,
  make: (layer: Module, name: string) => Layer | undefined | Promise<Layer | undefined>,
): Promise<Map<string, Module>> {
  const modules = model.namedModules();
  const chosen = [...modules].filter(([name]) => matchesName(pattern, name));
  if (chosen.length === 0) throw new RangeError(`replaceLayers: no layer matches ${String(pattern)}; their names are ${listNames(modules.keys())}.`);
  const made = new Map<string, Layer>();
  try {
    for (const [name, layer] of chosen) {
      const other = await make(layer, name);
      if (other) made.set(name, other);
    }
  } catch (error) {
    for (const layer of made.values()) if (layer instanceof Module) layer.dispose({ except: model }); // it may share tensors with the layer that stays
    throw error;
  }
  return new Map([...made].map(([name, layer]) => [name, model.replace(name, layer)]));
}
