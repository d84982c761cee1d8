// What the three models are asked: questions about a passage that no model has learned from, and the beginning of a story.
import type { StoryLanguage } from '../../languages/stories.js';
import type { AskedKind } from './settings.js';

const prompts: Readonly<Record<StoryLanguage, Readonly<Record<Exclude<AskedKind, 'own'>, string>>>> = {
  de: {
    who: 'Es war ein stiller Nachmittag, und der Himmel war ganz blau. In der Spielkiste fanden Leyla und Lea eine schöne himmelblaue Eisenbahn.\n\nWelches Kind wird zuerst genannt?',
    lost: 'Es war einmal ein aufgewecktes Mädchen, das hieß Paula und trug immer bunte Socken. Paula besaß einen alten goldenen Eimer. Doch nach dem Mittagessen war der Eimer weg.\n\nWas hat das Kind verloren?',
    begin: 'Es war einmal ein kluges Mädchen, das hieß Aylin und sammelte bunte Steine.',
  },
  en: {
    who: 'It was a quiet day. In the toy box, Oscar and Ivy found a lovely red kite. "I want the kite!" shouted Oscar.\n\nWhat is the child called that appears first?',
    lost: 'Once upon a time there was a clever girl called Emma, and she loved to climb trees. Emma had an old golden ring. But after lunch the ring was gone.\n\nWhat did the child lose?',
    begin: 'Once upon a time there was a clever girl called Emma, and she loved to climb trees.',
  },
};

export const promptOf = (language: StoryLanguage, kind: Exclude<AskedKind, 'own'>): string => prompts[language][kind];
