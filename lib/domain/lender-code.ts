/** Letters, then digits, and too few of them for a document or a telephone. */
const codeShape = /^[A-Z]{1,10}\d{1,8}$/;

/**
 * What the lender calls a code, when it has the form of one; undefined otherwise. Only such may stand in the clear, in events and on a screen: a
 * lender's answer can hold whatever it was sent.
 */
export function lenderCode(said: string | undefined): string | undefined {
  return said !== undefined && codeShape.test(said) ? said : undefined;
}
