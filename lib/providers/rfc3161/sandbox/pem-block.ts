/** Of every key of the sandbox's authorities. */
export const keyAlgorithm = { name: 'ECDSA', namedCurve: 'P-256' };

export function writtenPem(label: string, der: ArrayBuffer): string {
  const lines = Buffer.from(der)
    .toString('base64')
    .replace(/.{64}(?=.)/g, '$&\n');
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`;
}

export function derOfPem(block: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(block.replace(/-----[^-]+-----/g, ''), 'base64'));
}
