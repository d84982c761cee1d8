// The texts of `kk corpus write`, piece by piece, since all of one may be too long for a string.
import { stories, storySeparator, type Language } from '@kk/corpora';
import type { PreferenceRule } from '@kk/corpora/instructions';
import type { Context } from '../context.js';
import { isStyle, type Kind, type Part } from './kinds.js';

export interface Piece {
  readonly text: string;
  /** In UTF-8; of stories without what separates the last one. */
  readonly bytes: number;
  readonly characters: number;
  /** How many examples these are; 0 of stories. */
  readonly examples: number;
  /** How much is written with this piece, from 0 to 1. */
  readonly share: number;
}

export interface WantedCorpus {
  readonly kind: Kind;
  readonly language: Language;
  readonly seed: number;
  /** Of stories. */
  readonly bytes: number;
  /** Of all that is drawn but stories. */
  readonly count: number;
  readonly part: Part;
  /** Of preferences and ratings. */
  readonly rule: PreferenceRule;
}

/** @throws the signal's reason when stopped */
export const piecesOf = (context: Context, wanted: WantedCorpus): AsyncGenerator<Piece, void, undefined> => (wanted.kind === 'stories' ? storyPieces(context, wanted) : examplePieces(context, wanted));

/** Characters of a piece: some milliseconds of work. */
const PIECE = 2 ** 16;

/** The same text as that of `writeStories`. */
async function* storyPieces(context: Context, { language, bytes: most, seed }: WantedCorpus): AsyncGenerator<Piece, void, undefined> {
  const source = stories(language, { seed });
  for (let written = 0; written < most; ) {
    let text = '';
    const before = written;
    while (written < most && text.length < PIECE) {
      const story = source.next().value + storySeparator;
      text += story;
      written += Buffer.byteLength(story);
    }
    await context.breathe();
    yield { text, bytes: written - before, characters: [...text].length, examples: 0, share: Math.min(1, written / most) };
  }
}

/** Examples of a piece: about as long as a piece of stories takes. */
const EXAMPLES = 50;

/** One example a line, as `kk finetune` reads it. */
async function* examplePieces(context: Context, wanted: WantedCorpus): AsyncGenerator<Piece, void, undefined> {
  const all = await examplesOf(wanted);
  for (let done = 0; ; ) {
    const lines: string[] = [];
    while (lines.length < EXAMPLES && done + lines.length < all.count) lines.push(`${JSON.stringify(all.next())}\n`);
    if (lines.length === 0) return;
    done += lines.length;
    const text = lines.join('');
    await context.breathe();
    yield { text, bytes: Buffer.byteLength(text), characters: [...text].length, examples: lines.length, share: done / all.count };
  }
}

async function examplesOf({ kind, language, seed, count, part, rule }: WantedCorpus): Promise<{ count: number; next: () => unknown }> {
  if (kind === 'arithmetic') {
    const { arithmetic } = await import('@kk/corpora/arithmetic');
    // Not with reversed sums, too: a prompt has one right answer.
    const exercises = arithmetic(language, { seed, part, forms: ['sum', 'half', 'words'] });
    const next = (): unknown => {
      const { prompt, completion, answer } = exercises.next().value;
      return { prompt, completion, answer };
    };
    return { count, next };
  }
  const { instructions, instructionConversations, preferencePairs, ratedAnswers, styleLines } = await import('@kk/corpora/instructions');
  if (isStyle(kind)) {
    const lines = styleLines(language, kind)[Symbol.iterator]();
    const next = (): unknown => {
      const { prompt, completion } = lines.next().value!;
      return { messages: [{ role: 'user', content: prompt }, { role: 'assistant', content: completion }] };
    };
    return { count: styleLines(language, kind).length, next };
  }
  if (kind === 'preferences') {
    const pairs = preferencePairs(language, { seed, part, rule });
    return { count, next: () => pairs.next().value.messages };
  }
  if (kind === 'ratings') {
    const rated = ratedAnswers(language, { seed, part, rule });
    const next = (): unknown => {
      const { messages, label } = rated.next().value;
      return { ...messages, label };
    };
    return { count, next };
  }
  const source = kind === 'conversations' ? instructionConversations(language, { seed, part }) : instructions(language, { seed, part });
  return { count, next: () => ({ messages: source.next().value.messages }) };
}
