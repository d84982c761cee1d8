// Imported for its side effects; see swiftshader.mjs.
export {};
