// Finds the chapters' texts: a folder `NN-name` with one Markdown file per language makes a chapter.
import type { Component } from 'vue';
import type { Language } from '../languages/names.js';
import type { ChapterName } from './names.js';

type Load = () => Promise<Component>;

const files = import.meta.glob<Component>('./*/*.md');

/** The texts of the finished chapters, loaded when they are shown. */
export const chapterTexts: Partial<Record<ChapterName, Record<Language, Load>>> = {};

for (const [path, load] of Object.entries(files)) {
  const [, name, language] = path.match(/^\.\/\d\d-(\w+)\/(\w+)\.md$/) as unknown as [string, ChapterName, Language];
  (chapterTexts[name] ??= {} as Record<Language, Load>)[language] = load;
}
