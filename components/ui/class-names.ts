/** Joins what is there, so that a component's own classes and a caller's stand in one attribute. */
export function classNames(...names: (string | false | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}
