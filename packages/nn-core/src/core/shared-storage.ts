// Frees a buffer when nobody needs it any more: neither a tensor that shares it (a tensor and its reshapes) nor a captured step that uses it.
//
// What the host knows of the buffer's contents stands here, too, since it is the same for all of its tensors.
import type { Backend, Storage } from '../backends/backend.js';
import { NO_VALUES, unionOf, type Bounds, type IdLimits } from './bounds.js';

const NONE: ReadonlySet<never> = new Set();

export class SharedStorage {
  /** Tensors on this buffer. */
  users = 0;
  /** Captured steps that read or write it at each replay: it is not freed before they are disposed. */
  plans = 0;
  /** While a step is captured: the buffers that this one's elements are copied from at each replay. */
  #sources: ReadonlySet<SharedStorage> = NONE;
  #bounds: Bounds | null = null;
  /** What captured steps expect of everything that is written here; null before the first one, as for most buffers. */
  #limits: Set<IdLimits> | null = null;

  constructor(
    /** Replaced once: when a buffer that was planned while capturing gets its place. */
    public storage: Storage,
    /** Whose buffer it is, and who frees it. */
    public backend: Backend,
  ) {}

  get isNeeded(): boolean {
    return this.users + this.plans > 0;
  }

  /** The known range of values, for checking ids. Null where the host knows nothing: floats, and numbers that a kernel computed. */
  get bounds(): Bounds | null {
    let all = this.#bounds;
    for (const source of this.#sources) {
      const bounds = source.bounds;
      all = all && bounds && unionOf(all, bounds);
    }
    return all;
  }

  set bounds(bounds: Bounds | null) {
    this.#bounds = bounds;
  }

  /**
   * Takes the range of buffers from which all elements of this one are copied: the range that they have now, or, where a
   * captured step copies at each replay, the range that they have at any time.
   */
  takeBoundsOf(origins: readonly SharedStorage[], atEachReplay: boolean): void {
    if (atEachReplay) {
      this.#sources = new Set(origins.flatMap((origin) => origin.roots));
      this.#bounds = NO_VALUES;
      return;
    }
    this.#bounds = origins.reduce((all: Bounds | null, { bounds }) => all && bounds && unionOf(all, bounds), NO_VALUES);
  }

  /** Where the elements come from in the end: this buffer, or the ones that a captured step copies it from. */
  get roots(): readonly SharedStorage[] {
    return this.#sources.size > 0 ? [...this.#sources] : [this];
  }

  expect(limits: IdLimits): void {
    (this.#limits ??= new Set()).add(limits);
  }

  expectNoMore(limits: IdLimits): void {
    this.#limits?.delete(limits);
  }

  /** @throws RangeError when a captured step expects other values than these */
  checkAgainstPlans({ minimum, maximum }: Bounds): void {
    if (minimum > maximum) return; // no values
    for (const { lowest, limit } of this.#limits ?? NONE) {
      if (minimum < lowest || maximum >= limit) {
        throw new RangeError(
          `set() got ids from ${minimum} to ${maximum}, but the captured step that reads this tensor expects ${lowest === -Infinity ? `ids below ${limit}` : `${lowest} to ${limit - 1}`}.`,
        );
      }
    }
  }
}
