// The stories that come with kk, from @kk/corpora, and which language to tell them in.
import { type IO } from '../io.js';

export type Language = 'de' | 'en';
export const languages: readonly Language[] = ['de', 'en'];
