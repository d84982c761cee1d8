// Reads and writes generation_config.json of a Hugging Face folder: which tokens end a text, and how the model's makers draw the next token.

/** Fields that the file lacks are absent. */
export interface GenerationConfig {
  /** Each of these tokens ends a text; empty where the file names none. */
  readonly endTokens: readonly number[];
  /** The token that texts begin with. */
  readonly beginToken?: number;
  /** The token that fills up short texts of a batch. */
  readonly padToken?: number;
  /** False: the most likely token is taken, and the next four are not used. */
  readonly draws?: boolean;
  readonly temperature?: number;
  readonly topK?: number;
  readonly topP?: number;
  readonly minP?: number;
  readonly repetitionPenalty?: number;
}

/**
 * @param json the parsed file; fields that are not listed in `GenerationConfig` are passed over, because they change nothing that the model
 * computes
 * @param vocabSize of the model, which the tokens must belong to
 * @throws Error that names the field when it has the wrong type or range
 */
export function fromGenerationConfig(json: unknown, vocabSize: number): GenerationConfig {
  if (!json || typeof json !== 'object' || Array.isArray(json)) throw new TypeError('generation_config.json must hold an object.');
  const fields = new Map<string, unknown>(Object.entries(json).filter(([, value]) => value !== null));
  const token = (name: string, value: unknown): number => {
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < vocabSize) return value;
    throw new RangeError(`generation_config.json: ${name} is ${JSON.stringify(value)}; expected a token of the model, from 0 to ${vocabSize - 1}.`);
  };
  const number = (name: string, from: number, to = Infinity): number | undefined => {
    const value = fields.get(name);
    if (value === undefined || (typeof value === 'number' && value >= from && value <= to)) return value;
    throw new RangeError(`generation_config.json: ${name} is ${JSON.stringify(value)}; expected a number ${to === Infinity ? `of ${from} or more` : `from ${from} to ${to}`}.`);
  };
  const optionalToken = (name: string): number | undefined => (fields.has(name) ? token(name, fields.get(name)) : undefined);
  const draws = fields.get('do_sample');
  if (draws !== undefined && typeof draws !== 'boolean') throw new TypeError(`generation_config.json: do_sample is ${JSON.stringify(draws)}; expected true or false.`);
  const ends = fields.get('eos_token_id') ?? [];
  const all = {
    endTokens: (Array.isArray(ends) ? ends : [ends]).map((end) => token('eos_token_id', end)),
    beginToken: optionalToken('bos_token_id'),
    padToken: optionalToken('pad_token_id'),
    draws,
    temperature: number('temperature', 0),
    topK: number('top_k', 0),
    topP: number('top_p', 0, 1),
    minP: number('min_p', 0, 1),
    repetitionPenalty: number('repetition_penalty', 0),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as unknown as GenerationConfig;
}

/** The contents of generation_config.json, from which `fromGenerationConfig` reads the same. */
export function toGenerationConfig({ endTokens, beginToken, padToken, draws, temperature, topK, topP, minP, repetitionPenalty }: GenerationConfig): Record<string, unknown> {
  const fields = { bos_token_id: beginToken, pad_token_id: padToken, do_sample: draws, temperature, top_k: topK, top_p: topP, min_p: minP, repetition_penalty: repetitionPenalty };
  return { eos_token_id: endTokens.length === 1 ? endTokens[0] : [...endTokens], ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) };
}
