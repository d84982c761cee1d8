// What an instruction is: a request with the answer that is right, and what is known about it.

import type { Language } from '../languages.js';

/** The kinds of request, in the order of the README's table. */
export const instructionKinds = Object.freeze(['first-word', 'last-word', 'who', 'where', 'lost', 'next-sentence', 'continue', 'shorten', 'past', 'small-talk'] as const);

export type InstructionKind = (typeof instructionKinds)[number];

/** `training` and `test` have no story, no sentence and no new wording in common. */
export type InstructionPart = 'training' | 'test';

/** One turn of a conversation. A type and no interface: so TypeScript lets it be a message of chat templates, which may have further fields. */
export type InstructionMessage = {
  readonly role: 'user' | 'assistant';
  readonly content: string;
};

export interface Instruction {
  readonly language: Language;
  readonly kind: InstructionKind;
  /** The sentences of a story that the request is about; empty for kinds that need none (`shorten`, `past`, `small-talk`). */
  readonly story: string;
  /** The request without the story: the wording, and after a space the sentence that it is about, if any. */
  readonly question: string;
  /** The sentence that `question` ends with, of `next-sentence`, `shorten` and `past`; else empty. */
  readonly sentence: string;
  /** What the model reads: the story, a blank line and the question, or the question alone. */
  readonly prompt: string;
  /** What the model is to write. The same text as `answer`. */
  readonly completion: string;
  /** Prompt and completion as one turn of the user and one of the assistant. */
  readonly messages: readonly [InstructionMessage, InstructionMessage];
  /** Whether the story holds the answer. If not, the right answer is `notSaid(language)`. */
  readonly isAnswerable: boolean;
  /** The right answer. */
  readonly answer: string;
  /** Whether `answer` is the only right answer. False for `continue`, where a story can go on in many ways. */
  readonly isExact: boolean;
  /** Whether the wording occurs only in the test part. Always false in the training part. */
  readonly isNewWording: boolean;
}
