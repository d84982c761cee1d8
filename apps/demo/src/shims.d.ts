// Files that are no TypeScript, as TypeScript sees them.
declare module '*.md' {
  import type { DefineComponent } from 'vue';
  const component: DefineComponent;
  export default component;
}
