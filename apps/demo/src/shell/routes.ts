// Which component shows which path. A page's language and chapter are in its route's `meta`.
import { h, type Component } from 'vue';
import type { RouteRecordRaw } from 'vue-router';
import { chapterNames, type ChapterName } from '../chapters/names.js';
import { chapterTexts } from '../chapters/texts.js';
import { loadGlossary } from '../glossary/index.js';
import { languages, type Language } from '../languages/names.js';

declare module 'vue-router' {
  interface RouteMeta {
    language?: Language;
    /** The chapter whose text the page shows. */
    chapter?: ChapterName;
    page?: 'home' | 'glossary' | 'models' | 'lookingBack' | 'soon' | 'notFound';
  }
}

type Load = () => Promise<Component>;

const home: Load = () => import('./HomePage.vue');
const models: Load = () => import('./ModelsPage.vue');
const lookingBack: Load = () => import('./looking-back/LookingBackPage.vue');
const notFound: Load = () => import('./NotFoundPage.vue');
const soon: Load = () => import('./SoonPage.vue');
/** The page is loaded together with the terms of its language. */
const glossaryIn = (language: Language): Load => async () => {
  const [{ default: page }, glossary] = await Promise.all([import('./GlossaryPage.vue'), loadGlossary(language)]);
  return { render: () => h(page, { glossary }) };
};

function routesOf(language: Language): RouteRecordRaw[] {
  return [
    { path: `/${language}/`, component: home, meta: { language, page: 'home' } },
    ...chapterNames.map((chapter): RouteRecordRaw => {
      const text = chapterTexts[chapter]?.[language];
      return { path: `/${language}/${chapter}/`, component: text ?? soon, meta: { language, chapter, page: text ? undefined : 'soon' } };
    }),
    { path: `/${language}/glossary/`, component: glossaryIn(language), meta: { language, page: 'glossary' } },
    { path: `/${language}/models/`, component: models, meta: { language, page: 'models' } },
    { path: `/${language}/looking-back/`, component: lookingBack, meta: { language, page: 'lookingBack' } },
    { path: `/${language}/:rest(.*)*`, component: notFound, meta: { language, page: 'notFound' } },
  ];
}

export const routes: RouteRecordRaw[] = [
  { path: '/', component: () => import('./ChooseLanguage.vue') },
  ...languages.flatMap(routesOf),
  { path: '/:rest(.*)*', component: notFound },
];
