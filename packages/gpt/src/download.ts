// @kk/gpt/download: models from a URL, with progress, checksums, and cut connections that go on where they stopped.
export { fetchModel, type FetchedModel, type FetchModelOptions } from './download/fetch-model.js';
export { DownloadError } from './download/download-error.js';
export { ChecksumNameError, type DownloadOptions } from './download/options.js';
export type { DownloadProgress } from './download/progress.js';
