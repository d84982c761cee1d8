// Bounds the text of adapter_config.json for its reader, and puts values into words for errors.

/** The settings of an adapter take some kilobytes; a longer text is no such file. */
const MOST_LETTERS = 4_000_000;

/** @throws Error when the text is too long, or no JSON */
export function parseJson(text: string): unknown {
  if (typeof text !== 'string') throw new TypeError(`adapter_config.json: got ${describe(text)}; expected its text.`);
  if (text.length > MOST_LETTERS) throw new RangeError(`adapter_config.json has ${text.length} letters; expected at most ${MOST_LETTERS}: is it another file?`);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new SyntaxError(`adapter_config.json is no JSON: ${(error as Error).message}`, { cause: error });
  }
}

/** A value for an error message, cut short. */
export function describe(value: unknown): string {
  const text = value === undefined ? 'missing' : (JSON.stringify(value) ?? String(value));
  return text.length > 120 ? `${text.slice(0, 120)}...` : text;
}
