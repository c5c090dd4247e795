import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Certificate } from 'pkijs';
import { openssl } from './openssl.ts';

export type OpensslAuthority = {
  /** What one must trust. */
  root: string;
  /** The answer of `openssl ts -reply` to a query, now. */
  reply(query: Uint8Array): Buffer;
  certificate: Certificate;
  /** Whoever stands above it, nearest first. */
  chain: Certificate[];
  /** For signing what openssl would not; P-256 only. */
  privateKey(): Promise<CryptoKey>;
};

type Options = {
  folder: string;
  /** As `openssl genpkey` takes them. */
  key?: string[];
  /** Of the token, and of the certificates that are issued. */
  digest?: 'sha1' | 'sha256' | 'sha384' | 'sha512';
  /** How the signer's certificate is named in the token: by SHA-1 (RFC 2634) or as given (RFC 5035). */
  certificateHash?: 'sha1' | 'sha256' | 'sha512';
  /** An authority between root and signer. */
  hasIntermediate?: boolean;
  /** The signer's extensions, and those of whoever issued it, as lines of an openssl file. */
  extensions?: string[];
  issuerExtensions?: string[];
};

export const keys = {
  p256: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  p384: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384'],
  p521: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-521'],
  rsa: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
  weakRsa: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1024'],
  ed25519: ['-algorithm', 'ED25519'],
} as const;

const issuing = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign,cRLSign'];
const stamping = ['keyUsage=critical,digitalSignature', 'extendedKeyUsage=critical,timeStamping'];

let made = 0;

/** A certificate authority and a time-stamp authority under it, made by openssl alone. */
export function opensslAuthority(options: Options): OpensslAuthority {
  const { folder, key = keys.p256, digest = 'sha256', certificateHash = 'sha256' } = options;
  made += 1;
  const id = `authority-${made}`;
  const issue = (name: string, issuer: string | undefined, extensions: string[]) =>
    issueCertificate({
      folder,
      key: [...key],
      digest,
      name: `${id}-${name}`,
      issuer: issuer && `${id}-${issuer}`,
      extensions,
    });
  issue('root', undefined, options.hasIntermediate ? issuing : (options.issuerExtensions ?? issuing));
  if (options.hasIntermediate) issue('middle', 'root', options.issuerExtensions ?? issuing);
  issue('signer', options.hasIntermediate ? 'middle' : 'root', options.extensions ?? stamping);
  const chain = options.hasIntermediate ? ['middle', 'root'] : ['root'];
  const read = (file: string) => readFileSync(join(folder, `${id}-${file}.pem`), 'utf8');
  writeFileSync(join(folder, `${id}-chain.pem`), chain.map(read).join(''));
  writeFileSync(join(folder, `${id}.cnf`), settings(id, digest, certificateHash));
  return {
    root: read('root'),
    reply: (query) => {
      writeFileSync(join(folder, `${id}.tsq`), query);
      return openssl(folder, ['ts', '-reply', '-config', `${id}.cnf`, '-queryfile', `${id}.tsq`]);
    },
    certificate: certificateIn(folder, `${id}-signer.pem`),
    chain: chain.map((name) => certificateIn(folder, `${id}-${name}.pem`)),
    privateKey: () => {
      const der = openssl(folder, ['pkcs8', '-topk8', '-nocrypt', '-in', `${id}-signer.key`, '-outform', 'DER']);
      const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
      return crypto.subtle.importKey('pkcs8', new Uint8Array(der), algorithm, false, ['sign']);
    },
  };
}

const certificateIn = (folder: string, file: string): Certificate =>
  Certificate.fromBER(new Uint8Array(openssl(folder, ['x509', '-in', file, '-outform', 'DER'])));

type Wanted = {
  folder: string;
  key: string[];
  digest: string;
  name: string;
  issuer: string | undefined;
  extensions: string[];
};

function issueCertificate({ folder, key, digest, name, issuer, extensions }: Wanted): void {
  openssl(folder, ['genpkey', ...key, '-out', `${name}.key`]);
  writeFileSync(join(folder, `${name}.ext`), `${['subjectKeyIdentifier=hash', ...extensions].join('\n')}\n`);
  const subject = ['-subj', `/C=BR/O=Example/CN=${name}`];
  openssl(folder, ['req', '-new', '-key', `${name}.key`, '-out', `${name}.csr`, ...subject]);
  const signer = issuer ? ['-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`] : ['-signkey', `${name}.key`];
  const hash = key.includes('ED25519') ? [] : [`-${digest}`];
  const request = [
    'x509',
    '-req',
    '-in',
    `${name}.csr`,
    '-days',
    '30',
    '-set_serial',
    `0x${crypto.randomUUID().replaceAll('-', '')}`,
  ];
  openssl(folder, [...request, ...hash, ...signer, '-extfile', `${name}.ext`, '-out', `${name}.pem`]);
}

const settings = (id: string, digest: string, certificateHash: string): string => `
[tsa]
default_tsa = one
[one]
serial = ${id}.serial
signer_cert = ${id}-signer.pem
certs = ${id}-chain.pem
signer_key = ${id}-signer.key
signer_digest = ${digest}
default_policy = 1.2.3.4
digests = sha256, sha384
accuracy = secs:1, millisecs:500
clock_precision_digits = 3
ordering = yes
tsa_name = yes
ess_cert_id_alg = ${certificateHash}
`;
