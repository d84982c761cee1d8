// @kk/corpora/instructions: requests and right answers in the world of the stories, German and English, from a seed; lines in four styles;
// probes for bias. Runs in browsers, workers and Node.

export { instructionConversations, questionKinds, type ConversationStreamOptions, type InstructionConversation } from './conversations.js';
export { hasRightForm } from './form.js';
export { biasProbes, type BiasProbe } from './probes.js';
export { newStylePrompts, styleLines, type StyleLine } from './styles/index.js';
export { styles, type Style } from './styles/style-texts.js';
export { notSaid } from './languages.js';
export { instructionKinds, type Instruction, type InstructionKind, type InstructionMessage, type InstructionPart } from './types.js';
export { instructions, writeInstructions, type InstructionStreamOptions, type WriteInstructionsOptions } from './write.js';
