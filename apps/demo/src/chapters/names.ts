// The chapters in the order of the way from a token to an assistant. A chapter is finished when its folder has a text (de.md, en.md).
export const chapterNames = ['token', 'nonsense', 'texts', 'networks', 'words', 'attention', 'practice', 'continue', 'finetuning', 'feedback'] as const;

export type ChapterName = (typeof chapterNames)[number];
