// The words of chapter 10's figures.
import type de from './de.js';

const en = {
  you: 'You',
  draw: {
    label: 'A GPT draws a digit, pixel by pixel',
    caption: 'Every pixel that was drawn, with the probabilities of all four shades before it',
    digit: 'Which digit',
    any: 'any',
    begin: 'What it begins with',
    begins: { blank: 'blank sheet', half: 'your upper half' },
    canvas: 'Draw the upper half of a digit here',
    onlyUpper: 'Only what is above the line counts. The model draws the rest.',
    nothing: 'There is nothing above the line. The model begins with a blank sheet.',
    example: 'Example',
    temperature: 'Temperature',
    guidance: 'Faithfulness to the digit',
    again: 'Draw',
    pixel: 'Pixel',
    place: (row, column) => `row ${row}, column ${column}`,
    shades: ['paper', 'light', 'dark', 'ink'],
    taken: 'drawn by lot',
    picture: (drawn, of) => `The drawing, 14 by 14 pixels; ${drawn} of ${of} are there`,
    before: (place) => `How probable each shade was here (${place})`,
    loading: 'The model is being loaded.',
    drawing: (drawn, of) => `Pixel ${drawn} of ${of}`,
    reader: 'Another network, like that of chapter 4, reads the drawing:',
    waits: 'It is not finished yet.',
    learns: (percent) => `The network is still learning to read: ${percent}`,
    reads: (digit, percent) => `Read as ${digit} (${percent})`,
    trust: (right, of) => `This network has learned from other digits than the GPT. Of ${of} digits by people that it has never seen, it reads ${right} rightly.`,
    how: 'It is the same model as the one that writes stories. Its tokens here are not parts of words but pixels: paper, light, dark, ink. It sees only the pixels before, row by row, and draws the next one by lot. At faithfulness 1 it follows its probabilities alone; above, what sets the chosen digit apart from the others counts more.',
    given: 'given by you',
    table: ['Pixel', 'Place', 'Drawn'],
  },
} satisfies typeof de;

export default en;
