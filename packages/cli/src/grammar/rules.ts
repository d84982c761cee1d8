// Which options have no effect with others. An option without effect is an error, because whoever gave it expects one.
import { UsageError } from '../errors.js';
import { flagOf, flagWithValue } from './flags.js';
import type { Verb } from './verb.js';

export type Rule =
  /** `option` has no effect without `other`. */
  | { kind: 'needs'; option: string; other: string }
  /** `option` has no effect with `other`, or, if there are values, while `other` has one of them. */
  | { kind: 'excludes'; option: string; other: string; values: readonly unknown[] }
  /** `option` has no effect when there is a reason. */
  | { kind: 'pointless'; option: string; reason: (options: object) => string | undefined };

/** @throws {UsageError} naming the first option that has no effect */
export function checkRules(verb: Verb, rules: readonly Rule[]): void {
  for (const rule of rules) {
    if (!verb.isGiven(rule.option)) continue;
    const flag = flagOf(verb.optionNamed(rule.option));
    const out = `Leave ${flag} out.`;
    switch (rule.kind) {
      case 'needs': {
        if (verb.isGiven(rule.other)) continue;
        const other = verb.optionNamed(rule.other);
        throw new UsageError(`${flag} has no effect without ${flagOf(other)}.`, `Give ${flagWithValue(other)} too, or leave ${flag} out.`);
      }
      case 'excludes': {
        const other = flagOf(verb.optionNamed(rule.other));
        const value: unknown = verb.getOptionValue(rule.other);
        if (rule.values.length === 0) {
          if (verb.isGiven(rule.other)) throw new UsageError(`${flag} cannot be given with ${other}.`, 'Leave one of the two out.');
        } else if (rule.values.includes(value)) {
          throw new UsageError(`${flag} has no effect with ${other} ${String(value)}.`, out);
        }
        continue;
      }
      case 'pointless': {
        const reason = rule.reason(verb.opts());
        if (reason !== undefined) throw new UsageError(`${flag} has no effect ${reason}.`, out);
      }
    }
  }
}
