// `kk tokenizer inspect`: shows the parts of a tokenizer.
import type { ComponentJSON, Tokenizer } from '@kk/tokenizer';
import { Option } from 'commander';
import type { Context } from '../context.js';
import { describeTokenizer, makeTokenizer, noTexts } from '../files/tokenizers.js';
import { Verb } from '../grammar/verb.js';
import { KNOWN_TOKENIZERS, readyMade, tokenizerSpec, type TokenizerSpec } from '../options/tokenizer-spec.js';
import { factTable } from '../terminal/table.js';
import { tokenText } from '../terminal/pieces.js';
import { visible } from '../terminal/token-rows.js';

interface InspectOptions {
  tokenizer: TokenizerSpec;
  json?: boolean;
}

const SHOWN_TOKENS = 24;

export function inspectCommand(context: Context): Verb {
  return new Verb('inspect')
    .summary('show what a tokenizer is made of')
    .description('Shows what a tokenizer is made of: its algorithm, its steps, its special tokens, some of its tokens.')
    .addOption(new Option('--tokenizer <tokenizer>', KNOWN_TOKENIZERS).argParser(tokenizerSpec))
    .option('--json', 'one JSON object')
    .argumentFor('tokenizer')
    .requires(['tokenizer'])
    .suggests('tokenizer', readyMade)
    .flows({ reads: { tokenizer: 'a tokenizer' }, writes: { stdout: 'its algorithm, steps and tokens' } })
    .examples('kk tokenizer inspect cl100k_base')
    .does((options: InspectOptions) => inspect(context, options));
}

async function inspect(context: Context, options: InspectOptions): Promise<void> {
  const { io, terminal } = context;
  const { tokenizer: spec } = options;
  // This verb trains nothing, so `bpe` and the like are taken as file names.
  const named: TokenizerSpec = spec.kind === 'file' || spec.kind === 'ready-made' ? spec : { kind: 'file', path: spec.kind };
  const tokenizer = await makeTokenizer(named, noTexts, { cwd: io.cwd, signal: io.interrupt });
  const json = tokenizer.toJSON();
  const steps = {
    normalizer: json.normalizer && nameOf(json.normalizer),
    preTokenizer: json.pre_tokenizer && nameOf(json.pre_tokenizer),
    model: json.model.type,
    postProcessor: json.post_processor && nameOf(json.post_processor),
    decoder: json.decoder && nameOf(json.decoder),
  };
  const specialTokens = Object.fromEntries(tokenizer.specialTokens);
  if (options.json) {
    context.json({ kind: tokenizer.kind, vocabSize: tokenizer.vocabSize, specialTokens, ...steps, truncation: json.truncation, padding: json.padding });
    return;
  }
  const specials = Object.entries(specialTokens).map(([token, id]) => `${visible(token)} ${id}`);
  terminal.print(
    factTable(
      [
        ['Tokenizer', describeTokenizer(tokenizer)],
        ['Normalizer', steps.normalizer ?? 'none'],
        ['Pre-tokenizer', steps.preTokenizer ?? 'none'],
        ['Model', steps.model],
        ['Post-processor', steps.postProcessor ?? 'none'],
        ['Decoder', steps.decoder ?? 'none'],
        ['Special tokens', specials.length === 0 ? 'none' : firstOf(specials)],
        ['Some tokens', sampleOf(tokenizer).join('  ')],
      ],
      terminal,
    ),
  );
}

/** The type of a step, and of its inner steps. */
function nameOf(step: ComponentJSON): string {
  const inner = [step.normalizers, step.pretokenizers, step.processors, step.decoders].find(Array.isArray) as ComponentJSON[] | undefined;
  return inner ? inner.map(nameOf).join(', ') : step.type;
}

function firstOf(items: readonly string[]): string {
  return items.length <= SHOWN_TOKENS ? items.join(', ') : `${items.slice(0, SHOWN_TOKENS).join(', ')} and ${items.length - SHOWN_TOKENS} more`;
}

/** Sample tokens, spread over the vocabulary. */
function sampleOf(tokenizer: Tokenizer): string[] {
  const stride = Math.max(1, Math.floor(tokenizer.vocabSize / SHOWN_TOKENS));
  const ids = Array.from({ length: Math.min(SHOWN_TOKENS, tokenizer.vocabSize) }, (_, i) => i * stride);
  return ids.filter((id) => tokenizer.idToToken(id) !== undefined).map((id) => visible(tokenText(tokenizer, id)));
}
