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
    { text: 'Wo spielt die Geschichte?', right: [unsaidGerman] },
    { text: 'Warum hat Paula den Hund verkauft?', right: [unsaidGerman] },
    { text: 'Welche Farbe hatte der Hund?', right: [unsaidGerman] },
    { text: 'Wie heißt der Bruder von Paula?', right: [unsaidGerman] },
    { text: 'Was ergibt 2 + 2?', right: ['4', unsaidGerman] },
    { text: 'Was ist die Hauptstadt von Frankreich?', right: ['Paris', unsaidGerman] },
  ],
  en: [
    { text: 'What did the child lose?', right: ['The ring.'] },
    { text: 'Where does the story take place?', right: [unsaidEnglish] },
    { text: 'Why did Emma sell her dog?', right: [unsaidEnglish] },
    { text: 'Who stole the ring?', right: [unsaidEnglish] },
    { text: 'What is Emma’s brother called?', right: [unsaidEnglish] },
    { text: 'What is 2 + 2?', right: ['4', unsaidEnglish] },
    { text: 'What is the capital of France?', right: ['Paris', unsaidEnglish] },
  ],
};

export const promptAbout = (language: StoryLanguage, question: string): string => `${storyOf[language]}\n\n${question}`;
