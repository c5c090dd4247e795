/** Enough for anyone's reason. Code points. */
export const signerReasonMax = 500;

/** What a signer says may never be refused, so what the merchant's own systems could not take is cut off or left out. */
export function readableWords(typed: string): string {
  const plain = typed.replaceAll('\r\n', '\n').replace(/(?![\t\n])[\p{Cc}\p{Cs}]/gu, '');
  return [...plain.trim()].slice(0, signerReasonMax).join('');
}
