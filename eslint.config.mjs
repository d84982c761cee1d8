export { default } from '@kk/eslint-config';
