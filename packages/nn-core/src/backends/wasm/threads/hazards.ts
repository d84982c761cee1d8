// Decides where barriers must stand: before a command that reads what another wrote since the last barrier, writes what it wrote,
// or writes what it read. Threads run everything else without waiting for each other.
//
// That two commands touch the same elements is decided by ranges of addresses, since buffers of a plan share places.

/** Bytes [start, end). */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface Touched {
  readonly reads: readonly Range[];
  readonly writes: readonly Range[];
}

const overlap = (a: readonly Range[], b: readonly Range[]): boolean => a.some((x) => b.some((y) => x.start < y.end && y.start < x.end));

/** For each command, whether a barrier must come before it. The start of the list is one. */
export function findBarriers(commands: readonly Touched[]): boolean[] {
  let reads: Range[] = [];
  let writes: Range[] = [];
  return commands.map((command) => {
    const barrier = overlap(command.reads, writes) || overlap(command.writes, writes) || overlap(command.writes, reads);
    if (barrier) {
      reads = [];
      writes = [];
    }
    reads.push(...command.reads);
    writes.push(...command.writes);
    return barrier;
  });
}
