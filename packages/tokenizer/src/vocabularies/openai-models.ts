// Lists which vocabulary each model of OpenAI has, as tiktoken's table of models says.

export const encodingNames = ['gpt2', 'r50k_base', 'p50k_base', 'p50k_edit', 'cl100k_base', 'o200k_base', 'o200k_harmony'] as const;

/** The name that tiktoken gives a vocabulary. */
export type EncodingName = (typeof encodingNames)[number];

const MODELS: Readonly<Record<Exclude<EncodingName, 'o200k_harmony'>, string>> = {
  o200k_base: 'o1 o3 o4-mini gpt-5 gpt-4.1 gpt-4o gpt-4.5-preview chatgpt-4o-latest',
  cl100k_base:
    'gpt-4 gpt-3.5-turbo gpt-3.5 gpt-35-turbo davinci-002 babbage-002 text-embedding-ada-002 text-embedding-3-small text-embedding-3-large',
  p50k_base: 'text-davinci-003 text-davinci-002 code-davinci-002 code-davinci-001 code-cushman-002 code-cushman-001 davinci-codex cushman-codex',
  p50k_edit: 'text-davinci-edit-001 code-davinci-edit-001',
  r50k_base:
    'text-davinci-001 text-curie-001 text-babbage-001 text-ada-001 davinci curie babbage ada text-similarity-davinci-001 text-similarity-curie-001 ' +
    'text-similarity-babbage-001 text-similarity-ada-001 text-search-davinci-doc-001 text-search-curie-doc-001 text-search-babbage-doc-001 ' +
    'text-search-ada-doc-001 code-search-babbage-code-001 code-search-ada-code-001',
  gpt2: 'gpt2 gpt-2',
};

/** Beginnings of the names of models; the first that fits counts. `ft:` is a tuned model. */
const BEGINNINGS: readonly (readonly [string, EncodingName])[] = [
  ['gpt-oss-', 'o200k_harmony'],
  ...['o1-', 'o3-', 'o4-mini-', 'gpt-5-', 'gpt-5.', 'gpt-4.5-', 'gpt-4.1-', 'chatgpt-4o-', 'gpt-4o-', 'ft:gpt-4o', 'ft:gpt-4.1'].map((beginning) => [beginning, 'o200k_base'] as const),
  ...['gpt-4-', 'gpt-3.5-turbo-', 'gpt-35-turbo-', 'ft:gpt-4', 'ft:gpt-3.5-turbo', 'ft:davinci-002', 'ft:babbage-002'].map((beginning) => [beginning, 'cl100k_base'] as const),
];

/**
 * The vocabulary of a model of OpenAI: by its name, or by the beginning of its name, as of `gpt-4o-2024-08-06`.
 * @throws {RangeError} when the model is not known
 */
export function encodingNameForModel(model: string): EncodingName {
  const named = Object.entries(MODELS).find(([, models]) => models.split(' ').includes(model));
  const found = named?.[0] ?? BEGINNINGS.find(([beginning]) => model.startsWith(beginning))?.[1];
  if (found === undefined) throw new RangeError(`The model ${JSON.stringify(model)} is not known; expected one of OpenAI's, such as gpt-4o, or the name of a vocabulary for loadEncoding: ${encodingNames.join(', ')}.`);
  return found as EncodingName;
}
