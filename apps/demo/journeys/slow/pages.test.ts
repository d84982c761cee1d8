// Every page again, each language on the other device and in the other theme than in ../pages.test.ts and ../figures.test.ts, and English on a
// desktop with several threads.
import { eachPage } from '../support/each-page.js';

eachPage('de', 'desktop');
eachPage('en', 'phone');
eachPage('en', 'desktop');
