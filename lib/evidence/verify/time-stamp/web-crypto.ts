/** Checking signatures and hashing take neither time nor chance, and this is the one place where browsers and servers both offer them. */
export const { subtle } = globalThis.crypto;
