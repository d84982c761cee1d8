// The fields of rotary positions in config.json: rope_theta and rope_scaling, as transformers 4 writes them, or rope_parameters, which holds
// both in version 5.
import type { RotaryScaling } from '@kk/attention';
import type { LlamaConfig, LlamaSizes } from '../model/llama-config.js';

/** The numbers of each kind of scaling. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  default: [],
  linear: ['factor'],
  llama3: ['factor', 'low_freq_factor', 'high_freq_factor', 'original_max_position_embeddings'],
};

export function toRopeFields({ rotaryBase, rotaryScaling }: LlamaSizes): Record<string, unknown> {
  return { rope_theta: rotaryBase, rope_scaling: rotaryScaling ? scalingFields(rotaryScaling) : null };
}

function scalingFields(scaling: RotaryScaling): Record<string, unknown> {
  if (scaling.kind === 'linear') return { rope_type: 'linear', factor: scaling.factor };
  const { factor, lowFrequencyFactor, highFrequencyFactor, originalContextLength } = scaling;
  return { rope_type: 'llama3', factor, low_freq_factor: lowFrequencyFactor, high_freq_factor: highFrequencyFactor, original_max_position_embeddings: originalContextLength };
}

/** @throws Error that names the field when its type is wrong, or it asks for a kind of scaling that is not supported */
export function fromRopeFields(fields: ReadonlyMap<string, unknown>, contextLength: number): Pick<LlamaConfig, 'rotaryBase' | 'rotaryScaling'> {
  const [scaling, parameters] = [fields.get('rope_scaling') ?? null, fields.get('rope_parameters') ?? null];
  if (scaling !== null && parameters !== null) throw new RangeError('config.json: rope_scaling and rope_parameters are both given; expected one of them.');
  const name = parameters === null ? 'rope_scaling' : 'rope_parameters';
  const given = parameters ?? scaling ?? {};
  if (typeof given !== 'object' || Array.isArray(given)) throw new TypeError(`config.json: ${name} must be an object or null; got ${JSON.stringify(given)}.`);
  const inside = new Map<string, unknown>(Object.entries(given).filter(([, value]) => value !== null));
  const type = inside.get('rope_type') ?? inside.get('type') ?? 'default';
  if (typeof type !== 'string' || !Object.hasOwn(FIELDS, type)) throw new RangeError(`config.json: the rope_type in ${name} is ${JSON.stringify(type)}; supported are default, linear and llama3.`);
  const known = ['rope_type', 'type', 'rope_theta', ...FIELDS[type]!];
  const unknown = [...inside.keys()].find((key) => !known.includes(key) && !(key === 'partial_rotary_factor' && inside.get(key) === 1));
  if (unknown !== undefined) throw new RangeError(`config.json: ${name} has the field ${unknown}, which the rope_type ${type} does not have here.`);
  const number = (key: string, byDefault?: number): number => {
    const value = inside.get(key) ?? byDefault;
    if (typeof value !== 'number' || !(value > 0 && value < Infinity)) throw new RangeError(`config.json: ${key} in ${name} must be a number above 0; got ${JSON.stringify(value) ?? 'nothing'}.`);
    return value;
  };
  const theta = fields.get('rope_theta') ?? 10_000;
  if (typeof theta !== 'number' || !(theta > 0 && theta < Infinity)) throw new RangeError(`config.json: rope_theta must be a number above 0; got ${JSON.stringify(theta)}.`);
  const rotaryBase = number('rope_theta', theta);
  switch (type) {
    case 'linear':
      return { rotaryBase, rotaryScaling: { kind: 'linear', factor: number('factor') } };
    case 'llama3': {
      const [factor, lowFrequencyFactor, highFrequencyFactor] = [number('factor'), number('low_freq_factor'), number('high_freq_factor')];
      if (!(lowFrequencyFactor < highFrequencyFactor)) throw new RangeError(`config.json: low_freq_factor in ${name} is ${lowFrequencyFactor} and high_freq_factor is ${highFrequencyFactor}; expected the first below the second.`);
      return { rotaryBase, rotaryScaling: { kind: 'llama3', factor, lowFrequencyFactor, highFrequencyFactor, originalContextLength: number('original_max_position_embeddings', contextLength) } };
    }
    default:
      return { rotaryBase };
  }
}
