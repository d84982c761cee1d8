// The chapter that trains a GPT: samples during training, the live loss, and the result.
import { Decoder, evaluate, train, Trainer, type GPT, type TokenIds } from '@kk/gpt';
import type { Engine } from '@kk/nn-core';
import { generate } from '@kk/sampler';
import type { Tokenizer } from '@kk/tokenizer';
import { TrainingMeter, trainingLine } from '../training/meter.js';
import { lossCurve } from '../terminal/loss-curve.js';
import { Progress } from '../terminal/progress.js';
import { demoTrainerOptions, modelSize, newModel, stepsFor } from './plan.js';
import type { Stage } from './stage.js';

export interface Stories {
  /** The ids of the training split. */
  training: TokenIds;
  /** Ids of stories that the model never sees. */
  unseen: TokenIds;
  /** The entropy of the grammar in nats per token of this tokenizer. */
  floor: number;
}

// Enough lines for a readable curve, but few enough that the line of figures stays visible in a small window.
const CURVE_HEIGHT = 11;
const LEAST_ROWS_FOR_LIVE_CURVE = 20;
/** The progress, from 0 to 1, at which samples are written. The first steps change most. */
const SAMPLES_AT = [0.08, 0.3];
const SAMPLE_TOKENS = 40;
const LAST_SAMPLE_TOKENS = 110;
const SAMPLE_SEED = 7;
const SAMPLE_TEMPERATURE = 0.8;

/** Trains a model for about `seconds` and shows it. The caller then owns the trainer. */
export async function trainingChapter(stage: Stage, engine: Engine, tokenizer: Tokenizer, { training, unseen, floor }: Stories, seconds: number): Promise<Trainer> {
  const { messages, numbers, terminal, context } = stage;
  const { training: say } = messages;
  const { prompt } = stage.examples.training;
  const { interrupt: signal } = context.io;
  const { vocabSize } = tokenizer;
  const guessing = Math.log(vocabSize);
  const model = newModel(engine, vocabSize);
  const contextLength = numbers.integer(modelSize.contextLength);

  stage.heading(say.heading);
  stage.paragraph(say.text({ parameters: numbers.integer(model.parameterCount()), context: contextLength }));
  stage.paragraph(say.loss({ vocabSize: numbers.integer(vocabSize), guessing: numbers.decimal(guessing, 2) }));
  const progress = new Progress(terminal);
  if (terminal.interactive) progress.update(() => ' '.repeat(stage.indent) + say.measuringSpeed);
  const steps = await stepsFor(seconds, engine, vocabSize, training, signal);
  progress.pause();
  stage.paragraph(say.plan({ duration: numbers.duration(seconds), steps: numbers.integer(steps) }));

  stage.sample(say.before, await writeSample(model, tokenizer, prompt, SAMPLE_TOKENS, signal), prompt);

  const trainer = new Trainer(model, training, demoTrainerOptions(steps));
  const meter = new TrainingMeter(steps);
  const samplesAt = new Set(SAMPLES_AT.map((share) => Math.max(1, Math.round(share * steps))));
  const curve = (): string => indented(stage, lossCurve({ losses: meter.losses, guessing, floor }, { columns: terminal.columns - stage.indent, height: CURVE_HEIGHT, numbers, colors: stage.colors }));
  const live = (): string => {
    const line = trainingLine(meter, { interactive: terminal.interactive, columns: terminal.columns, colors: terminal.colors, numbers, words: say.progress, indent: stage.indent });
    return terminal.interactive && terminal.rows >= LEAST_ROWS_FOR_LIVE_CURVE ? `${curve()}\n${line}` : line;
  };
  for await (const event of train(trainer, { signal })) {
    if (event.type !== 'step') continue;
    meter.add(event.report);
    progress.update(live);
    if (samplesAt.has(event.report.step) && !trainer.isDone) {
      const sample = await writeSample(model, tokenizer, prompt, SAMPLE_TOKENS, signal);
      progress.pause();
      stage.sample(say.during(numbers.integer(event.report.step)), sample, prompt);
    }
  }
  progress.pause();
  stage.sample(say.after, await writeSample(model, tokenizer, prompt, LAST_SAMPLE_TOKENS, signal), prompt);

  stage.lines(say.curve);
  terminal.print(curve());
  legend(stage, guessing, floor);
  const { loss, perplexity } = await evaluate(model, unseen, { signal });
  stage.paragraph(say.result({ loss: numbers.decimal(loss, 2), guessing: numbers.decimal(guessing, 2), choices: numbers.decimal(perplexity, 1), vocabSize: numbers.integer(vocabSize) }));
  stage.paragraph(say.floor({ floor: numbers.decimal(floor, 2), tokens: numbers.integer(meter.tokens), context: contextLength }));
  return trainer;
}

/** Continues a prompt, always with the same seed, so that only the model makes a difference. */
async function writeSample(model: GPT, tokenizer: Tokenizer, prompt: string, maxTokens: number, signal: AbortSignal): Promise<string> {
  const decoder = new Decoder(model, { keepOnOverflow: Math.floor(model.config.contextLength / 2) });
  const ids = tokenizer.encode(prompt);
  try {
    for await (const id of generate(decoder, [...ids], { maxTokens, temperature: SAMPLE_TEMPERATURE, seed: SAMPLE_SEED, signal })) ids.push(id);
  } finally {
    decoder.dispose();
  }
  return tokenizer.decode(ids);
}

function legend(stage: Stage, guessing: number, floor: number): void {
  const { messages, numbers, colors, terminal } = stage;
  const margin = ' '.repeat(stage.indent);
  terminal.print(margin + colors.dim(`── ${messages.training.curveGuessing(numbers.decimal(guessing, 2))}`));
  terminal.print(`${margin}${colors.green('──')} ${messages.training.curveFloor(numbers.decimal(floor, 2))}`);
  terminal.print();
}

const indented = ({ indent }: Stage, block: string): string => block.split('\n').map((line) => ' '.repeat(indent) + line).join('\n');
