// `kk tokenizer convert`: converts a tokenizer from one file format to another.
import { CL100K_PATTERN } from '@kk/tokenizer';
import { loadTokenizer, saveTokenizer } from '@kk/tokenizer/node';
import { Command, Option } from 'commander';
import { type Context } from '../context.js';
import { fullPath, shortPath } from '../files/paths.js';
import { checkTokenizerOutput, FORMATS } from '../files/tokenizer-files.js';
import { describeTokenizer, makeTokenizer, noTexts } from '../files/tokenizers.js';
import { tokenizerSpec } from '../options/tokenizer-spec.js';
import { factTable } from '../terminal/table.js';

interface ConvertOptions {
  pattern: string;
  cased?: boolean;
  force?: boolean;
  json?: boolean;
}

export function convertCommand(context: Context): Command {
  return new Command('convert')
    .summary('write a tokenizer in another format')
    .description('Writes a tokenizer in another format. The names say the formats.')
    .argument('<from>', 'a file, a folder, gpt2, cl100k_base or o200k_base')
    .argument('<to>', FORMATS)
    .addOption(new Option('--pattern <regex>', 'for .tiktoken files, which do not say how text is cut').default(CL100K_PATTERN, "cl100k_base's"))
    .option('--cased', 'for .txt files, which do not say whether text is read in lower case: it is not')
    .option('--force', 'replace a file that is there')
    .option('--json', 'one JSON object')
    .addHelpText('after', '\nExample:\n  kk tokenizer convert spiece.model tokenizer.json')
    .action((from: string, to: string, options: ConvertOptions) => convert(context, from, to, options));
}

async function convert(context: Context, from: string, to: string, options: ConvertOptions): Promise<void> {
  const { io, terminal } = context;
  const out = fullPath(io.cwd, to);
  await checkTokenizerOutput(out, io.cwd, options.force === true);
  const spec = tokenizerSpec(from);
  const tokenizer =
    spec.kind === 'ready-made'
      ? await makeTokenizer(spec, noTexts, { cwd: io.cwd })
      : await loadTokenizer(fullPath(io.cwd, from), { pattern: options.pattern, lowercase: !options.cased });
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
