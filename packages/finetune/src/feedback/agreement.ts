// Measures how far voters agree: a plain share, and shares of what chance leaves to agree on.
import type { Vote } from './votes.js';

/** Null where it is not defined: nobody judged the same, or chance alone would agree always. */
export interface Agreement {
  readonly voters: number;
  /** Pairs of answers that at least two voters judged. */
  readonly pairs: number;
  /** Of two voters of a pair, how often they say the same: the mean over these pairs, from 0 to 1. */
  readonly share: number | null;
  /** `cohensKappa`, of exactly two voters. */
  readonly kappa: number | null;
  /** `krippendorffsAlpha`, of any number of voters, of whom not all have judged all. */
  readonly alpha: number | null;
}

/** @param votes at most one of each voter on each pair; `neither` is a judgement like the two others */
export function agreementOf(votes: readonly Vote[]): Agreement {
  const voters = [...new Set(votes.map(({ voter }) => voter))];
  const pairs = [...new Set(votes.map(({ pair }) => pair))];
  const shared = pairs.map((pair) => votes.filter((vote) => vote.pair === pair)).filter(({ length }) => length > 1);
  const values = shared.map((some) => some.map(({ choice }) => choice));
  const of = (voter: string): string[] => shared.map((some) => some.find((vote) => vote.voter === voter)!.choice);
  return {
    voters: voters.length,
    pairs: shared.length,
    share: shared.length === 0 ? null : values.reduce((sum, unit) => sum + shareOf(unit), 0) / shared.length,
    kappa: voters.length === 2 && shared.length > 0 ? cohensKappa(of(voters[0]!), of(voters[1]!)) : null,
    alpha: krippendorffsAlpha(values),
  };
}

/**
 * Cohen's kappa (1960): (p - e) / (1 - e), where p is the share of things that both judge the same, and e the share that they would by chance, each with
 * the shares of judgements that he has. 1 is full agreement, 0 that of chance.
 * @param first,second judgements of the same things in the same order, at least one
 * @returns null where e is 1: both always say the same one thing
 * @throws RangeError when they are not equally many, or none
 */
export function cohensKappa(first: readonly string[], second: readonly string[]): number | null {
  const { length } = first;
  if (length === 0 || second.length !== length) throw new RangeError(`cohensKappa: there are ${length} and ${second.length} judgements; expected as many of both, and at least one.`);
  const count = (all: readonly string[], value: string): number => all.filter((one) => one === value).length;
  const same = first.filter((value, i) => value === second[i]).length / length;
  const byChance = [...new Set(first)].reduce((sum, value) => sum + (count(first, value) * count(second, value)) / length ** 2, 0);
  return byChance === 1 ? null : (same - byChance) / (1 - byChance);
}

/**
 * Krippendorff's alpha for nominal data (Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability"): 1 - the observed disagreement / the one
 * that chance would give. Any number of observers, each of whom may have left things out.
 * @param units of each thing that is judged, its judgements; those with fewer than two count nothing
 * @returns null where no thing has two judgements, or all judgements are the same
 */
export function krippendorffsAlpha(units: readonly (readonly string[])[]): number | null {
  const pairable = units.filter(({ length }) => length > 1);
  const totals = new Map<string, number>();
  let [all, observed] = [0, 0];
  for (const unit of pairable) {
    for (const value of unit) totals.set(value, (totals.get(value) ?? 0) + 1);
    all += unit.length;
    observed += unit.length * (1 - shareOf(unit));
  }
  const differing = all ** 2 - [...totals.values()].reduce((sum, total) => sum + total ** 2, 0);
  return differing === 0 ? null : 1 - ((all - 1) * observed) / differing;
}

/** Of all ordered pairs of two judgements of a thing, the share that are the same. */
function shareOf(unit: readonly string[]): number {
  const same = unit.reduce((sum, value, i) => sum + unit.filter((other, j) => j !== i && other === value).length, 0);
  return same / (unit.length * (unit.length - 1));
}
