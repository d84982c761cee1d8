// Several questions about one passage: a conversation, in which the story is told once.

import type { Language } from '../languages.js';
import type { Instruction, InstructionKind, InstructionMessage } from './types.js';
import { checkInstructionOptions, InstructionWriter, type InstructionStreamOptions } from './write.js';

/** The kinds that ask about a passage and have one right answer. */
export const questionKinds: readonly InstructionKind[] = Object.freeze(['first-word', 'last-word', 'who', 'where', 'lost', 'next-sentence']);

export interface ConversationStreamOptions extends InstructionStreamOptions {
  /** How many questions are asked about each passage, from 1 to 8; fewer where no other question fits the passage. Default 5. */
  readonly questions?: number;
}

export interface InstructionConversation {
  /** One turn of the user and one of the assistant for each question. The first turn begins with the passage and a blank line. */
  readonly messages: readonly InstructionMessage[];
  /** The questions, each with the whole passage in its prompt. */
  readonly instructions: readonly Instruction[];
}

const mostQuestions = 8;

/**
 * An endless stream of conversations: a passage of a story and several questions about it, no two with the same meaning. Whether a question is
 * one that the passage answers is drawn for each; so a model learns to look, and not to guess.
 *
 * @param options `kinds` are kinds that ask about a passage; default `questionKinds`, all of them
 * @throws RangeError for an unknown language, kind or part, or a number out of range; thrown at the call
 * @throws TypeError for an unknown option
 */
export function instructionConversations(language: Language, { questions = 5, ...options }: ConversationStreamOptions): Generator<InstructionConversation, never, undefined> {
  if (!Number.isInteger(questions) || questions < 1 || questions > mostQuestions) throw new RangeError(`questions is ${String(questions)}: expected a whole number from 1 to ${mostQuestions}`);
  const { kinds = questionKinds } = options;
  checkInstructionOptions({ ...options, kinds });
  for (const kind of kinds) if (!questionKinds.includes(kind)) throw new RangeError(`kinds has ${JSON.stringify(kind)}: conversations have ${questionKinds.join(', ')}`);
  const writer = new InstructionWriter(language, options);
  return (function* () {
    for (;;) {
      const instructions = writer.writeAboutOnePassage(kinds, questions);
      yield { instructions, messages: instructions.flatMap(({ prompt, question, answer }, i) => [{ role: 'user' as const, content: i === 0 ? prompt : question }, { role: 'assistant' as const, content: answer }]) };
    }
  })();
}
