import type { Certificate } from './certificate.ts';
import { readDer } from './der.ts';
import { elementsOf, readFields, tags } from './der-fields.ts';
import { booleanOf, namedBitsOf, objectIdentifierOf, smallIntegerOf } from './der-values.ts';

const basicConstraints = '2.5.29.19';
const keyUsage = '2.5.29.15';
const extendedKeyUsage = '2.5.29.37';
const certificatePolicies = '2.5.29.32';
const timeStamping = '1.3.6.1.5.5.7.3.8';
const anyUse = '2.5.29.37.0';

/** What we act upon, and policies, which bind nobody who asks for none. Any other critical extension is a rule that we would break. */
const understood = [basicConstraints, keyUsage, extendedKeyUsage, certificatePolicies];

/** Bits of keyUsage, RFC 5280, 4.2.1.3. */
const digitalSignature = 0;
const nonRepudiation = 1;
const certificateSign = 5;

/** Why this certificate may not sign time stamps at the instant, or `undefined` (RFC 3161, 2.3). */
export function authorityProblem(certificate: Certificate, at: Date): string | undefined {
  const bits = usageBitsOf(certificate);
  const uses = extendedUsesOf(certificate);
  if (!uses) return 'has no extended key usage';
  if (uses.length !== 1 || uses[0] !== timeStamping) return 'is not for time stamping alone';
  if (!certificate.extensions.get(extendedKeyUsage)?.isCritical) return 'does not mark time stamping as critical';
  if (bits && (bits.length === 0 || bits.some((bit) => bit !== digitalSignature && bit !== nonRepudiation)))
    return 'has a key that is not for signing alone';
  return commonProblem(certificate, at);
}

/** Why this certificate may not issue one that has `authoritiesBelow` issuers between itself and the authority, or `undefined`. */
export function issuerProblem(certificate: Certificate, authoritiesBelow: number, at: Date): string | undefined {
  const constraints = constraintsOf(certificate);
  const uses = extendedUsesOf(certificate);
  if (!constraints?.isIssuer) return 'is not allowed to issue certificates';
  if (constraints.pathLength !== undefined && authoritiesBelow > constraints.pathLength)
    return 'is not allowed to stand so far above';
  if (usageBitsOf(certificate)?.includes(certificateSign) === false) return 'has a key that may not sign certificates';
  if (uses && !uses.includes(timeStamping) && !uses.includes(anyUse)) return 'may not issue for time stamping';
  return commonProblem(certificate, at);
}

function commonProblem(certificate: Certificate, at: Date): string | undefined {
  const { version, extensions, notBefore, notAfter } = certificate;
  const unknown = [...extensions].find(
    ([identifier, { isCritical }]) => isCritical && !understood.includes(identifier),
  );
  if (version !== 3) return 'is not of version 3';
  if (unknown) return `has the critical extension ${unknown[0]}, which we do not know`;
  if (at < notBefore) return `was not valid before ${notBefore.toISOString()}`;
  if (at > notAfter) return `was not valid after ${notAfter.toISOString()}`;
  return undefined;
}

function usageBitsOf({ extensions }: Certificate): number[] | undefined {
  const extension = extensions.get(keyUsage);
  return extension && namedBitsOf(readDer(extension.value));
}

function extendedUsesOf({ extensions }: Certificate): string[] | undefined {
  const extension = extensions.get(extendedKeyUsage);
  return extension && elementsOf(readDer(extension.value), tags.sequence).map(objectIdentifierOf);
}

function constraintsOf({ extensions }: Certificate): { isIssuer: boolean; pathLength?: number } | undefined {
  const extension = extensions.get(basicConstraints);
  if (!extension) return undefined;
  return readFields(readDer(extension.value), tags.sequence, (fields) => {
    const isIssuer = fields.takeIf(tags.boolean);
    const pathLength = fields.takeIf(tags.integer);
    return {
      isIssuer: isIssuer !== undefined && booleanOf(isIssuer),
      ...(pathLength ? { pathLength: smallIntegerOf(pathLength) } : {}),
    };
  });
}
