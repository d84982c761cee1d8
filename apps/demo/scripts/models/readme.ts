// The README of a model's folder: its figures, how it was made, and ten texts as they came.
import { parseStory, type Language } from '@kk/corpora';
import type { Card } from './make.js';
import type { Recipe } from './recipe.js';

const languageNames: Record<Language, string> = { de: 'German', en: 'English' };

export function readmeOf(name: string, recipe: Recipe, card: Card, samples: readonly string[]): string {
  const { language, model, training, windows, tokenizer } = recipe;
  const { loss, floor, stories, tokens, surprise } = card.validation;
  const unit = card.unit === 'token' ? 'token' : 'character';
  const seen = training.steps * windows.batchSize * model.contextLength;
  const written = samples.filter((text) => parseStory(language, text) !== undefined).length;
  return `# ${name}

A GPT-2 that has read stories in ${languageNames[language]}, and nothing else. It is what the chapters of the course compute with.

| | |
| --- | --- |
| parameters | ${card.parameters.toLocaleString('en')} in float16, ${(card.bytes / 1e6).toFixed(2)} MB with tokenizer |
| architecture | ${model.layers} layers, width ${model.width}, ${model.heads} heads, a context of ${model.contextLength} ${unit}s |
| tokenizer | ${tokenizer.kind === 'bytePairs' ? `byte-level BPE, ${card.vocabSize.toLocaleString('en')} tokens` : `characters, ${card.vocabSize}`}, learned from ${tokenizer.stories.toLocaleString('en')} stories |
| training | ${training.steps.toLocaleString('en')} steps, ${seen.toLocaleString('en')} ${unit}s of stories that \`@kk/corpora\` wrote for it, none of them twice |
| loss | ${loss.toFixed(3)} nats per ${unit} on ${stories} fresh stories (${tokens.toLocaleString('en')} ${unit}s), each read from its beginning |
| floor | ${floor.toFixed(3)} nats per ${unit}, the grammar's entropy; the surprise of just these stories is ${surprise.toFixed(3)} |
| above the floor | ${(loss - floor).toFixed(3)} nats per ${unit} |

A text begins as stories begin after a blank line, \`"\\n\\n"\`, with which every story ends.

## How it was made

\`pnpm --filter demo models ${name}\` makes these files again from \`recipe.json\`, with the same bytes on the same machine. Training and rounding are in \`apps/demo/scripts/models/\`.

## Ten texts

Temperature 1, seeds 1 to 10, from a blank line on, as they came. The grammar could have written ${written} of them word for word.

${samples.map((text, i) => `${i + 1}. ${text.replaceAll('\n', ' ')}`).join('\n')}

## License

MIT, as all of this repository. The texts that it learned from were written by this repository's own grammar.
`;
}
