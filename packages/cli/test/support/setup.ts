// Vitest runs this before each test file, also where files share what they have loaded.
import { afterAll } from 'vitest';
import { removeTemporaryFolders } from './temporary-folder.js';

afterAll(removeTemporaryFolders);
