// Imported for what it does; see swiftshader.mjs.
export {};
