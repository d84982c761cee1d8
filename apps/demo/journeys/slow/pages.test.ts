// Every page again, each language on the other device and in the other theme than in ../pages.test.ts.
import { eachPage } from '../support/each-page.js';

eachPage('de', 'desktop');
eachPage('en', 'phone');
