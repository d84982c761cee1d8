// @kk/corpora/instructions: requests and right answers in the world of the stories, German and English, from a seed. Runs in browsers,
// workers and Node.

export { hasRightForm } from './form.js';
export { notSaid } from './languages.js';
export { instructionKinds, type Instruction, type InstructionKind, type InstructionMessage, type InstructionPart } from './types.js';
export { instructions, writeInstructions, type InstructionStreamOptions, type WriteInstructionsOptions } from './write.js';
