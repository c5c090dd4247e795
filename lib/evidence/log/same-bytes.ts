/** For what is public, where nothing is lost by stopping at the first difference; never for a secret. */
export function areSameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
