// A question to a model, and what is known about its answer.

export interface Question {
  /** The name of a group, such as `who`: results are counted by kind. */
  readonly kind: string;
  /** What a reader is shown of the question. */
  readonly text: string;
  /** What the model reads, up to where its answer begins: at least one token id. With a chat template, the turn of the user and the beginning of the assistant's. */
  readonly prompt: ArrayLike<number>;
  /** The right answers. Left out or empty where there is no single right one: such a question has no exact match. */
  readonly answers?: readonly string[];
  /** Whether an answer has a form that its kind allows, right or wrong. Left out where every form is allowed: such a question counts in no share. */
  readonly hasRightForm?: (answer: string) => boolean;
}
