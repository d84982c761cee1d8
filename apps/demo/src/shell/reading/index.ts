// The components that every chapter's text may use without importing them.
import ChapterLink from './ChapterLink.vue';
import Exercise from './Exercise.vue';
import LargeModels from './LargeModels.vue';
import { Exercises, SelfCheck } from './lists.js';
import Question from './Question.vue';
import Term from './Term.vue';

export const readingComponents = { ChapterLink, Exercise, Exercises, LargeModels, Question, SelfCheck, Term };
