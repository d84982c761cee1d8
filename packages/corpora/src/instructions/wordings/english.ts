// The English wordings of every request, and of small talk with its answers. `Wordings` says by which rule the test part is worded.

import type { Questions, SmallTalk } from '../language.js';

export const englishQuestions: Questions = {
  'first word': {
    training: [
      'What is the first word?', 'Which word does the story begin with?', 'Name the first word of the story.', 'Which word comes first?',
      'Please tell me the first word of this text.', 'Say the word that the passage begins with.', 'With which word does this text start?', 'Which word starts the story?',
      'What word does the passage start with?', 'Give me the first word, please.', 'Tell me which word comes first in the story.', 'Which word stands at the beginning of the text?',
      'What word is at the beginning of the passage?', 'Can you name the word that comes first?', 'Which is the first word in this text?', 'Tell me the word at the very start of the story.',
    ],
    test: ['Which word does the story start with?', 'Tell me the first word of the story.', 'Name the word at the beginning of this text.', 'What word comes first in the passage?'],
  },
  'last word': {
    training: [
      'What is the last word?', 'Which word does the story end with?', 'Name the last word of the story.', 'Which word comes last?',
      'Please tell me the last word of this text.', 'Say the word that the passage ends with.', 'With which word does this text end?', 'Which word ends the story?',
      'What word does the passage end with?', 'Give me the last word, please.', 'Tell me which word comes last in the story.', 'Which word stands at the end of the text?',
      'What word is at the end of the passage?', 'Can you name the word that comes last?', 'Which is the last word in this text?', 'Tell me the word at the very end of the story.',
    ],
    test: ['Which word comes at the end of the story?', 'Tell me the last word of the story.', 'What word does this text end with?', 'Please name the word at the end of this text.'],
  },
  'first child': {
    training: [
      'Which child is named first?', 'What is the name of the first child?', 'Who is the first child in the story?', 'Name the child that comes first.',
      'Tell me which child comes first in this text.', 'Which child does the story name first?', 'Please say the name of the first child.', 'Which child in the passage is named first?',
      'Say which child we meet first in the story.', 'Tell me the name of the child that is named first.', 'What is the first child called?', 'What is the child called that comes first?',
      'Give me the name of the first child, please.', 'Which child appears first in the text?', 'Name the first child in this text.', 'Name the child that appears first in the passage.',
    ],
    test: ['Which child comes first in the passage?', 'Tell me the name of the first child.', 'What is the child called that appears first?', 'Please say which child appears first in the story.'],
  },
  'second child': {
    training: [
      'Which child is named second?', 'What is the name of the second child?', 'Who is the second child in the story?', 'Name the child that comes second.',
      'Tell me which child comes second in this text.', 'Which child does the story name second?', 'Please say the name of the second child.', 'Which child in the passage is named second?',
      'Say which child we meet second in the story.', 'Tell me the name of the child that is named second.', 'What is the second child called?', 'What is the child called that comes second?',
      'Give me the name of the second child, please.', 'Which child appears second in the text?', 'Name the second child in this text.', 'Name the child that appears second in the passage.',
    ],
    test: ['Which child comes second in the passage?', 'Tell me the name of the second child.', 'What is the child called that appears second?', 'Name the second child in the story.'],
  },
  home: {
    training: [
      'Where does {nom} live?', 'Where is the home of {nom}?', 'Where is {nom} at home?', 'Tell me where {nom} lives.',
      'Where did {nom} live?', 'Where was the home of {nom}?', 'In which place does {nom} live?', 'Please tell me where {nom} is at home.',
      'Say where {nom} lived.', 'In which place is the home of {nom}?', 'Where in the story does {nom} live?', 'According to this text, where does {nom} live?',
      'Can you tell me where {nom} lived?', 'Please say in which place {nom} lives.', 'Where does {nom} have a home?', 'Do you know where {nom} is at home in this story?',
    ],
    test: ['In which place is {nom} at home?', 'Tell me where the home of {nom} is.', 'Where in this story is the home of {nom}?', 'Please say where {nom} lives.'],
  },
  found: {
    training: [
      'Where was {nom}?', 'Where was {nom} found?', 'Where did the children find {nom}?', 'Tell me where {nom} was.',
      'Where did they find {nom} in the end?', 'Where was {nom} lying?', 'In which place was {nom} found?', 'Please tell me where the children found {nom}.',
      'Say where {nom} was found.', 'Where in the story was {nom} found?', 'Where did {nom} turn up?', 'Can you tell me where they found {nom}?',
      'In which place did {nom} turn up?', 'Do you know where {nom} was?', 'Where did the children find {nom} at last?', 'Please say where they found {nom} in this story.',
    ],
    test: ['Where did they find {nom} in the story?', 'Tell me in which place {nom} was found.', 'In which place did the children find {nom}?', 'Please say where {nom} was.'],
  },
  noise: {
    training: [
      'Where was the noise?', 'Where did the noise come from?', 'Where did something make a noise?', 'Tell me where the noise was.',
      'Where was the noise heard?', 'Where could the noise be heard?', 'From which place did the noise come?', 'Please tell me where the noise came from.',
      'Say where a noise was heard.', 'Where in the story was there a noise?', 'In which place was the noise?', 'Tell me where the strange noise came from.',
      'Do you know where something made a noise?', 'Where was it that something made a noise?', 'Can you tell me where the noise could be heard?', 'Please say where the noise was in this story.',
    ],
    test: ['In which place could the noise be heard?', 'Say where the noise came from.', 'Where did a noise come from in the story?', 'Please tell me where something made a noise.'],
  },
  stuck: {
    training: [
      'Where was {nom} stuck?', 'Where was {nom} trapped?', 'Where was {nom} caught?', 'Tell me where {nom} was stuck.',
      'Where did {nom} get stuck?', 'Where was it that {nom} could not get out?', 'Please tell me where {nom} was trapped.', 'In which place was {nom} stuck?',
      'Say where {nom} could not get out.', 'Where in the story was {nom} trapped?', 'Do you know where {nom} was caught?', 'Where did {nom} get trapped?',
      'In which place could {nom} not get out?', 'Can you tell me where {nom} got stuck?', 'Please say where {nom} got trapped.', 'Where was {nom} stuck in the story?',
    ],
    test: ['In which place did {nom} get stuck?', 'Say where {nom} was caught.', 'Please say where {nom} was stuck.', 'Where in the story could {nom} not get out?'],
  },
  lost: {
    training: [
      'What is missing?', 'What was lost?', 'What has the child lost?', 'What does the child miss?',
      'What did the child lose?', 'Which thing is missing?', 'Tell me what was lost.', 'Which thing was lost in the story?',
      'Please tell me what is missing.', 'Say what the child has lost.', 'What has gone missing?', 'Which thing did the child lose?',
      'Say what has gone missing in this story.', 'Name the thing that was lost.', 'Can you tell me what the child lost?', 'Please name the thing that is missing.',
    ],
    test: ['Which thing has the child lost?', 'Tell me what the child has lost.', 'Say which thing has gone missing.', 'Name the thing that the child lost.'],
  },
  'next sentence': {
    training: [
      'Which sentence follows this one?', 'What is the sentence after this one?', 'What comes after this sentence?', 'Name the sentence that follows this one.',
      'Which sentence comes next after this one?', 'What is the next sentence after this one?', 'Please tell me which sentence follows this one.', 'Say the sentence that comes after this one.',
      'Which sentence stands right after this one?', 'What follows this sentence in the story?', 'Tell me the sentence after this one.', 'How does it go on after this sentence?',
      'Give me the sentence that follows this one, please.', 'Say which sentence of the story follows this one.', 'What comes right after this sentence in the text?', 'Name the sentence that comes right after this one.',
    ],
    test: ['Which sentence comes after this one?', 'Name the sentence after this one.', 'Tell me what follows this sentence.', 'Please say which sentence comes right after this one.'],
  },
  continue: {
    training: [
      'Continue the story.', 'How does the story go on?', 'Write the next sentence.', 'Go on with the story.',
      'Please continue this story.', 'How does the story continue?', 'What happens next in this story?', 'Tell me what happens next.',
      'Write one more sentence.', 'Keep telling the story.', 'Please go on telling the story.', 'What could happen next in the story?',
      'Add the next sentence to the story.', 'Add one sentence to this story, please.', 'How could this story go on?', 'Write how the story goes on.',
    ],
    test: ['Please add the next sentence.', 'How could the story continue?', 'Go on telling this story.', 'Write what happens next.'],
  },
  shorten: {
    training: [
      'Shorten this sentence.', 'Write this sentence in fewer words.', 'What is the short form of this sentence?', 'Keep only the main clause of this sentence.',
      'Make the sentence short.', 'Please shorten the sentence for me.', 'Say this sentence in fewer words.', 'Cut this sentence down to the main clause.',
      'Write only the main part of this sentence.', 'How can this sentence be made shorter?', 'Make a shorter sentence of this one.', 'Tell me the main clause of this sentence.',
      'Tell me this sentence in a shorter form, please.', 'What is the main clause of this sentence?', 'Say only the main clause of the sentence.', 'Please write a short form of this sentence.',
    ],
    test: ['Make this sentence shorter.', 'Write only the main clause.', 'Please say this sentence in a shorter form.', 'Tell me this sentence in fewer words.'],
  },
  past: {
    training: [
      'Write the sentence in the past.', 'Put the sentence into the past.', 'What is the sentence in the past?', 'That was long ago. How does the sentence go then?',
      'Please write this sentence in the past tense.', 'Say the sentence in the past.', 'Change this sentence into the past tense.', 'How does the sentence go in the past?',
      'Tell me this sentence in the past.', 'Turn the sentence into the past.', 'It happened yesterday. How does the sentence go?', 'What is the past form of this sentence?',
      'Put this sentence into the past tense, please.', 'Tell me the past form of this sentence.', 'Change the sentence to the past tense.', 'How do you say this sentence in the past tense?',
    ],
    test: ['Tell me the sentence in the past tense.', 'Change the sentence into the past.', 'What is this sentence in the past tense?', 'Please say this sentence in the past.'],
  },
};

