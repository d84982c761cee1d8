// Fields of a recipe: what each has to hold, and how that is said.

export interface Field {
  readonly expected: string;
  readonly holds: (value: unknown) => boolean;
}

export const isNumber = (least: number, most = Infinity) => (value: unknown): boolean => typeof value === 'number' && value >= least && value <= most;
const isWhole = (least: number, most: number) => (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;
export const optional = ({ expected, holds }: Field): Field => ({ expected: `${expected}, or nothing`, holds: (value) => value === undefined || holds(value) });
export const number = (least: number, most = Infinity): Field => ({ expected: most === Infinity ? `a number of at least ${least}` : `a number from ${least} to ${most}`, holds: isNumber(least, most) });
export const whole = (least: number, most = Infinity): Field => ({ expected: most === Infinity ? `a whole number of at least ${least}` : `a whole number from ${least} to ${most}`, holds: isWhole(least, most) });
export const text: Field = { expected: 'a text', holds: (value) => typeof value === 'string' };
export const flag: Field = { expected: 'true or false', holds: (value) => typeof value === 'boolean' };
export const oneOf = (values: readonly string[]): Field => ({ expected: `one of ${values.join(', ')}`, holds: (value) => values.some((known) => known === value) });
