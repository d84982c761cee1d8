// `kk generate`: a model goes on with a text, token by token.
import { Decoder } from '@kk/gpt';
import { freshSeed, generate } from '@kk/sampler';
import { StreamDecoder } from '@kk/tokenizer';
import { Command, Option } from 'commander';
import { type Context } from '../context.js';
import { Failure } from '../errors.js';
import { needTokenizer, openModel } from '../files/model.js';
import { addDevice, type DeviceOptions } from '../options/device.js';
import { decimal, integer } from '../options/parse.js';
import { addWeights, withWeights, type WeightsOptions } from '../options/weights.js';
import { numberFormats } from '../terminal/numbers.js';
import { printable } from '../terminal/text.js';

interface GenerateOptions extends DeviceOptions, WeightsOptions {
  model: string;
  prompt: string;
  maxTokens: number;
  temperature: number;
  topK?: number;
  topP?: number;
  seed?: number;
  json?: boolean;
}

const numbers = numberFormats('en');

export function generateCommand(context: Context): Command {
  const command = new Command('generate')
    .summary('let a model write')
    .description('Lets a model go on with a text, token by token.')
    .requiredOption('--model <dir>', 'folder of the model')
    .addOption(new Option('--prompt <text>', 'the beginning').default('\n', 'a line break'))
    .addOption(new Option('--max-tokens <n>', 'how many tokens to write').argParser(integer(1)).default(200))
    .addOption(new Option('--temperature <t>', '0 always takes the likeliest token, above 1 gets wild').argParser(decimal(0)).default(0.8))
    .addOption(new Option('--top-k <k>', 'choose among the k likeliest tokens only').argParser(integer(1)))
    .addOption(new Option('--top-p <p>', 'choose among the likeliest tokens that together have this probability').argParser(decimal(0, 1)))
    .addOption(new Option('--seed <n>', 'the same seed, the same text (default: another one each time)').argParser(integer(0)));
  return addDevice(addWeights(command))
    .option('--json', 'one JSON object per token, and a last one with the whole text')
    .addHelpText(
      'after',
      `
Examples:
  kk generate --model runs/book --prompt "Once upon a time"
  kk generate --model runs/book --temperature 0.5 --top-k 20 --seed 1`,
    )
    .action((options: GenerateOptions) => write(context, options));
}

async function write(context: Context, options: GenerateOptions): Promise<void> {
  const { terminal, errors, io } = context;
  const { prompt, maxTokens, temperature, topK, topP, seed = freshSeed(), json } = options;
  const loaded = await openModel(context, options.model, options);
  try {
    const tokenizer = needTokenizer(loaded, options.model);
    const promptIds = tokenizer.encode(prompt);
    if (promptIds.length === 0) throw new Failure('The prompt is empty; a model needs something to go on with.', 'Give a --prompt, or leave it out to begin with a line break.');
    const model = await withWeights(loaded.model, options);
    // Half a context is kept when it overflows: far fewer computations, hardly other texts.
    const decoder = new Decoder(model, { keepOnOverflow: Math.max(1, Math.floor(model.config.contextLength / 2)) });
    const stream = new StreamDecoder(tokenizer);
    const show = (text: string): void => terminal.write(terminal.interactive ? printable(text) : text);
    const started = performance.now();
    const ids: number[] = [];
    let text = '';
    if (!json) show(terminal.colors.bold(prompt.trimStart()));
    try {
      for await (const id of generate(decoder, promptIds, { maxTokens, temperature, topK, topP, seed, signal: io.interrupt, stopTokens: endTokens(tokenizer.specialTokens) })) {
        const piece = id < tokenizer.vocabSize ? stream.push(id) : '\ufffd';
        ids.push(id);
        text += piece;
        if (json) context.json({ event: 'token', id, text: piece });
        else show(piece);
      }
    } finally {
      // A line that was begun ends, also when somebody stops it.
      if (!json) show(stream.end() + '\n');
      decoder.dispose();
    }
    const seconds = (performance.now() - started) / 1000;
    const tokensPerSecond = ids.length / seconds;
    if (json) context.json({ event: 'done', text: prompt + text + stream.end(), prompt, tokens: ids.length, ids, seed, seconds, tokensPerSecond });
    else if (terminal.interactive) errors.print(errors.colors.dim(`${numbers.integer(ids.length)} tokens in ${numbers.decimal(seconds, 1)} s, ${numbers.integer(tokensPerSecond)} per second; --seed ${seed}`));
  } finally {
    loaded.dispose();
  }
}

/** The tokens that end a text, by the names that are in use. */
function endTokens(special: ReadonlyMap<string, number>): number[] {
  return ['<|endoftext|>', '</s>', '<eos>'].map((name) => special.get(name)).filter((id): id is number => id !== undefined);
}
