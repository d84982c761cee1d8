// @kk/corpora: seeded stories in German and English, and their exact entropy. Runs in browsers; ./node reads files.

export { entropyPerToken, storyEntropy, type StoryEntropy } from './entropy.js';
export { inspectStory, parseStory, type InspectedStory, type StoryChoice } from './inspect.js';
export { languages, type Language } from './languages.js';
export { stories, storySeparator, writeStories, writeStory, type StoryStreamOptions, type WriteStoriesOptions } from './stories.js';
