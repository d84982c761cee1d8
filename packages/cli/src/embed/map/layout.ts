// Where words stand on a map: by principal components, UMAP, t-SNE, or two axes that the user named.
import { NamedAxis, PrincipalComponents, tsneMap, umapMap, type WordSpace } from '@kk/embeddings';
import type { Context } from '../../context.js';
import { Failure } from '../../errors.js';
import { ShownWork } from '../../terminal/long-work.js';

export const mapMethods = ['pca', 'umap', 'tsne'] as const;
export type MapMethod = (typeof mapMethods)[number];

/** An axis between two poles, each of one word or more. */
export interface Poles {
  from: string[];
  to: string[];
}

export interface MapSettings {
  method: MapMethod;
  seed: number;
  /** The two axes, instead of a method. */
  axes?: { x: Poles; y: Poles };
  /** Whether to show no progress. */
  quiet: boolean;
}

export interface Layout {
  /** Two numbers per word; y grows upwards. */
  points: Float32Array;
  /** Of `pca`: the share of the differences between the words that the map shows, from 0 to 1. */
  share?: number;
}

/**
 * @param words  at least four, each with a vector
 * @throws {Failure} when the poles of an axis are in the same place
 * @throws the signal's reason when stopped
 */
export async function layoutOf(context: Context, space: WordSpace, words: readonly string[], { method, seed, axes, quiet }: MapSettings): Promise<Layout> {
  if (axes) {
    const [x, y] = [axisOf(space, 'x', axes.x), axisOf(space, 'y', axes.y)];
    return { points: Float32Array.from(words.flatMap((word) => [x.position(word), y.position(word)])) };
  }
  // Directions: how frequent a word is changes the length of its vector.
  const { width } = space.vectors;
  const matrix = Float32Array.from(words.flatMap((word) => [...space.direction(word)]));
  await context.breathe();
  if (method === 'pca') {
    const components = new PrincipalComponents(matrix, width, Math.min(2, width));
    const points = components.project(matrix);
    return { points: width > 1 ? points : Float32Array.from([...points].flatMap((value) => [value, 0])), share: components.shares.reduce((sum, value) => sum + value, 0) };
  }
  const work = new ShownWork(context, { what: 'drawing', quiet });
  const options = { seed, signal: context.io.interrupt, onProgress: (step: number, steps: number) => work.show(step / steps) };
  return { points: await (method === 'umap' ? umapMap : tsneMap)(matrix, width, options).finally(() => work.done()) };
}

function axisOf(space: WordSpace, name: 'x' | 'y', poles: Poles): NamedAxis {
  try {
    return new NamedAxis(space, poles);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Failure(`The two poles of --${name}, ${poles.from.join(', ')} and ${poles.to.join(', ')}, are in the same place.`, 'Choose poles that differ.', { cause: error });
  }
}
