// Turns a constraint into a stage of a sampler.
import { requireMethod } from '@kk/options';
import type { Candidates } from '../selection/candidates.js';
import type { Stage } from '../stages/stage.js';
import type { Constraint } from './constraint.js';

/**
 * A stage that drops every token that the constraint does not allow.
 *
 * Put it first in a sampler: earlier stages might drop all allowed tokens, and probabilities (for top-p and the like) must be those of the
 * allowed tokens. The sampler's accept() advances the constraint, and its reset() leads it back to the beginning; give every sequence its own (fork()). Applying it throws a RangeError if
 * no token is left.
 *
 * @throws TypeError if it is no constraint
 */
export function constrain(constraint: Constraint): Stage {
  requireMethod('constraint', constraint, 'allowed', 'a constraint, such as regexConstraint(pattern, vocabulary)');
  return {
    name: 'constrain',
    apply(candidates: Candidates): void {
      const allowed = constraint.allowed();
      if (allowed.size !== candidates.vocabSize) {
        throw new RangeError(`the constraint was made for a vocabulary of ${allowed.size} tokens, but there are ${candidates.vocabSize} logits; make it with the tokenizer of this model`);
      }
      if (allowed.count === 0) throw nothingAllowed(constraint);
      candidates.keepMasked(allowed.words);
      if (candidates.count === 0) throw new RangeError('an earlier stage dropped every token that the constraint allows; put the constraint first');
    },
    endTokens: constraint.endTokens,
    reset: () => constraint.reset(),
    accept: (id) => constraint.accept(id),
    fork: () => constrain(constraint.fork()),
  };
}

function nothingAllowed(constraint: Constraint): RangeError {
  return constraint.complete
    ? new RangeError('the constrained text is complete and nothing may follow; give the vocabulary endTokens, or stop when the constraint is complete')
    : new RangeError('no token of the vocabulary continues the constrained text, though it is not complete; the vocabulary lacks bytes that the constraint needs');
}
