// `kk tokenizer convert`: converts a tokenizer from one file format to another.
import { CL100K_PATTERN } from '@kk/tokenizer';
import { saveTokenizer, tokenizerFileAt } from '@kk/tokenizer/node';
import { Option } from 'commander';
import { basename, extname } from 'node:path';
import type { Context } from '../context.js';
import { UsageError } from '../errors.js';
import { fullPath, outputPath, shortPath } from '../files/paths.js';
import { checkTokenizerOutput, filesOf, FORMATS_WITH_RANKS } from '../files/tokenizer-files.js';
import { describeTokenizer, loadTokenizerFile, makeTokenizer, noTexts } from '../files/tokenizers.js';
import { Verb } from '../grammar/verb.js';
import { KNOWN_TOKENIZERS, readyMade, tokenizerSpec } from '../options/tokenizer-spec.js';
import { factTable } from '../terminal/table.js';

interface ConvertOptions {
  /** As the user typed it. */
  tokenizer: string;
  out: string;
  pattern: string;
  cased?: boolean;
  force?: boolean;
  json?: boolean;
}

export function convertCommand(context: Context): Verb {
  return new Verb('convert')
    .summary('write a tokenizer in another format')
    .description('Writes a tokenizer in another format. The names say the formats.')
    .option('--tokenizer <tokenizer>', KNOWN_TOKENIZERS)
    .option('--out <file>', FORMATS_WITH_RANKS)
    .addOption(new Option('--pattern <regex>', 'for .tiktoken files, which do not say how text is cut').default(CL100K_PATTERN, "cl100k_base's"))
    .option('--cased', 'for .txt files, which do not say whether text is read in lower case: it is not')
    .option('--force', 'replace a file that is there')
    .option('--json', 'one JSON object')
    .argumentFor('tokenizer')
    .argumentFor('out')
    .requires(['tokenizer'])
    .requires(['out'])
    .pointless<ConvertOptions>(['pattern'], ({ tokenizer }) => unlessEndsWith('.tiktoken', tokenizer))
    .pointless<ConvertOptions>(['cased'], ({ tokenizer }) => unlessEndsWith('.txt', tokenizer))
    .suggests('tokenizer', readyMade)
    .flows({ reads: { tokenizer: 'a tokenizer' }, writes: { out: 'the same tokenizer' } })
    .examples('kk tokenizer convert spiece.model tokenizer.json')
    .does((options: ConvertOptions, self) => convert(context, options, self));
}

/** A folder may hold a file of any format. */
const unlessEndsWith = (ending: string, from: string): string | undefined =>
  extname(from) === ending || (extname(from) === '' && tokenizerSpec(from).kind === 'file') ? undefined : `with ${from}: it is for ${ending} files`;

/** The options that say what one format leaves out. */
const ENDINGS = { pattern: '.tiktoken', cased: '.txt' } as const;

/** @throws {UsageError} for an option that has no effect with the file that a folder holds */
async function refusePointless(verb: Verb, path: string, shown: string): Promise<void> {
  for (const [name, ending] of Object.entries(ENDINGS)) {
    if (!verb.isGiven(name)) continue;
    const file = await tokenizerFileAt(path);
    if (extname(file) !== ending) throw new UsageError(`--${name} has no effect with ${shown}, which holds ${basename(file)}: it is for ${ending} files.`, `Leave --${name} out.`);
  }
}

async function convert(context: Context, { tokenizer: from, out: to, ...options }: ConvertOptions, self: Verb): Promise<void> {
  const { io, terminal } = context;
  const out = outputPath(io.cwd, to);
  const spec = tokenizerSpec(from);
  const reads = spec.kind === 'file' ? filesOf(await tokenizerFileAt(fullPath(io.cwd, from))) : [];
  await checkTokenizerOutput(out, io.cwd, { force: options.force === true, reads });
  if (spec.kind === 'file') await refusePointless(self, fullPath(io.cwd, from), from);
  const tokenizer =
    spec.kind === 'ready-made'
      ? await makeTokenizer(spec, noTexts, { cwd: io.cwd, signal: io.interrupt })
      : await loadTokenizerFile(from, { cwd: io.cwd, signal: io.interrupt, pattern: options.pattern, lowercase: !options.cased });
  context.throwIfInterrupted();
  const file = await saveTokenizer(tokenizer, out);
  if (options.json) {
    context.json({ kind: tokenizer.kind, vocabSize: tokenizer.vocabSize, out: file });
    return;
  }
  terminal.print(
    factTable(
      [
        ['Tokenizer', describeTokenizer(tokenizer)],
        ['Saved as', shortPath(io.cwd, file)],
      ],
      terminal,
    ),
  );
}
