// @kk/corpora/instructions: requests and right answers in the world of the stories, German and English, from a seed; lines in four styles;
// probes for bias; preferences by a hidden rule. Runs in browsers, workers and Node.

export { instructionConversations, questionKinds, type ConversationStreamOptions, type InstructionConversation } from './conversations.js';
export { hasRightForm } from './form.js';
export { followsRule } from './preferences/follows.js';
export { preferencePairs, writePreferencePairs, type PreferencePair, type PreferenceStreamOptions, type WritePreferencesOptions } from './preferences/pairs.js';
export { ratedAnswers, type RatedAnswer } from './preferences/ratings.js';
export { preferenceRules, type PreferenceRule } from './preferences/rules/rule.js';
export { biasProbes, type BiasProbe } from './probes.js';
export { newStylePrompts, styleLines, type StyleLine } from './styles/index.js';
export { styles, type Style } from './styles/style-texts.js';
export { notSaid } from './languages.js';
export { instructionKinds, type Instruction, type InstructionKind, type InstructionMessage, type InstructionPart } from './types.js';
export { instructions, writeInstructions, type InstructionStreamOptions, type WriteInstructionsOptions } from './write.js';
