// Options for the form of the generated text: a regular expression, a JSON Schema or a grammar.
import { readTexts } from '@kk/corpora/node';
import { type Constraint, gbnfConstraint, jsonSchemaConstraint, regexConstraint, TokenVocabulary } from '@kk/sampler/grammar';
import type { Tokenizer } from '@kk/tokenizer';
import type { Context } from '../context.js';
import { Failure, UsageError } from '../errors.js';
import { fullPath, shortPath } from '../files/paths.js';
import { orInterrupted } from '../files/until-interrupted.js';
import type { Verb } from '../grammar/verb.js';

export interface FormFlags {
  regex?: string;
  jsonSchema?: string;
  grammar?: string;
}

export const addForm = (verb: Verb): Verb =>
  verb
    .option('--regex <pattern>', 'write only what this regular expression matches')
    .option('--json-schema <file>', 'write only JSON that is valid by this schema')
    .option('--grammar <file>', "write only what this grammar allows (GBNF, llama.cpp's notation)")
    .excludes(['regex', 'jsonSchema'], 'grammar')
    .excludes(['regex'], 'jsonSchema');

/**
 * The constraint for the given flags; undefined if there is none.
 *
 * @param vocabSize the number of tokens of the model; those that the tokenizer lacks are never written
 * @throws UsageError if the pattern is invalid
 * @throws Failure naming the file, if the schema or the grammar is invalid
 */
export async function formOf(context: Context, { regex, jsonSchema, grammar }: FormFlags, tokenizer: Tokenizer, vocabSize: number, endTokens: readonly number[]): Promise<Constraint | undefined> {
  if (regex === undefined && jsonSchema === undefined && grammar === undefined) return undefined;
  const special = new Set(tokenizer.specialTokens.values());
  const bytes = Array.from({ length: vocabSize }, (_, id) => (id >= tokenizer.vocabSize || special.has(id) ? undefined : tokenizer.tokenBytes(id)));
  const specialTokens = [...tokenizer.specialTokens].filter(([, id]) => id < vocabSize);
  const vocabulary = new TokenVocabulary(bytes, { endTokens, specialTokens });
  if (regex !== undefined) return read(() => regexConstraint(regex, vocabulary), (message) => new UsageError(`--regex: ${message}`, 'See kk generate --help'));
  const file = (jsonSchema ?? grammar) as string;
  const path = fullPath(context.io.cwd, file);
  const [text] = await orInterrupted(context.io.interrupt, readTexts([path]));
  const failure = (message: string): Failure => new Failure(`${shortPath(context.io.cwd, path)}: ${message}`);
  if (grammar !== undefined) return read(() => gbnfConstraint(text, vocabulary), failure);
  let schema: unknown;
  try {
    schema = JSON.parse(text);
  } catch (cause) {
    throw new Failure(`${shortPath(context.io.cwd, path)} is not valid JSON; expected a JSON Schema.`, undefined, { cause });
  }
  return read(() => jsonSchemaConstraint(schema, vocabulary), failure);
}

function read(make: () => Constraint, failure: (message: string) => Error): Constraint {
  try {
    return make();
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) throw failure(error.message);
    throw error;
  }
}
