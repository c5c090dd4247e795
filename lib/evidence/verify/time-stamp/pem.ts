import { type Certificate, readCertificate } from './certificate.ts';
import { type Bytes, Unreadable } from './der.ts';

/** Every certificate of a PEM text, at least one. Throws `Unreadable`. */
export function certificatesIn(pem: string): Certificate[] {
  const blocks = [...pem.matchAll(/-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----/g)];
  if (blocks.length === 0) throw new Unreadable('there is no certificate in it');
  return blocks.map(([, base64 = '']) => readCertificate(decoded(base64)));
}

function decoded(base64: string): Bytes {
  const bare = base64.replace(/[\t\n\r ]/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(bare) || bare.length % 4 !== 0) throw new Unreadable('its base64 is broken');
  return Uint8Array.from(atob(bare), (character) => character.charCodeAt(0));
}
