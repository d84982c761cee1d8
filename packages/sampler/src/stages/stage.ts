// The interface of a stage, the building block of a sampler: it changes the logits of the remaining candidates or drops some. A sampler
// runs its stages in the order of its list.
import { describe, requireIterable, requireList, wrongKind } from '@kk/options';
import type { RandomSource } from '../random/random.js';
import type { Candidates } from '../selection/candidates.js';

/** The text so far, as a stage sees it. */
export interface History {
  /** The ids of prompt and continuation, oldest first. They belong to the caller, who may append to them between two tokens. */
  readonly ids: ArrayLike<number>;
  /** The number of ids at the start that are the prompt: from 0 to ids.length. */
  readonly promptLength: number;
  /** The tokens that end the text, wherever they were named. The ways to write a text and samplers fill it in; undefined if nobody knows. */
  readonly endTokens?: readonly number[];
  /** The maximum number of tokens to write after the prompt, filled in by the ways to write a text; undefined if nobody knows. */
  readonly maxTokens?: number;
}

/** The empty text. */
export const emptyHistory: History = { ids: [], promptLength: 0 };

/** @throws TypeError if it is no history; RangeError if the prompt is longer than the text, or its length is invalid */
export function checkHistory(history: History): void {
  const ids = history?.ids;
  const promptLength = history?.promptLength;
  if (Number.isInteger(promptLength) && promptLength >= 0 && typeof ids === 'object' && promptLength <= ids?.length) return;
  if (typeof history !== 'object' || history === null) throw wrongKind('history', history, '{ ids, promptLength }');
  requireList('history.ids', ids, 'a list of token ids');
  throw new RangeError(`history.promptLength is ${describe(promptLength)}: expected an integer from 0 to the ${ids.length} ids of the text`);
}

/** One step from logits to a choice. */
export interface Stage {
  /** The name in explanations, for example `topK`. */
  readonly name: string;
  /**
   * Changes the candidates in place.
   *
   * @param random the sampler's random source, so that one seed repeats everything
   */
  apply(candidates: Candidates, history: History, random: RandomSource): void;
  /** Receives each token taken. Only stages with a state need it. */
  accept?(id: number): void;
  /** Goes back to the state before the first token, for a new text. A stage without this method has no state. */
  reset?(): void;
  /** Tokens that end the text as far as the stage knows: its sampler, and whoever writes a text with that, treats them so. */
  readonly endTokens?: readonly number[];
  /** Returns a copy with its own state, for beams and speculative decoding. A stage without this method has no state and is shared. */
  fork?(): Stage;
}

/** A copy of the list. @throws TypeError unless it holds nothing but stages */
export function readStageList(stages: Iterable<Stage>): Stage[] {
  if (!Array.isArray(stages)) requireIterable('stages', stages, 'a list of stages, such as [stages.topK(40)]');
  const list = [...stages];
  // One token is drawn through here, too. A function has a method apply, but is no stage: stages.topK in place of stages.topK(40).
  for (let place = 0; place < list.length; place++) {
    const stage = list[place] as Stage | null;
    if (typeof stage !== 'object' || typeof stage?.apply !== 'function') throw wrongKind(`stages[${place}]`, stage, 'a stage with the method apply, such as stages.topK(40)');
  }
  return list;
}

/** The tokens that end a text by what these stages say, ascending. */
export function endTokensOf(stages: readonly Stage[]): readonly number[] {
  // Most samplers name none, and a sampler may be made for one token.
  if (!stages.some(namesEnds)) return none;
  return [...new Set(stages.flatMap((stage) => stage.endTokens ?? []))].sort((a, b) => a - b);
}

const namesEnds = (stage: Stage): boolean => stage.endTokens !== undefined && stage.endTokens.length > 0;
const none: readonly number[] = [];

/** The history with the tokens that end the text, unless it names them itself. */
export function withEnds(history: History, endTokens: readonly number[]): History {
  return history.endTokens !== undefined || endTokens.length === 0 ? history : { ...history, endTokens };
}

/** Copies of all stages, each with its own state. */
export const forkStages = (stages: readonly Stage[]): Stage[] => stages.map((stage) => stage.fork?.() ?? stage);
