// `kk corpus write`: writes any number of stories to train on.
import { languages, storyEntropy, writeStories, type Language } from '@kk/corpora';
import { writeWholeFile } from '@kk/whole-file';
import { Command, Option } from 'commander';
import { type Context } from '../context.js';
import { UsageError } from '../errors.js';
import { checkOutputFile } from '../files/output-folder.js';
import { fullPath, quotePath, shortPath } from '../files/paths.js';
import { systemLanguage } from '../options/language.js';
import { byteSize, integer } from '../options/parse.js';
import { numberFormats } from '../terminal/numbers.js';

interface WriteOptions {
  lang?: Language;
  bytes: number;
  seed: number;
  out?: string;
  json?: boolean;
}

const LARGEST_BYTES = 200e6;
const LARGEST_SEED = 2 ** 32 - 1;

const numbers = numberFormats('en');

export function corpusCommand(context: Context): Command {
  const command = new Command('corpus').summary('write stories to train on').description('Texts to learn from.');
  command
    .command('write')
    .summary('write stories to train on')
    .description('Writes children’s stories that a grammar makes up: the same seed, the same stories.')
    .addOption(new Option('--lang <lang>', "language (default: de where the system's language is German, else en)").choices(languages))
    .addOption(new Option('--bytes <size>', 'how much, for example 64kB or 2.5MB').argParser(byteSize(LARGEST_BYTES)).default(1e6, '1MB'))
    .addOption(new Option('--seed <n>', 'other seeds, other stories').argParser(integer(0, LARGEST_SEED)).default(1))
    .option('--out <file>', 'file to write (default: standard output)')
    .option('--json', 'one JSON object about the file')
    .addHelpText('after', '\nExamples:\n  kk corpus write --lang en --bytes 1MB --out stories.txt\n  kk corpus write --lang de --bytes 2kB')
    .action((options: WriteOptions) => write(context, options));
  return command;
}

async function write(context: Context, { lang, bytes, seed, out, json }: WriteOptions): Promise<void> {
  const { io, terminal } = context;
  if (json && out === undefined) throw new UsageError('--json needs --out FILE: standard output cannot hold both.', 'See kk corpus write --help');
  const file = out === undefined ? undefined : fullPath(io.cwd, out);
  if (file !== undefined) await checkOutputFile(file, shortPath(io.cwd, file));
  const language = lang ?? systemLanguage(io.env);
  const text = writeStories(language, { bytes, seed });
  if (file === undefined) {
    terminal.write(text);
    return;
  }
  await writeWholeFile(file, text);
  const size = Buffer.byteLength(text);
  const characters = [...text].length;
  const shown = shortPath(io.cwd, file);
  if (json) {
    context.json({ language, bytes: size, characters, seed, entropyPerCharacter: storyEntropy(language).natsPerCharacter, out: file });
    return;
  }
  terminal.print(`${numbers.integer(characters)} characters (${numbers.bytes(size)}) in ${shown}`);
  terminal.print(terminal.colors.cyan(`${io.command} train --data ${quotePath(shown)}`));
}
