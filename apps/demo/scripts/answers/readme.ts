// The README of a model that answers: what it is, what it can do, how it was made, and ten answers as they came.
import type { LlamaConfig } from '@kk/gpt';
import { template } from '../../../../packages/finetune/slow/recipe/tuning.js';
import type { AnsweringCard } from './make.js';
import type { AnsweringRecipe } from './recipe.js';

export interface Sample {
  asked: string;
  /** What the grammar would answer. */
  expected: string;
  answered: string;
}

const languageNames = { de: 'German', en: 'English' } as const;
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

export function answeringReadme(name: string, { language, seed, base, tuning }: AnsweringRecipe, card: AnsweringCard, { layers, width, heads, contextLength, vocabSize }: LlamaConfig, samples: readonly Sample[]): string {
  const { exact, exactOfAll, unsaid, rightForm, endsByItself, storyLoss } = card.answers;
  return `# ${name}

A Llama that has read stories in ${languageNames[language]}, and has then learned to answer requests about them. Chapter 10 sets it beside a model that has only read stories.

| | |
| --- | --- |
| parameters | ${card.parameters.toLocaleString('en')} in float16, ${(card.bytes / 1e6).toFixed(2)} MB with tokenizer |
| architecture | ${layers} layers, width ${width}, ${heads} heads, a context of ${contextLength} tokens, rotary positions |
| tokenizer | byte-level BPE, ${vocabSize.toLocaleString('en')} tokens, learned from stories and requests |
| base | ${base.steps.toLocaleString('en')} steps of 640 tokens: stories of \`@kk/corpora\`, and exercises in copying and finding |
| tuning | ${tuning.steps.toLocaleString('en')} steps of 640 tokens: conversations about short and long passages, single requests, and stories again, so that none is forgotten |
| measured | ${card.questions.toLocaleString('en')} requests of the test part, about other stories and half of them in other words; those that are too long for the context are left out |
| exact answers | ${percent(exact)} where the story holds them, ${percent(exactOfAll)} of all that have one; ${percent(unsaid)} of what the story does not say is said not to be there |
| form | ${percent(rightForm)} have the right form, ${percent(endsByItself)} end by themselves |
| loss | ${storyLoss.toFixed(3)} nats per token on held-out stories |

What is asked stands between \`<|user|>\` and \`<|assistant|>\`, and \`<|end|>\` is behind the answer:

\`\`\`jinja
${template}
\`\`\`

\`kk chat --model apps/demo/models/${name}\` reads it from \`tokenizer_config.json\`.

## How it was made

\`pnpm --filter demo models ${name}\` makes these files again from \`recipe.json\` (seed ${seed}), with the same bytes on the same machine with the same BLAS, in twenty minutes of processor time on one thread. The recipe itself is in
\`packages/finetune/slow/recipe/\`: it begins with an induction circuit, so that copying is there from the first step.

## Ten answers

Temperature 0, requests of the test part, as they came.

${samples.map(({ asked, expected, answered }) => `- ${asked.replaceAll('\n', ' ')}\n  **${answered.replaceAll('\n', ' ')}**${answered === expected ? '' : ` (the grammar: ${expected.replaceAll('\n', ' ')})`}`).join('\n')}

## License

MIT, as all of this repository. The texts that it learned from were written by this repository's own grammar.
`;
}
