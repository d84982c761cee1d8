// What the visitor has walked in the tree of alternatives: paths of ids, and how a path is written in the address.

/** A path in the address: ids with dots between. */
export const pathText = (ids: readonly number[]): string => ids.join('.');

/** The ids of a path's text; what is no path is the empty one. */
export const idsOfText = (text: string): number[] => (/^\d+(\.\d+)*$/.test(text) ? text.split('.').map(Number) : []);

/** Remembers every path that was walked. */
export class Walked {
  /** The text of a prefix -> the ids that were taken after it, and the path on which that was last. */
  readonly #from = new Map<string, Set<number>>();
  readonly #last = new Map<string, readonly number[]>();

  /** Remembers a path and all its beginnings. */
  add(path: readonly number[]): void {
    for (let length = 0; length <= path.length; length++) {
      const key = pathText(path.slice(0, length));
      // Going back along a path does not make it shorter.
      const known = this.#last.get(key);
      if (!known || !startsWith(known, path)) this.#last.set(key, path);
      if (length < path.length) {
        const taken = this.#from.get(key) ?? new Set();
        this.#from.set(key, taken.add(path[length]!));
      }
    }
  }

  /** The ids that were taken after this path. */
  from(path: readonly number[]): ReadonlySet<number> {
    return this.#from.get(pathText(path)) ?? new Set();
  }

  /** The path on which the visitor last walked on from this one; itself if never. */
  furthest(path: readonly number[]): readonly number[] {
    return this.#last.get(pathText(path)) ?? path;
  }

  clear(): void {
    this.#from.clear();
    this.#last.clear();
  }
}

const startsWith = (path: readonly number[], beginning: readonly number[]): boolean => beginning.every((id, place) => path[place] === id);
