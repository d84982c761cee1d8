// What ends a chapter's text: the questions to check oneself with, and the exercises for a lesson. Each is a heading and a list.
import { defineComponent, h, type Component } from 'vue';
import { useWords } from '../../languages/index.js';

const headedList = (name: 'selfCheck' | 'exercises', list: 'ol' | 'ul', className: string): Component =>
  defineComponent((_, { slots }) => {
    const words = useWords();
    return () => h('section', { class: className }, [h('h2', words.value[name]), h(list, slots.default?.())]);
  });

export const SelfCheck = headedList('selfCheck', 'ol', 'self-check');
export const Exercises = headedList('exercises', 'ul', 'exercises');
