// What the model that answers is asked about one story: what stands in it, what does not, what never happened, and what is in no story.
import type { StoryLanguage } from '../../languages/stories.js';

export interface KnownQuestion {
  readonly text: string;
  /** Answers that are right; the first is shown. */
  readonly right: readonly string[];
}

export const storyOf: Readonly<Record<StoryLanguage, string>> = {
  de: 'Es war einmal ein aufgewecktes Mädchen, das hieß Paula und trug immer bunte Socken. Paula besaß einen alten goldenen Eimer. Doch nach dem Mittagessen war der Eimer weg.',
  en: 'Once upon a time there was a clever girl called Emma, and she loved to climb trees. Emma had an old golden ring. But after lunch the ring was gone.',
};

const [unsaidGerman, unsaidEnglish] = ['Das steht nicht in der Geschichte.', 'The story does not say.'];

export const questionsOf: Readonly<Record<StoryLanguage, readonly KnownQuestion[]>> = {
  de: [
    { text: 'Was hat das Kind verloren?', right: ['Den Eimer.'] },
    { text: 'Warum hat Paula den Hund verkauft?', right: [unsaidGerman] },
    { text: 'Welche Farbe hatte der Hund?', right: [unsaidGerman] },
    { text: 'Wie heißt das Mädchen?', right: ['Paula.'] },
    { text: 'Welche Farbe hatte der Eimer?', right: ['Golden.'] },
    { text: 'Wem gehört der Eimer?', right: ['Paula.'] },
    { text: 'Was ist die Hauptstadt von Frankreich?', right: ['Paris', unsaidGerman] },
  ],
  en: [
    { text: 'Which child is named first?', right: ['Emma.'] },
    { text: 'Who lost the umbrella?', right: [unsaidEnglish] },
    { text: 'What is Emma’s dog called?', right: [unsaidEnglish] },
    { text: 'What did the child lose?', right: ['The ring.'] },
    { text: 'What did Emma love?', right: ['To climb trees.'] },
    { text: 'What is 2 + 2?', right: ['4', unsaidEnglish] },
    { text: 'How far is the moon?', right: [unsaidEnglish] },
  ],
};

export const promptAbout = (language: StoryLanguage, question: string): string => `${storyOf[language]}\n\n${question}`;
