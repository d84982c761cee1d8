import { countChatTokens, encodingForModel } from '@kk/tokenizer/openai';

const tokenizer = await encodingForModel('gpt-4o');
console.log(tokenizer.count('Token by token'));
console.log(countChatTokens(tokenizer, [{ role: 'user', content: 'Token by token' }])); // with what the interface puts around it
