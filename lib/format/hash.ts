/** The short form of a hexadecimal hash for lists, first eight and last eight digits; a copy button beside it gives all. */
export function shortHash(hex: string): string {
  return hex.length <= 16 ? hex : `${hex.slice(0, 8)}…${hex.slice(-8)}`;
}

/** A hexadecimal hash in groups of eight, so that two can be compared by eye and a line can break. */
export function groupHash(hex: string): string {
  return hex.replace(/(.{8})(?=.)/g, '$1 ');
}
