// Declares what tuning learns from: texts, prompts with their completions, and conversations.
import type { ChatMessage } from '@kk/tokenizer';

/** A text of which every token is learned. */
export interface TextExample {
  readonly text: string;
}

/** The completion is learned, the prompt is only read. */
export interface CompletionExample {
  readonly prompt: string;
  readonly completion: string;
}

/** A conversation, written with a chat template; by default the assistant's turns are learned. */
export interface ConversationExample {
  readonly messages: readonly ChatMessage[];
}

export type TuningExample = TextExample | CompletionExample | ConversationExample;

/** An example as token ids. */
export interface LabelledTokens {
  readonly ids: Int32Array;
  /** 1 where the token is a target: it is to be predicted from the tokens before it. 0 elsewhere, and always at the first token. */
  readonly learned: Uint8Array;
}
