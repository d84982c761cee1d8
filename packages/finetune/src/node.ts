// @kk/finetune/node: tuning data, adapters and tuned models as files. Every file is written under a temporary name and renamed.
export { readExampleFile } from './node/read-example-file.js';
