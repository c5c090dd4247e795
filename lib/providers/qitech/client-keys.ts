import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';

/** The lender's one curve: P-521 under OpenSSL's name (documentation "troca de chaves": ES512, `openssl ecparam -name secp521r1`). */
const curve = 'secp521r1';

/** Makes our side's key pair: PEM, the private half in the SEC1 form of the lender's own instructions, the public half as SPKI. */
export function generateClientKeyPair(): { privateKeyPem: string; publicKeyPem: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: curve });
  return {
    privateKeyPem: privateKey.export({ type: 'sec1', format: 'pem' }).toString(),
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
}

/** Reads our private key (PEM, SEC1 or PKCS#8). Throws when it is not on P-521: the lender could verify nothing signed with it. */
export function readPrivateKey(pem: string): KeyObject {
  return onOurCurve(createPrivateKey(pem), 'private key');
}

/** Reads a public key (PEM, SPKI). Throws when it is not on P-521. */
export function readPublicKey(pem: string): KeyObject {
  return onOurCurve(createPublicKey(pem), 'public key');
}

function onOurCurve(key: KeyObject, what: string): KeyObject {
  const actual = key.asymmetricKeyDetails?.namedCurve ?? key.asymmetricKeyType;
  if (actual !== curve) throw new Error(`The lender ${what} must be on P-521 (${curve}); this one is ${actual}.`);
  return key;
}
