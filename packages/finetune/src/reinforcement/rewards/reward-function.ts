// Declares what answers are rewarded by: any function of a prompt and an answer.

/** An answer that the model wrote. */
export interface WrittenAnswer {
  /** At least one id. */
  readonly promptIds: readonly number[];
  /** With the stop token, where one ended it; at least one id. */
  readonly ids: readonly number[];
  readonly endsByItself: boolean;
}

/**
 * How good an answer is: a finite number, higher is better.
 * @param prompt its text
 * @param answer its text, without the stop token
 */
export type RewardFunction = (prompt: string, answer: string, written: WrittenAnswer) => number | Promise<number>;

/**
 * The rewards of answers, one after the other.
 * @param decode text of token ids
 * @throws RangeError when a reward is no finite number; the signal's reason when it is aborted
 */
export async function rewardAll(reward: RewardFunction, written: readonly WrittenAnswer[], decode: (ids: number[]) => string, signal?: AbortSignal): Promise<Float64Array> {
  const rewards = new Float64Array(written.length);
  for (const [i, one] of written.entries()) {
    signal?.throwIfAborted();
    const [prompt, answer] = [decode([...one.promptIds]), decode(one.ids.slice(0, one.endsByItself ? -1 : undefined))];
    const value: unknown = await reward(prompt, answer, one);
    if (typeof value !== 'number' || !Number.isFinite(value)) throw new RangeError(`The reward of the answer ${JSON.stringify(answer)} to ${JSON.stringify(prompt)} is ${String(value)}; expected a finite number.`);
    rewards[i] = value;
  }
  return rewards;
}
