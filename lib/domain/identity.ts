import type { Checked } from './checked.ts';
import { type CnpjRefusal, formatCnpj, maskCnpj, parseCnpj } from './cnpj.ts';
import { type CpfRefusal, formatCpf, maskCpf, parseCpf } from './cpf.ts';

export type Identity = { kind: 'CPF' | 'CNPJ'; value: string };
/** `characterCount` is how many letters and digits were typed, punctuation left out. */
export type IdentityRefusal = { ok: false; code: 'identity_length'; characterCount: number } | CpfRefusal | CnpjRefusal;

/**
 * Reads a CPF or a CNPJ from one field. Up to 11 characters it is taken for a CPF, 13 or 14 for a CNPJ; 12 only when there is a letter
 * among them, because 12 digits may be either. Whatever is too far from both is `identity_length`.
 */
export function parseIdentity(typed: string): Checked<Identity, never> | IdentityRefusal {
  const kept = typed.replace(/[\s\p{Cf}\p{Pd}./]/gu, '');
  const characterCount = [...kept].length;
  const isUnclear = characterCount === 12 && !/\p{L}/u.test(kept);
  if (characterCount === 0 || characterCount > 14 || isUnclear) {
    return { ok: false, code: 'identity_length', characterCount };
  }
  const kind = characterCount <= 11 ? 'CPF' : 'CNPJ';
  const parsed = kind === 'CPF' ? parseCpf(kept) : parseCnpj(kept);
  return parsed.ok ? { ok: true, value: { kind, value: parsed.value } } : parsed;
}

/** The kind of a value that `parseIdentity` has returned; lengths tell them apart. */
function identityKind(value: string): Identity['kind'] {
  return value.length === 11 ? 'CPF' : 'CNPJ';
}

/** `52998224725` → `529.982.247-25`, `12ABC34501DE35` → `12.ABC.345/01DE-35`. */
export function formatIdentity(value: string): string {
  return identityKind(value) === 'CPF' ? formatCpf(value) : formatCnpj(value);
}

/** `52998224725` → `***.982.247-**`, `12ABC34501DE35` → `**.ABC.345/****-**`. */
export function maskIdentity(value: string): string {
  return identityKind(value) === 'CPF' ? maskCpf(value) : maskCnpj(value);
}
