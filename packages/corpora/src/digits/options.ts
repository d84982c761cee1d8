// The options of drawn signs: each a range from which every drawing takes a value, or one value for all.

/** One value for all drawings, or [least, most]: each drawing gets a value of its own, all between them equally likely. */
export type Range = number | readonly [least: number, most: number];

export interface SignOptions {
  /** Pixels to the right and, drawn separately, downwards. From -14 to 14. Default [-1.5, 1.5]. */
  readonly shift?: Range;
  /** Size: 1 makes a sign 18 pixels high, without the pen. From 0.2 to 1.5. Default [0.85, 1.1]. */
  readonly scale?: Range;
  /** Width relative to height. From 0.3 to 2. Default [0.75, 1.1]. */
  readonly stretch?: Range;
  /** Pixels that a sign leans to the right for each pixel of its height. From -1 to 1. Default [-0.1, 0.35]. */
  readonly slant?: Range;
  /** Degrees, clockwise. From -90 to 90. Default [-8, 8]. */
  readonly rotation?: Range;
  /** The width of the pen in pixels. From 1 to 8. Default [1.6, 3.2]. */
  readonly penWidth?: Range;
  /** How far the points of a stroke wander, as a share of the sign's height. From 0 to 0.2. Default [0.01, 0.04]. */
  readonly wobble?: Range;
  /** How much the grey of each pixel changes at most, as a share of black. From 0 to 1. Default 0. */
  readonly noise?: Range;
}

/** What each option allows, and what it is when it is not given. */
const limits = {
  shift: { least: -14, most: 14, usual: [-1.5, 1.5] },
  scale: { least: 0.2, most: 1.5, usual: [0.85, 1.1] },
  stretch: { least: 0.3, most: 2, usual: [0.75, 1.1] },
  slant: { least: -1, most: 1, usual: [-0.1, 0.35] },
  rotation: { least: -90, most: 90, usual: [-8, 8] },
  penWidth: { least: 1, most: 8, usual: [1.6, 3.2] },
  wobble: { least: 0, most: 0.2, usual: [0.01, 0.04] },
  noise: { least: 0, most: 1, usual: [0, 0] },
} as const satisfies Record<keyof SignOptions, { least: number; most: number; usual: readonly [number, number] }>;

export type SignOptionName = keyof typeof limits;
/** Every option as a range. */
export type SignRanges = Readonly<Record<SignOptionName, readonly [number, number]>>;

/**
 * @returns every option as a range, defaults included
 * @throws RangeError for a value out of range, or a range whose first number is the larger one
 */
export function signRanges(options: SignOptions): SignRanges {
  const names = Object.keys(limits) as SignOptionName[];
  return Object.fromEntries(names.map((name) => [name, rangeOf(name, options[name] ?? limits[name].usual)])) as SignRanges;
}

function rangeOf(name: SignOptionName, value: Range): readonly [number, number] {
  const { least, most } = limits[name];
  const [from, to] = typeof value === 'number' ? [value, value] : value;
  const isWithin = (number: number): boolean => typeof number === 'number' && number >= least && number <= most;
  if (!isWithin(from) || !isWithin(to) || from > to) throw new RangeError(`${name} is ${inWords(value)}: expected a number from ${least} to ${most}, or two of them, the smaller one first`);
  return [from, to];
}

/** As it was given; JSON would write null for NaN. */
const inWords = (value: Range): string => (typeof value === 'object' ? `[${String(value)}]` : String(value));
