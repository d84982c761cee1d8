// Reports examples that occur several times.
import { checkOptions, type OptionNames } from '@kk/nn-core';
import type { TuningExample } from './examples.js';
import { groupEqual, type SameBy } from './normalized.js';

export interface DuplicateOptions {
  /** What has to be equal, up to case, white space and forms of the same character: the whole example (default), or its prompt. */
  by?: SameBy;
}

const OPTIONS: OptionNames<DuplicateOptions> = { by: 'optional' };

/**
 * @returns for each example that occurs several times all its indices, rising. To find what two sets share, give both as one list.
 */
export function findDuplicates(examples: readonly TuningExample[], options: DuplicateOptions = {}): number[][] {
  checkOptions('findDuplicates', options, OPTIONS);
  return groupEqual('findDuplicates', examples, options.by ?? 'example').filter((group) => group.length > 1);
}