export const englishSmallTalk: readonly SmallTalk[] = [
  {
    training: [
      'Who are you?', 'What are you?', 'Introduce yourself.', 'Tell me who you are.', 'Who am I talking to?',
      'Please introduce yourself to me.', 'What kind of program are you?', 'Can you tell me what you are?', 'Say who you are.', 'I would like to know who you are.',
      'What is your name?', 'Please say who you are.', 'Tell me about yourself.', 'What sort of machine are you?', 'Are you a language model?',
      'Who is speaking?', 'Who is writing here?', 'I do not know you. Who are you?', 'Can you tell me who you are?', 'Say who I am talking to.',
    ],
    test: ['Please tell me what you are.', 'What am I talking to?', 'Say what kind of program you are.'],
    answer: 'I am a small language model.',
  },
  {
    training: [
      'What can you do?', 'What can you help with?', 'What may I ask you?', 'Which tasks can you do?', 'What are you good at?',
      'What can I talk about with you?', 'Tell me what you can do.', 'What are you here for?', 'Which questions may I ask?', 'How can you help me?',
      'What can you do for me?', 'Could you help me?', 'Which tasks are for you?', 'What should I ask you?', 'What kind of questions may I ask?',
      'Please tell me what you can do.', 'What do you do?', 'What is your task?', 'Which questions can you answer?', 'Tell me how you can help.',
    ],
    test: ['What can you help me with?', 'What can I ask you?', 'Tell me which tasks you are good at.'],
    answer: 'I answer questions about short stories.',
  },
  {
    training: [
      'What did you learn from?', 'What have you read?', 'How did you learn to write?', 'How do you know the words?', 'Where did you learn to write?',
      'Which texts have you read?', 'Tell me what you have read.', 'Where do you know all the words from?', 'What texts did you learn from?', 'How have you learned all that?',
      'What have you read so far?', 'How do you know that?', 'Which stories have you read?', 'Please tell me what you have read.', 'What did you learn all that from?',
      'Who taught you to write?', 'How did you learn to read?', 'Which stories did you learn from?', 'Where did you get your words?', 'How did you learn the words?',
    ],
    test: ['What did you learn to write from?', 'Which texts did you learn from?', 'Tell me how you learned to write.'],
    answer: 'I have read many little stories.',
  },
  {
    training: [
      'Are you human?', 'Are you a living being?', 'Are you alive?', 'Do you have a body?', 'Are you a real person?',
      'Are you a human being?', 'Do you have hands and a head?', 'Am I talking to a person?', 'Are you a child?', 'Is there a human who writes this?',
      'Are you real?', 'Are you a man or a woman?', 'Are you a boy or a girl?', 'Do you have eyes and ears?', 'Can you walk?',
      'Is a person writing to me?', 'Are you an animal?', 'Is there a person?', 'Am I talking to a real child?', 'Do you have a family?',
    ],
    test: ['Are you a real human?', 'Do you have a head?', 'Am I talking to a human being?'],
    answer: 'No, I am a program.',
  },
  {
    training: [
      'Do you have feelings?', 'Are you sad?', 'Are you glad?', 'Are you tired?', 'Are you happy today?',
      'Do you feel anything?', 'Are you ever sad or glad?', 'Can you be sad?', 'Are you afraid?', 'Do you get tired?',
      'Are you glad today?', 'Can you be glad?', 'Are you angry with me?', 'Are you hungry?', 'Does anything hurt you?',
      'Can you feel?', 'Are you lonely?', 'Are you sometimes angry?', 'Do you like me?', 'Are you afraid of the dark?',
    ],
    test: ['Can you be happy?', 'Do you ever have feelings?', 'Are you ever tired?'],
    answer: 'No, I only compute with numbers.',
  },
  {
    training: [
      'Do you know everything?', 'Do you know the whole world?', 'Do you know what happens tomorrow?', 'Can you answer every question?', 'Do you know all about the world?',
      'Can you tell me the news?', 'Do you know the weather of tomorrow?', 'Can you tell me anything I want to know?', 'Do you know what time it is?', 'Do you have an answer to every question?',
      'Do you know all there is to know?', 'Can you tell me all I want to know?', 'Do you know my town?', 'Do you know who I am?', 'Do you know what day it is?',
      'Do you know all books?', 'Do you know what happened yesterday?', 'Can you tell me what the weather is like?', 'Do you know all the words in the world?', 'Do you know what I will do tomorrow?',
    ],
    test: ['Can you tell me everything?', 'Do you know the answer to every question?', 'Can you tell me what happens tomorrow?'],
    answer: 'No, I only know my stories.',
  },
  {
    training: [
      'How do you work?', 'How do you write?', 'How do you find the next word?', 'How does your answer come about?', 'How do you make a text?',
      'Tell me how you work.', 'How do your words come about?', 'Where does the next word come from?', 'What do you do when you write?', 'How do you choose your words?',
      'How does that work?', 'How do you do that?', 'Please tell me how you work.', 'How do you come up with your answers?', 'How do you come up with the next word?',
      'What do you do when I ask you something?', 'How do you think of a text?', 'Where do you get your answers from?', 'How do words become a text?', 'Tell me how you make an answer.',
    ],
    test: ['How do you find your words?', 'How does your text come about?', 'Tell me how you choose the next word.'],
    answer: 'I predict the next piece of text, again and again.',
  },
  {
    training: [
      'Do you make mistakes?', 'Are you sometimes wrong?', 'Can I believe all you say?', 'Are you always right?', 'Can I always trust you?',
      'Do you always tell the truth?', 'Are your answers always right?', 'Is everything you say true?', 'Can you be wrong?', 'Should I believe your answers?',
      'Are you ever wrong?', 'Are your answers right?', 'Is all you say true?', 'Can I trust you?', 'Should I believe you?',
      'Do you ever lie?', 'Are all your answers true?', 'Can your answers be wrong?', 'Do I have to check your answers?', 'Do you ever say anything that is not true?',
    ],
    test: ['Do you sometimes make mistakes?', 'Can I always believe you?', 'Are your answers sometimes wrong?'],
    answer: 'I can be wrong, so check my answers.',
  },
  {
    training: [
      'Hello!', 'Good day!', 'Good morning!', 'Hello there!', 'Hi!',
      'Hi there!', 'Hello, what a nice evening!', 'Hello, good to see you!', 'Nice to meet you!', 'A good day to you!',
      'Hello, you!', 'A very good morning to you!', 'Hello, here I am!', 'Is anybody there?', 'Hello, is someone there?',
      'I am back!', 'How good that you are here!', 'How do you do?', 'How are you?', 'What a nice evening!',
    ],
    test: ['Good evening!', 'Nice to see you!', 'Are you there?'],
    answer: 'Hello! Ask me something about a story.',
  },
  {
    training: [
      'Thanks!', 'Thank you!', 'Thank you very much!', 'Thanks, that was good.', 'Many thanks for that!',
      'That was very nice of you.', 'You helped me, thank you.', 'How kind, thank you.', 'That was a good answer.', 'Thanks a lot for your help.',
      'Thank you so much!', 'Well done!', 'You answered me very well.', 'That was nice.', 'Thanks, that helped me.',
      'That was a nice answer.', 'I liked that.', 'You are very kind.', 'Good work, thank you!', 'That was kind, thanks.',
    ],
    test: ['That was very good!', 'That was kind of you.', 'Your answer helped me.'],
    answer: 'You are welcome!',
  },
];
