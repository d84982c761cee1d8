import { analogy, NamedAxis, readGlove, WordSpace } from '@kk/embeddings';

// A file of vectors as it comes from a disk, a form or a server; these have been made up.
const file = new Blob([`
king    0.9  0.9  0.1
queen   0.9 -0.9  0.1
man     0.1  0.9  0.2
woman   0.1 -0.9  0.2
cabbage 0.0  0.1  0.9
`.trim().replace(/ +/g, ' ')]);
const space = new WordSpace(await readGlove(file.stream()));

console.log(space.neighbours('king', { count: 2 }).map(({ word, similarity }) => `${word}: ${similarity.toFixed(2)}`));
const [answer] = analogy(space, { positive: ['king', 'woman'], negative: ['man'] }, { count: 1 });
console.log('man is to king as woman is to', answer?.word);
const gender = new NamedAxis(space, { from: ['woman'], to: ['man'] });
console.log(gender.sort(['king', 'queen', 'cabbage']).map(({ word, position }) => `${word} ${position.toFixed(2)}`).join(', '));
