export const englishStory = (): never => { throw new Error('x') };
