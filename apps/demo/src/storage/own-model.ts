// One of the visitor's own models as the browser keeps it, and whether what is kept is one.
import { chapterNames, type ChapterName } from '../chapters/names.js';
import type { ModelFamily, ModelSize } from '../lab/model-size.js';

export const modelFileNames = ['config.json', 'tokenizer.json', 'model.safetensors'] as const;
export type ModelFileName = (typeof modelFileNames)[number];

/** What kind of model it is and its sizes, as they are shown. */
export interface ModelFacts extends ModelSize {
  layers: number;
  heads: number;
  width: number;
  contextLength: number;
  vocabSize: number;
}

export interface OwnModel {
  name: string;
  facts: ModelFacts;
  /** The chapter in which it was made; none if the visitor brought it. */
  chapter?: ChapterName;
  /** From what it was made there: the same text is the same model. */
  made?: string;
  files: Record<ModelFileName, Blob>;
}

const families: Record<ModelFamily, true> = { gpt: true, llama: true, mistral: true, qwen2: true };
const counts = ['parameters', 'layers', 'heads', 'width', 'contextLength', 'vocabSize'] as const satisfies readonly (keyof ModelFacts)[];

type Unknown<Whole> = { [Name in keyof Whole]?: unknown };

/**
 * The model in what is kept. What is in its files, the worker checks when it loads them.
 * @param name  under which it is kept
 * @returns undefined when it is damaged, or has another name
 */
export function ownModelOf(kept: unknown, name: string): OwnModel | undefined {
  const model = (kept ?? {}) as Unknown<OwnModel>;
  const { chapter, made, facts, files } = model;
  const isWhole = model.name === name && areFacts(facts) && areFiles(files) && (chapter === undefined || chapterNames.some((known) => known === chapter)) && (made === undefined || typeof made === 'string');
  return isWhole ? (model as OwnModel) : undefined;
}

/** The family is known, and each count is a whole number from 1. */
function areFacts(value: unknown): value is ModelFacts {
  const facts = (value ?? {}) as Unknown<ModelFacts>;
  return Object.keys(families).some((family) => family === facts.family) && counts.every((count) => Number.isSafeInteger(facts[count]) && Number(facts[count]) > 0);
}

function areFiles(value: unknown): value is OwnModel['files'] {
  const files = (value ?? {}) as Unknown<OwnModel['files']>;
  return modelFileNames.every((file) => files[file] instanceof Blob);
}
