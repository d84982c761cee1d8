// Cuts a part of the training text into what is marked and what is not.
import type { ResultOf } from '../../lab/protocol.js';

export interface Segment {
  text: string;
  /** `seen`: what the chain saw; `last`: the piece that it wrote; nothing for the rest of the text. */
  kind?: 'seen' | 'last';
  /** Whether it belongs to the place that is looked at. */
  here?: boolean;
}

/** @param at  the place that is looked at. Where places overlap, the later one has the shared part. */
export function marked({ starts, lasts, ends, part }: Pick<ResultOf<'nonsenseSources'>, 'starts' | 'lasts' | 'ends' | 'part'>, at: number): Segment[] {
  const segments: Segment[] = [];
  const until = part.from + part.text.length;
  let done = part.from;
  const push = (to: number, kind?: Segment['kind'], here?: boolean): void => {
    const end = Math.min(to, until);
    if (end <= done) return;
    segments.push({ text: part.text.slice(done - part.from, end - part.from), kind, here });
    done = end;
  };
  for (let place = 0; place < starts.length; place++) {
    if (ends[place] <= part.from || starts[place] >= until) continue;
    const here = place === at;
    const next = starts[place + 1] ?? Infinity;
    push(starts[place]);
    push(Math.min(lasts[place], next), 'seen', here);
    if (lasts[place] < next) push(Math.min(ends[place], next), 'last', here);
  }
  push(until);
  return segments;
}
