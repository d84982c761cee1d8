// The components that every chapter's text may use without importing them, and the one that the build puts around its figures.
import ChapterLink from './ChapterLink.vue';
import Exercise from './Exercise.vue';
import { InTurn } from './in-turn.js';
import LargeModels from './LargeModels.vue';
import { Exercises, SelfCheck } from './lists.js';
import Question from './Question.vue';
import Term from './Term.vue';

export const readingComponents = { ChapterLink, Exercise, Exercises, InTurn, LargeModels, Question, SelfCheck, Term };
