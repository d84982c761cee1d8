// The data of a picture of positions: a table that can be drawn as a heat map, or row by row as lines.

export interface PositionPlot {
  /** What a row is, such as 'position'. */
  readonly rowName: string;
  readonly columnName: string;
  readonly valueName: string;
  readonly rows: number;
  readonly columns: number;
  /** (rows, columns) row by row. */
  readonly values: Float32Array;
  /** The least and the greatest value that there can be, for colours and axes. */
  readonly range: readonly [least: number, greatest: number];
}

/** @throws RangeError naming what was asked for */
export function checkWhole(where: string, name: string, value: number, least: number, isEven = false): void {
  if (Number.isSafeInteger(value) && value >= least && !(isEven && value % 2 !== 0)) return;
  throw new RangeError(`${where}: ${name} is ${String(value)}; expected ${isEven ? 'an even' : 'a whole'} number of ${least} or more.`);
}
