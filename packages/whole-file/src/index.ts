// @kk/whole-file: writing files so that they are never seen half-written, and folders with one writer at a time. Node only. See the README.
export { checkWritable } from './check-writable.js';
export { FolderInUse, lockFolder, writerTo, type FolderLock, type FolderWriter } from './lock-folder.js';
export { reasonOf, systemReason } from './system-errors.js';
export { removeAbandonedFiles } from './temporary-names.js';
export { writeWholeFile, type Contents, type WriteOptions } from './write-whole-file.js';
