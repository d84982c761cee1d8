// Declares interventions, changes to attention that show what it is for. Plain numbers here; `inspect-heads.ts` computes with them.
import { checkOptions, type OptionNames } from '@kk/nn-core';

/** A way from a key to a query in a head. A part that is left out stands for all of them: `{ key: 3 }` means every link to position 3. */
export interface AttentionLink {
  /** Which sequence of the batch. */
  readonly sequence?: number;
  readonly head?: number;
  /** The position that looks. */
  readonly query?: number;
  /** The position that is looked at. */
  readonly key?: number;
}

/** What is changed in one attention layer; what is left out stays as it is. */
export interface AttentionInterventions {
  /** Heads whose output becomes 0, as if their rows of the output projection were 0 (zero ablation). */
  readonly headsOff?: readonly number[];
  /**
   * Links that are cut: their scores become -Infinity before the softmax, so the other keys share the attention (attention knockout, Geva et
   * al. 2023). A query whose links are all cut takes nothing from this head.
   */
  readonly linksCut?: readonly AttentionLink[];
  /** Lifts the causal mask: every position sees the later ones too, in a layer with a window those inside of it. */
  readonly maskLifted?: boolean;
}

/** The sizes that interventions are checked against. */
export interface AttentionSizes {
  readonly batch: number;
  readonly heads: number;
  readonly time: number;
  /** How many positions away a key is hidden, the query's own counted; 0, the default: none is. */
  readonly window?: number;
}

const INTERVENTIONS: OptionNames<AttentionInterventions> = { headsOff: 'optional', linksCut: 'optional', maskLifted: 'flag' };
const LINK: OptionNames<AttentionLink> = { sequence: 'optional', head: 'optional', query: 'optional', key: 'optional' };

/**
 * Whether anything is changed.
 * @throws TypeError when a name is unknown: a misspelt part of a link would stand for all of them
 */
export function changesAttention(interventions: AttentionInterventions): boolean {
  checkOptions('interventions', interventions, INTERVENTIONS);
  const { headsOff = [], linksCut = [], maskLifted = false } = interventions;
  linksCut.forEach((link, i) => checkOptions(`linksCut[${i}]`, link, LINK));
  return headsOff.length > 0 || linksCut.length > 0 || maskLifted;
}

/** Which keys each query sees, as numbers. */
export interface VisibleLinks {
  /** 1 where the query sees the key, 0 where not. */
  readonly values: Float32Array;
  /** (batch, heads, time, time); batch or heads is 1 where all are treated alike. */
  readonly shape: readonly [batch: number, heads: number, time: number, time: number];
}

/**
 * What the causal mask, the window and the cut links leave to be seen.
 * @throws RangeError when a link names what there is not
 */
export function visibleLinks(sizes: AttentionSizes, { linksCut = [], maskLifted = false }: AttentionInterventions): VisibleLinks {
  const { time, window = 0 } = sizes;
  const batch = linksCut.some(({ sequence }) => sequence !== undefined) ? sizes.batch : 1;
  const heads = linksCut.some(({ head }) => head !== undefined) ? sizes.heads : 1;
  const values = new Float32Array(batch * heads * time * time);
  for (let row = 0; row < batch * heads * time; row++) {
    const query = row % time;
    const [from, end] = window === 0 ? [0, time] : [Math.max(0, query - window + 1), Math.min(time, query + window)];
    values.fill(1, row * time + from, row * time + (maskLifted ? end : query + 1));
  }
  linksCut.forEach((link, i) => {
    const where = `linksCut[${i}]`;
    // Checked against the real sizes, also where one row stands for all.
    const sequences = chosen(where, 'sequence', link.sequence, sizes.batch, batch);
    const inHeads = chosen(where, 'head', link.head, sizes.heads, heads);
    const queries = chosen(where, 'query', link.query, time);
    const [firstKey, endKey] = chosen(where, 'key', link.key, time);
    for (let sequence = sequences[0]; sequence < sequences[1]; sequence++) {
      for (let head = inHeads[0]; head < inHeads[1]; head++) {
        for (let query = queries[0]; query < queries[1]; query++) {
          const row = ((sequence * heads + head) * time + query) * time;
          values.fill(0, row + firstKey, row + endKey);
        }
      }
    }
  });
  return { values, shape: [batch, heads, time, time] };
}

/**
 * A factor for each head: 0 where it is off, else 1.
 * @throws RangeError when there is no such head
 */
export function headFactors(heads: number, headsOff: readonly number[]): Float32Array {
  const factors = new Float32Array(heads).fill(1);
  headsOff.forEach((head, i) => {
    checkIndex(`headsOff[${i}]`, 'head', head, heads);
    factors[head] = 0;
  });
  return factors;
}

/** The range that a part of a link means: one, or all of `stored`. */
function chosen(where: string, name: string, index: number | undefined, count: number, stored = count): [from: number, end: number] {
  if (index === undefined) return [0, stored];
  checkIndex(where, name, index, count);
  return [index, index + 1];
}

function checkIndex(where: string, name: string, index: number, count: number): void {
  if (Number.isInteger(index) && index >= 0 && index < count) return;
  throw new RangeError(`${where}: ${name} is ${index}; expected a whole number from 0 to ${count - 1}, since this is counted from 0 and there are ${count}.`);
}
