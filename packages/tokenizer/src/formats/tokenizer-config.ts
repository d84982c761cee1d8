// Reads and writes tokenizer_config.json of a Hugging Face folder: the chat template, and what the special tokens are for. The tokenizer itself is in
// tokenizer.json.

/** Fields that the file lacks are absent. */
export interface TokenizerConfig {
  /** The Jinja template of conversations, for `encodeChat`. */
  readonly chatTemplate?: string;
  /** The texts of special tokens: those that texts begin and end with, that fill up short texts, and that stand for what is not known. */
  readonly beginToken?: string;
  readonly endToken?: string;
  readonly padToken?: string;
  readonly unknownToken?: string;
}

const TEMPLATE = 'chat_template';
/** Our name of each token -> its name in the file. */
const TOKENS = { beginToken: 'bos_token', endToken: 'eos_token', padToken: 'pad_token', unknownToken: 'unk_token' } as const;

const NAMES = { chatTemplate: TEMPLATE, ...TOKENS } as const;

/** The names in the file of all fields of `TokenizerConfig`. */
export const tokenizerConfigFields: readonly string[] = Object.values(NAMES);

/**
 * @param json the parsed file; its other fields are passed over
 * @throws {TypeError} naming the field that has the wrong type
 */
export function tokenizerConfigFromJSON(json: unknown): TokenizerConfig {
  if (!json || typeof json !== 'object' || Array.isArray(json)) throw new TypeError('tokenizer_config.json must hold an object.');
  const fields = new Map<string, unknown>(Object.entries(json));
  const config: Record<string, string> = {};
  const template = templateOf(fields.get(TEMPLATE) ?? undefined);
  if (template !== undefined) config.chatTemplate = template;
  for (const [ours, name] of Object.entries(TOKENS)) {
    const value = fields.get(name) ?? undefined;
    // Older files hold a token as an object.
    const text = value && typeof value === 'object' && 'content' in value ? value.content : value;
    if (text === undefined) continue;
    if (typeof text !== 'string') throw new TypeError(`tokenizer_config.json: ${name} is ${JSON.stringify(value)}; expected the text of a token.`);
    config[ours] = text;
  }
  return config;
}

/**
 * The reverse of `tokenizerConfigFromJSON`.
 * @returns the object for the file
 * @throws {TypeError} naming the field that is unknown, or no text
 */
export function tokenizerConfigToJSON(config: TokenizerConfig): Record<string, unknown> {
  if (!config || typeof config !== 'object') throw new TypeError(`tokenizerConfigToJSON got ${JSON.stringify(config)}; expected an object such as { chatTemplate, endToken }.`);
  const names: Readonly<Record<string, string>> = NAMES;
  const fields: Record<string, unknown> = {};
  for (const [ours, value] of Object.entries(config) as [string, unknown][]) {
    if (value === undefined) continue;
    if (!Object.hasOwn(names, ours)) throw new TypeError(`tokenizerConfigToJSON: unknown field ${JSON.stringify(ours)}; expected ${Object.keys(names).join(', ')}.`);
    if (typeof value !== 'string') throw new TypeError(`tokenizerConfigToJSON: ${ours} is ${JSON.stringify(value)}; expected a text.`);
    fields[names[ours]] = value;
  }
  return fields;
}

/** The template, or of several named ones the one called default. */
function templateOf(value: unknown): string | undefined {
  const isNamed = (one: unknown): one is { name: unknown; template: unknown } => !!one && typeof one === 'object' && 'name' in one && 'template' in one;
  const template = Array.isArray(value) ? value.filter(isNamed).find(({ name }) => name === 'default')?.template : value;
  if (template === undefined || typeof template === 'string') return template;
  throw new TypeError(`tokenizer_config.json: chat_template is ${JSON.stringify(template)?.slice(0, 60)}; expected the text of a Jinja template, or a list of named ones.`);
}
