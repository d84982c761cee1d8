// `kk tokenize --out`: the ids of texts of any length as a file of tokens, with the tokenizer beside it.
import { stat } from 'node:fs/promises';
import { writeTokenFile } from '@kk/gpt/node';
import { StreamEncoder } from '@kk/tokenizer';
import { writeWholeFile } from '@kk/whole-file';
import type { Context } from '../context.js';
import { Failure, UsageError } from '../errors.js';
import type { TokenizerSpec } from '../options/tokenizer-spec.js';
import { numberFormats } from '../terminal/numbers.js';
import { Progress } from '../terminal/progress.js';
import { smallPieces } from '../training/small-pieces.js';
import { checkNewFile } from './new-file.js';
import { fullPath, outputPath, shortPath } from './paths.js';
import { TextFiles } from './text-files.js';
import { tokenizerBeside } from './token-files.js';
import { describeTokenizer, learningInWords, makeTokenizer } from './tokenizers.js';

export interface WriteTokensOptions {
  data: readonly string[];
  tokenizer: TokenizerSpec;
  /** As the user typed it. */
  out: string;
  force: boolean;
  json: boolean;
}

const numbers = numberFormats('en');

/** @throws {Error} naming what is wrong with a text, the tokenizer or the file */
export async function writeTokens(context: Context, { data, tokenizer: spec, out, force, json }: WriteTokensOptions): Promise<void> {
  const { io, terminal, errors } = context;
  const path = outputPath(io.cwd, out);
  const shown = shortPath(io.cwd, path);
  if (!path.endsWith('.bin')) throw new UsageError(`${shown} says no format; expected a name with .bin at its end.`, 'Choose another --out.');
  const text = new TextFiles(context, data);
  const reads = [...text.paths, ...(spec.kind === 'file' ? [fullPath(io.cwd, spec.path)] : [])];
  for (const file of [path, tokenizerBeside(path)]) await checkNewFile(file, { shown: shortPath(io.cwd, file), force, reads });
  const present = await stat(path).catch(() => undefined);
  if (present && !present.isFile()) throw new Failure(`${shown} is a pipe or a device; expected the name of a file, for its beginning is written last.`, 'Choose another --out.');
  const progress = new Progress(errors);
  const show = (line: () => string): void => {
    if (!json) progress.update(line);
  };
  const { characters, alphabet } = await text.measure((share) => show(() => ` Reading the text: ${numbers.percent(share)}`));
  const started = performance.now();
  const tokenizer = await makeTokenizer(spec, { alphabet, training: smallPieces(context, text.chunks()) }, { cwd: io.cwd, signal: io.interrupt, onProgress: (state) => show(() => ` Learning the tokenizer: ${learningInWords(state, started)}`) });
  async function* pieces(): AsyncGenerator<readonly number[]> {
    const encoder = new StreamEncoder(tokenizer);
    let units = 0;
    for await (const chunk of smallPieces(context, text.chunks())) {
      yield encoder.push(chunk);
      units += chunk.length;
      show(() => ` Turning the text into tokens: ${numbers.percent(Math.min(1, units / characters))}`);
    }
    yield encoder.end();
  }
  const { vocabSize } = tokenizer;
  const tokens = await writeTokenFile(path, pieces(), { vocabSize });
  progress.done();
  await writeWholeFile(tokenizerBeside(path), `${JSON.stringify(tokenizer.toJSON())}\n`);
  if (json) context.json({ tokens, characters, kind: tokenizer.kind, vocabSize, out: path, tokenizer: tokenizerBeside(path) });
  else terminal.paragraph(`${numbers.count(tokens, 'token')} in ${shown}, ${describeTokenizer(tokenizer)} beside it in ${shortPath(io.cwd, tokenizerBeside(path))}.`, { indent: 1 });
}
