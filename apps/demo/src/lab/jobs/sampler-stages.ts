// Chapter 8: the distribution of the next token after every stage of the sampler, and the token that the die falls on.
import { huggingFace, Random, Sampler, type ExplainedStage } from '@kk/sampler';
import { sum } from 'd3-array';
import { samplingOptions, stageNames, type Sampling, type StageName } from '../../chapters/08-continue/sampling.js';
import { pieceAfter, type TokenPiece } from '../../figures/token-pieces.js';
import { defineJob, type Tools } from '../job.js';
import { sizeOf, type ModelSize } from '../model-size.js';
import { promptOf } from '../model-text.js';
import type { ReadyModel } from '../ready-model.js';

export interface SamplerStagesInput {
  model: string;
  prompt: string;
  sampling: Sampling;
  seed: number;
  /** How many of the model's most probable tokens are shown. */
  rows: number;
}

export interface SamplerStages extends ModelSize {
  /** The shown tokens: the model's most probable ones, and the drawn one if it is not among them. */
  rows: { piece: TokenPiece; inText: boolean }[];
  /** The model's own distribution, then one after each stage, switched on or not. */
  stages: StageView[];
  /** The number that was rolled, and between which numbers the bar of the token lies when all are laid end to end by their ids; unknown for very large vocabularies. */
  drawn: { id: number; number: number; span?: { from: number; to: number } };
  vocabSize: number;
}

export interface StageView {
  name: 'input' | StageName;
  isOn: boolean;
  /** How many tokens are possible. */
  remaining: number;
  entropyBits: number;
  /** The probability of each row's token; null when it was dropped. */
  probabilities: (number | null)[];
}

/** So many tokens of each stage are looked at. */
const LOOKED_AT = 4096;

/** The model's logits after a text, computed once for all settings. */
function logitsAfter(tools: Tools, model: ReadyModel, ids: readonly number[]): Promise<Float32Array> {
  return tools.keep(`logits ${model.name} ${ids.join(' ')}`, async () => {
    const decoder = model.decoder();
    try {
      return (await decoder.next(ids)).slice();
    } finally {
      decoder.dispose();
    }
  });
}

export default defineJob(async function* (input: SamplerStagesInput, tools): AsyncGenerator<SamplerStages, SamplerStages> {
  const model = await tools.model(input.model);
  const prompt = promptOf(model, input.prompt);
  const history = { ids: prompt, promptLength: prompt.length };
  const logits = await logitsAfter(tools, model, prompt);
  const sampler = new Sampler(huggingFace(samplingOptions(input.sampling)), { seed: input.seed });
  const explained = sampler.explain(logits, history, { top: LOOKED_AT }).stages;
  const drawn = sampler.sample(logits, history);

  const shown = explained[0]!.tokens.slice(0, input.rows).map(({ id }) => id);
  if (!shown.includes(drawn)) shown.push(drawn);
  const view = (name: StageView['name'], stage: ExplainedStage, isOn: boolean): StageView => {
    const probabilities = new Map(stage.tokens.map(({ id, probability }) => [id, probability]));
    return { name, isOn, remaining: stage.remaining, entropyBits: stage.entropy / Math.LN2, probabilities: shown.map((id) => probabilities.get(id) ?? null) };
  };
  let last = explained[0]!;
  const stages = [view('input', last, true)];
  for (const name of stageNames) {
    const own = explained.find((stage) => stage.name === name);
    stages.push(view(name, (last = own ?? last), own !== undefined));
  }
  /** Where the drawn token's bar begins and ends. */
  const span = (): { from: number; to: number } | undefined => {
    if (last.tokens.length < last.remaining) return undefined;
    const from = sum(last.tokens, ({ id, probability }) => (id < drawn ? probability : 0));
    return { from, to: from + last.tokens.find(({ id }) => id === drawn)!.probability };
  };
  const inText = new Set(prompt);
  const result: SamplerStages = {
    rows: shown.map((id) => ({ piece: pieceAfter(prompt, id, (one) => model.tokenizer.tokenBytes(one)), inText: inText.has(id) })),
    stages,
    drawn: { id: drawn, number: new Random(input.seed).uniform(), span: span() },
    vocabSize: logits.length,
    ...sizeOf(model.gpt.config),
  };
  yield result;
  return result;
});
