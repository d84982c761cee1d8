#!/usr/bin/env node
// The command itself: hands the process to run() and lets Node leave when everything is written.
import { main } from '../dist/index.js';

await main(process);
