// `kk download`: brings a model from a server into a folder.
import { ChecksumNameError, type DownloadProgress } from '@kk/gpt/download';
import { downloadModel } from '@kk/gpt/node';
import { InvalidArgumentError, Option } from 'commander';
import type { Context } from '../context.js';
import { Interrupted, UsageError, exitCodes } from '../errors.js';
import { withOutputFolder } from '../files/output-folder.js';
import { outputPath, quotePath, shortPath } from '../files/paths.js';
import { Verb } from '../grammar/verb.js';
import { numberFormats } from '../terminal/numbers.js';
import { bar, Progress } from '../terminal/progress.js';
import { factTable } from '../terminal/table.js';

interface DownloadOptions {
  url: URL;
  out: string;
  sha256?: Record<string, string>;
  json?: boolean;
}

const numbers = numberFormats('en');

export function downloadCommand(context: Context): Verb {
  return new Verb('download')
    .summary('bring a model from a server')
    .description('Downloads the folder of a model: config.json, the weights, and the tokenizer if there is one. A download that was cut or stopped goes on where it was.')
    .addOption(new Option('--url <url>', 'address of the folder in which config.json is').argParser(address))
    .option('--out <dir>', 'folder for the model; nothing in it is replaced')
    .addOption(new Option('--sha256 <file=hex...>', 'checksums that files must have, such as model.safetensors=9f86…').argParser(checksum))
    .option('--json', 'one JSON object')
    .argumentFor('url')
    .argumentFor('out')
    .requires(['url'])
    .requires(['out'])
    .flows({ reads: { url: 'a GPT with its tokenizer' }, writes: { out: 'the same files' } })
    .notes('For a model on huggingface.co: the address of its page, with /resolve/main behind it. GPT-2, Llama, Mistral and Qwen2 can be used here.')
    .examples('kk download https://example.org/small small', 'kk generate small --prompt "Once upon a time"')
    .does((options: DownloadOptions) => download(context, options));
}

function address(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '') {
    throw new InvalidArgumentError('Expected the address of a folder, which begins with http:// or https:// and has no ?, no # and no password.');
  }
  return url;
}

function checksum(text: string, previous: Record<string, string> = {}): Record<string, string> {
  const match = /^([^/=]+)=([0-9a-fA-F]{64})$/.exec(text);
  if (!match) throw new InvalidArgumentError('Expected the name of a file, = and 64 hexadecimal digits, as sha256sum prints them.');
  const [file, digits] = [match[1]!, match[2]!];
  if (Object.hasOwn(previous, file)) throw new InvalidArgumentError(`There are two checksums for ${file}.`);
  return { ...previous, [file]: digits };
}

async function download(context: Context, { url, out: to, sha256 = {}, json = false }: DownloadOptions): Promise<void> {
  const { io, terminal } = context;
  const out = outputPath(io.cwd, to);
  const shown = shortPath(io.cwd, out);
  const progress = new Progress(context.errors);
  const onProgress = (now: DownloadProgress): void => {
    if (!json) progress.update(() => line(now));
  };
  const result = await withOutputFolder(out, shown, async (folder) => {
    try {
      return await downloadModel(url, out, { checksums: sha256, onProgress, signal: io.interrupt });
    } catch (error) {
      if (error instanceof ChecksumNameError) throw new UsageError(`--sha256 names ${error.file}, but the files are ${error.files.join(', ')}.`, `What has arrived is kept in ${shown}: name the file as it is, and go on.`);
      if (!(error instanceof Interrupted)) throw error;
      throw new Interrupted(`stopped; what has arrived is kept in ${shown}.`, exitCodes.interrupted, { about: 'Go on with it:', command: `${io.command} download ${url.href} ${quotePath(to)}` });
    } finally {
      progress.done();
      folder.release();
    }
  });
  if (json) {
    context.json({ url: url.href, ...result, out });
    return;
  }
  terminal.print(
    factTable(
      [
        ['Files', result.files.join(', ')],
        ['Bytes', `${numbers.bytes(result.bytes)}${result.resumedBytes > 0 ? `, ${numbers.bytes(result.resumedBytes)} of them from an earlier download` : ''}`],
        ['Saved in', shown],
      ],
      terminal,
    ),
  );
}

/** For example ` model.safetensors ████░░░░ 48 % of 548 MB, 12 MB/s, 24 s left`. */
function line({ file, receivedBytes, totalBytes, bytesPerSecond, secondsLeft, attempt }: DownloadProgress): string {
  const share = totalBytes === undefined || totalBytes === 0 ? undefined : receivedBytes / totalBytes;
  const amount = share === undefined ? numbers.bytes(receivedBytes) : `${bar(share, 16)} ${numbers.percent(share)} of ${numbers.bytes(totalBytes!)}`;
  const speed = bytesPerSecond === undefined ? '' : `, ${numbers.bytes(bytesPerSecond)}/s`;
  const left = secondsLeft === undefined ? '' : `, ${numbers.duration(secondsLeft)} left`;
  return ` ${file} ${amount}${speed}${left}${attempt > 1 ? `, try ${attempt}` : ''}`;
}
