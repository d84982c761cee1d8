// mnist.d.ts
declare module 'mnist' {
  /** The images of each digit: how many there are, and the 784 pixels of one, from 0 to 1, row by row. */
  const digits: Readonly<Record<number, { readonly length: number; get(index: number): number[] }>>;
  export default digits;
}
