// Reports examples that occur several times.
import { checkOptions, type OptionNames } from '@kk/nn-core';
import type { GivenExample } from './given-example.js';
import { groupEqual, type SameBy } from './normalized.js';

export interface DuplicateOptions {
  /** What has to be equal, up to case, white space and forms of the same character: the whole example (default), or its prompt. */
  by?: SameBy;
}

const OPTIONS: OptionNames<DuplicateOptions> = { by: 'optional' };

/**
 * @param examples alone, or as `readExamples` gives them
 * @returns for each example that occurs several times all its indices, rising. To find what two sets share, give both as one list.
 * @throws {TypeError} for what is no example; {RangeError} when an option is invalid
 */
export function findDuplicates(examples: readonly GivenExample[], options: DuplicateOptions = {}): number[][] {
  checkOptions('findDuplicates', options, OPTIONS);
  return groupEqual('findDuplicates', examples, options.by ?? 'example').filter((group) => group.length > 1);
}
