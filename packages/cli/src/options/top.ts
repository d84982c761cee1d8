// The option `--top`: how many results are shown.
import { Option } from 'commander';
import { integer } from './parse.js';

const MOST = 1000;

/** @param what  what is shown, such as `neighbours` */
export const topOption = (what: string, fallback = 10): Option => new Option('--top <n>', `how many ${what}`).argParser(integer(1, MOST)).default(fallback);
