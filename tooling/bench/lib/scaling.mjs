// Measures how the cost of a training step grows with the model and the batch, and fits exponents.

/** The starting point of all sweeps; attention heads always have 32 numbers. */
export const scalingBase = { vocabSize: 65, contextLength: 64, layers: 4, width: 128, batchSize: 12 };
const headSize = 32;

/** The sizes that are varied, one at a time, and their values. */
export const sweeps = [
  { name: 'width', field: 'width', values: [64, 128, 256, 512, 768] },
  { name: 'context', field: 'contextLength', values: [64, 128, 256, 512, 1024] },
  { name: 'batch', field: 'batchSize', values: [1, 2, 4, 8, 16] },
];

/** The configuration of one point: a GPT's and `batchSize`. */
export function pointOf({ field }, value) {
  const point = { ...scalingBase, [field]: value };
  return { ...point, heads: point.width / headSize };
}

/**
 * Measures every point of the sweeps; a configuration shared by several sweeps is measured once.
 * @param {(point: object) => { milliseconds: number, gigaflop: number, tokens: number, backend: string }} measurePoint
 * @returns {{ name: string, points: { value: number, milliseconds: number, gigaflop: number, tokens: number }[], timeExponent: number, arithmeticExponent: number }[]}
 */
export function measureSweeps(chosen, measurePoint) {
  const known = new Map();
  const measureOnce = (point) => {
    const key = JSON.stringify(point);
    if (!known.has(key)) known.set(key, measurePoint(point));
    return known.get(key);
  };
  return chosen.map((sweep) => {
    const points = sweep.values.map((value) => ({ value, ...measureOnce(pointOf(sweep, value)) }));
    const exponentOf = (field) => fitExponent(points.map((point) => [point.value, point[field]]));
    return { name: sweep.name, points, timeExponent: exponentOf('milliseconds'), arithmeticExponent: exponentOf('gigaflop') };
  });
}

/**
 * The best-fitting e of y = c * x^e: the slope of the least-squares line through (ln x, ln y).
 * @param {[x: number, y: number][]} points at least two, with different x, all numbers above 0
 */
export function fitExponent(points) {
  if (points.length < 2 || points.flat().some((value) => !(value > 0 && value < Infinity)) || points.every(([x]) => x === points[0][0])) {
    throw new RangeError(`fitExponent: expected at least two points of numbers above 0 with different x; got ${JSON.stringify(points)}.`);
  }
  const logs = points.map((point) => point.map(Math.log));
  const mean = (at) => logs.reduce((sum, point) => sum + point[at], 0) / logs.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  const covariance = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  const variance = logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return covariance / variance;
}

/** The heads and rows of the table of points, as text. */
export function pointTable(results) {
  const rows = results.flatMap(({ name, points }) =>
    points.map(({ value, milliseconds, gigaflop, tokens }) => [
      `${name} ${value}`,
      milliseconds.toFixed(milliseconds < 100 ? 1 : 0),
      ((1000 * tokens) / milliseconds).toFixed(0),
      gigaflop.toFixed(gigaflop < 10 ? 2 : 1),
      ((1000 * gigaflop) / milliseconds).toFixed(1),
    ]),
  );
  return { head: ['what', 'ms a step', 'tokens/s', 'GFLOP a step', 'GFLOP/s'], rows };
}

/** The heads and rows of the table of exponents, as text. */
export function exponentTable(results) {
  const rows = results.map(({ name, points, timeExponent, arithmeticExponent }) => [
    `${name} ${points[0].value} to ${points.at(-1).value}`,
    `${name}^${timeExponent.toFixed(2)}`,
    `${name}^${arithmeticExponent.toFixed(2)}`,
  ]);
  return { head: ['what grows', 'time of a step', 'its arithmetic'], rows };
}

/** A Markdown table; all columns except the first are numbers, unless `words` says that they are words. */
export function markdownTable({ head, rows }, { words = false } = {}) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, i) => (i === 0 || words ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

/** The content of the file of `--markdown`. */
export function scalingMarkdown(results, backend) {
  const { layers, width, contextLength, batchSize } = scalingBase;
  return [
    `A training step of a GPT with ${layers} layers, width ${width}, context ${contextLength} and batches of ${batchSize}, from which one size at a time is changed (${backend}):`,
    markdownTable(pointTable(results)),
    'Exponents, fitted by least squares on logarithms:',
    `${markdownTable(exponentTable(results))}\n`,
  ].join('\n\n');
}
