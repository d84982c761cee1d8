import { followsRule, preferencePairs, ratedAnswers, writePreferencePairs } from '@kk/corpora/instructions';

const pairs = writePreferencePairs('en', { seed: 1, rule: 'joy', count: 20 });
const [{ prompt, chosen, rejected, messages }] = pairs;
console.log(`${prompt}\n+ ${chosen}\n- ${rejected}`);
console.log(JSON.stringify(messages)); // a line of JSON Lines, as preference tuning reads it

const [test] = preferencePairs('en', { seed: 1, rule: 'joy', part: 'test' }); // other stories
console.log(followsRule('en', 'joy', test.chosen), followsRule('en', 'joy', test.rejected));

const [rated] = ratedAnswers('de', { seed: 1, rule: 'speech' });
console.log(rated.completion, rated.label === followsRule('de', 'speech', rated.completion));
