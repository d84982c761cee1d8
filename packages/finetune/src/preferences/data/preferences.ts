// Declares what preferences are given as: a prompt, the answer that was chosen, and the one that was rejected.
import type { ChatMessage } from '@kk/tokenizer';

interface Common {
  /** By how much the chosen answer is better, in units of reward; for reward models. Default: not known. */
  readonly margin?: number;
}

export interface TextPreference extends Common {
  /** It may be empty. */
  readonly prompt: string;
  readonly chosen: string;
  readonly rejected: string;
}

/** A conversation, written with a chat template, and two messages of the assistant of which one would be the next. */
export interface ConversationPreference extends Common {
  readonly prompt: readonly ChatMessage[];
  /** One message of the assistant. */
  readonly chosen: readonly ChatMessage[];
  /** One message of the assistant. */
  readonly rejected: readonly ChatMessage[];
}

export type Preference = TextPreference | ConversationPreference;

/** A preference as token ids: the same prompt before both answers. */
export interface PreferenceTokens {
  /** At least one id. */
  readonly prompt: Int32Array;
  /** At least one id, with what ends the answer. */
  readonly chosen: Int32Array;
  /** At least one id, with what ends the answer. */
  readonly rejected: Int32Array;
  readonly margin?: number;
}
