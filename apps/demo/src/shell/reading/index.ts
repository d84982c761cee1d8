// The components that every chapter's text may use without importing them.
import Exercise from './Exercise.vue';
import Exercises from './Exercises.vue';
import LargeModels from './LargeModels.vue';
import Question from './Question.vue';
import SelfCheck from './SelfCheck.vue';
import Term from './Term.vue';

export const readingComponents = { Exercise, Exercises, LargeModels, Question, SelfCheck, Term };
