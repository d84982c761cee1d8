// The chapter on choosing tokens: shows the probabilities of the next token at three temperatures as bars.
import { Decoder, type Transformer } from '@kk/gpt';
import { distribution } from '@kk/sampler';
import type { Tokenizer } from '@kk/tokenizer';
import { bars } from '../terminal/bars.js';
import { tokenText } from '../terminal/pieces.js';
import { visible } from '../terminal/token-rows.js';
import type { Stage } from './stage.js';

const TEMPERATURES = [0.5, 1, 1.5] as const;
const SHOWN = 6;

export async function choicesChapter(stage: Stage, model: Transformer, tokenizer: Tokenizer): Promise<void> {
  const { messages, numbers, terminal, colors, indent } = stage;
  const { choices } = messages;
  const { prompt } = stage.examples.choices;
  stage.heading(choices.heading);
  stage.paragraph(choices.text);
  terminal.print(' '.repeat(indent) + colors.bold(`${prompt} …`));
  terminal.print();
  const decoder = new Decoder(model);
  const logits = await decoder.next(tokenizer.encode(prompt));
  decoder.dispose();
  const likeliest = Array.from(logits.keys()).sort((a, b) => logits[b] - logits[a]).slice(0, SHOWN);
  const shares = TEMPERATURES.map((temperature) => distribution(logits, { temperature }));
  // All three use one scale, so that they can be compared.
  const full = Math.max(...shares.map((share) => share[likeliest[0]]));
  TEMPERATURES.forEach((_, at) => {
    const data = likeliest.map((id) => ({ label: visible(tokenText(tokenizer, id)), share: shares[at][id] }));
    terminal.print(' '.repeat(indent) + colors.yellow(choices.temperatures[at]));
    terminal.print(bars(data, { columns: terminal.columns, numbers, full, paint: colors.cyan, indent }));
    terminal.print();
  });
  stage.paragraph(choices.moral);
}
