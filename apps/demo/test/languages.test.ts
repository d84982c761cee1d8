// The languages of stories are those of @kk/corpora, and which one a visitor probably reads.
import { expect, it } from 'vitest';
import { languages as languagesOfCorpora } from '@kk/corpora';
import { chooseLanguage } from '../src/languages/names.js';
import { storyLanguages } from '../src/languages/stories.js';

it('has stories in the languages of @kk/corpora', () => {
  expect(storyLanguages).toEqual(languagesOfCorpora);
});

it('chooses the first language that the course has, else English', () => {
  expect([chooseLanguage(['xx', 'de-CH', 'en']), chooseLanguage(['EN-us', 'de']), chooseLanguage(['xx']), chooseLanguage([])]).toEqual(['de', 'en', 'en', 'en']);
});
